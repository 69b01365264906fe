"""What of `course` lies beside a student's code, where the tasks and their truth do not."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.seal.visible import course_entries, course_folder
from tests.house.test_imports import ROOT, imported

COURSE = ROOT / "course"
BESIDE = [
    "course.arguments",
    "course.asked",
    "course.called",
    "course.driving",
    "course.driving.calling",
    "course.driving.deltas",
    "course.driving.errata",
    "course.driving.expressions",
    "course.driving.gates",
    "course.driving.graphs",
    "course.driving.naming",
    "course.driving.operations",
    "course.driving.stages",
    "course.driving.training",
    "course.handlers",
    "course.reading",
    "course.running",
    "course.stack",
    "course.trying",
]
"""All that is needed to try an answer, beside the student's objects; none of it knows a truth."""


def file_of(module):
    path = ROOT.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def needed(module):
    """Yield the modules of `course` that one of them names."""
    for name in imported(file_of(module)):
        if name.startswith("course."):
            yield name


def test_trying_needs_no_more_than_what_knows_no_truth():
    found, waiting = set(), ["course.asked", "course.trying"]
    while waiting:
        module = waiting.pop()
        if module not in found:
            found.add(module)
            waiting.extend(needed(module))
    assert sorted(found) == BESIDE


LOOK = """
import importlib, json, sys, types
for name in ("course.checking", "course.demos", "course.tasks"):
    served = types.ModuleType(name)
    served.check = served.standings = lambda *given: None
    served.STANDS = "What stands."
    served.check.__doc__ = "Ask the host."
    served.UNITS, served.tasks_of = {}, None
    sys.modules[name] = served
sys.path.insert(0, sys.argv[1])
import course
assert course.__file__.startswith(sys.argv[1]), course.__file__
failed = {}
for name in sys.argv[2:]:
    try:
        importlib.import_module(name)
    except ImportError as error:
        failed[name] = str(error)
names = [name for name in course.__all__ if course._LATER.get(name) != "course.demos"]
score = course.Score("two_layer.loss", [course.Finding("loss", 0, 2, "wrong-sign", "No.")])
print(json.dumps([
    failed,
    [name for name in names if not getattr(course, name).__doc__],
    [str(score), score._repr_html_()],
    sorted(n for n, m in sys.modules.items() if n.startswith("course.") and hasattr(m, "__file__")),
    len(course.digits()), len(course.five_notations().data) > 1000,
]))
"""
"""The sandbox serves other modules under the first three names; see autograder/inside/served.py."""


def modules_seen():
    """Return the names of the modules of `course` on the allow list."""
    files = [Path(file) for file in course_entries() if file.endswith(".py")]
    named = (".".join(("course", *file.with_suffix("").parts)) for file in files)
    return sorted(name.removesuffix(".__init__") for name in named)


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    """Return what a process finds that sees of `course` what the allow list names."""
    folder = tmp_path_factory.mktemp("sealed")
    for name, path in course_entries().items():
        place = folder / "course" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(path)
    # the folder of the course itself must not be found instead
    done = subprocess.run(
        [sys.executable, "-P", "-c", LOOK, str(folder), *modules_seen()],
        capture_output=True,
        text=True,
        cwd=folder,
        check=False,
    )
    assert not done.returncode, done.stderr
    return json.loads(done.stdout)


def test_the_list_names_files_that_are_there():
    assert [name for name, path in course_entries().items() if not path.is_file()] == []
    assert course_folder() == COURSE


def test_all_that_is_to_be_seen_can_be_imported_without_the_rest(seen):
    failed, undocumented, _, loaded, *_ = seen
    assert (failed, undocumented) == ({}, [])
    assert loaded == [name for name in modules_seen() if name != "course"]


def test_data_and_pages_can_be_read_without_the_rest(seen):
    assert seen[4:] == [4, True]


def test_a_score_can_be_shown_without_the_library_of_mistakes(seen):
    text, table = seen[2]
    assert "No." in text and "No." in table
    assert "Hint" not in text + table


def test_all_that_trying_needs_is_to_be_seen():
    assert set(BESIDE) <= set(modules_seen())


def test_what_knows_the_answers_is_not_to_be_seen():
    for name in ("tasks", "mistakes", "demos", "judging", "trials", "diagnosis", "following"):
        assert not [seen for seen in modules_seen() if f"{seen}.".startswith(f"course.{name}.")]
    for name in modules_seen():
        late = ("course.score", "course.progress_table")  # served inside, or not there
        hidden = [n for n in needed(name) if n not in modules_seen()]
        assert name in (*late, "course") or not hidden, f"{name} imports {hidden}"


def test_each_file_beside_the_student_is_short_of_answers():
    # words of the right answers, and whatever computes them
    for module in BESIDE:
        text = Path(file_of(module)).read_text(encoding="utf-8")
        for word in ("truth(", "complex_step", "MADE", "answers()", "_DIGESTS"):
            assert word not in text, f"{module} holds {word}"
