"""What was graded, as a digest: a submission is graded again when that changes, and only then."""

import hashlib
import json
from dataclasses import asdict, fields
from functools import lru_cache
from pathlib import Path

import course

GRADING = (
    "grading.py",
    "inside",
    "run/job.py",
    "mending",
    "seal",
    "solutions",
    "verdict",
    "run/worker.py",
)
"""The files and folders of this package on which scores depend, besides all of `course`."""


def digest_of(job, submission):
    """Return the digest of what a Job grades, hexadecimal.

    job : the Job; submission : the Submission that it was made of.

    In it: all of the job but its secret (new cases are no reason to grade again), the time of
    handing in, and the grader's own code.
    """
    parts = {name: getattr(job, name) for name in _names(type(job)) if name != "secret"}
    for name in ("files", "others"):
        parts[name] = {path: _of_bytes(data) for path, data in parts[name].items()}
    parts["patterns"] = {name: _of_plain(pattern) for name, pattern in job.patterns.items()}
    parts["given"] = {name: _of_texts(tuple(texts)) for name, texts in job.given.items()}
    parts["limits"] = _of_plain(job.limits)
    parts["timestamp"] = [str(submission.timestamp), submission.timestamp_trouble]
    return _digest(parts | {"grader": grader_version()})


@lru_cache(maxsize=1)
def grader_version():
    """Return the digest of the code that scores depend on; two graders of one digest agree."""
    here = Path(__file__).parents[1]
    roots = [Path(course.__file__).parent, *(here / name for name in GRADING)]
    found = hashlib.sha256()
    for root in roots:
        files = [root] if root.is_file() else sorted(root.rglob("*.py"))
        for path in files:
            found.update(f"{path.relative_to(root.parent).as_posix()}\0".encode())
            found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


@lru_cache(maxsize=64)
def _of_plain(value):
    """Return the digest of a Pattern or of Limits: the same ones for a whole class."""
    return _digest(asdict(value))


@lru_cache(maxsize=64)
def _of_texts(texts):
    return _digest(texts)


def _names(kind):
    return [field.name for field in fields(kind)]


def _of_bytes(data):
    return hashlib.sha256(data).hexdigest()


def _digest(data):
    # ASCII, so that a name that is no Unicode has a digest too
    return _of_bytes(json.dumps(data, sort_keys=True).encode("ascii"))
