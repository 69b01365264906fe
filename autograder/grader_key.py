"""The course's secret key, from which the cases of every submission are drawn."""

import hmac
import os
import secrets
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from autograder.course_error import CourseError

KEY_FILE = ".grader_key"
KEY_BYTES = 32


def course_key(root):
    """Return the course's key, 32 bytes, and make it where there is none yet.

    root : the course's folder, which keeps it in .grader_key, readable by its owner alone. It
    belongs in no repository, release or bundle: who has it can draw the cases of a grading
    beforehand. A new key is as good as the old one, but draws other cases.

    Raises CourseError where the file cannot be read, or is too short to be such a key.
    """
    path = Path(root) / KEY_FILE
    if not path.exists():
        _make(path)
    try:
        key = path.read_bytes()
    except OSError as error:
        raise CourseError(
            f"The grader's key {path} cannot be read ({error.strerror}): let whoever grades read "
            "it, or remove it, and the next grading makes another and grades on other cases."
        ) from error
    if len(key) < KEY_BYTES:
        raise CourseError(
            f"The grader's key {path} holds {len(key)} bytes, and a key is at least {KEY_BYTES}: "
            "remove it, and the next grading makes another and grades on other cases."
        )
    return key


def submission_secret(key, assignment, student):
    """Return the secret of one submission, hexadecimal: HMAC-SHA256 of "assignment/student".

    key : the course's. A worker gets this alone: it says nothing about another submission's.
    """
    return hmac.digest(key, f"{assignment}/{student}".encode(), "sha256").hex()


def _make(path):
    """Write a new key, all of it or nothing; where somebody else was quicker, theirs stays."""
    try:
        # readable by nobody else from the beginning
        with NamedTemporaryFile(prefix=f"{KEY_FILE}.", dir=path.parent) as part:
            part.write(secrets.token_bytes(KEY_BYTES))
            part.flush()
            os.fsync(part.fileno())
            # unlike a rename, a link never replaces what is there
            with suppress(FileExistsError):
                os.link(part.name, path)
    except OSError as error:
        raise CourseError(
            f"The grader's key {path} cannot be written ({error.strerror}): grade in a folder "
            "that you may write to."
        ) from error
