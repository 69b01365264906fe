"""Students' notebooks from the instructors': release/ from source/, through nbgrader."""

import tempfile
from pathlib import Path

from nbgrader import preprocessors
from nbgrader.converters import GenerateAssignment
from traitlets.config import Config

from autograder.course_error import CourseError
from autograder.releasing.clear_solutions import ClearSolutions
from autograder.through_nbgrader.conversion import ConversionError, convert

STUB = "# Your lines here, in place of this one.\nraise NotImplementedError"


def configure_release(c):
    """Say in an nbgrader configuration what a release puts in a solution's place."""
    c.ClearSolutions.code_stub = {"python": STUB}
    c.GenerateAssignment.force = True
    c.GenerateAssignment.preprocessors = [
        ClearSolutions if step is preprocessors.ClearSolutions else step
        for step in GenerateAssignment.preprocessors.default()
    ]


def release(course, assignment):
    """Regenerate an assignment's release folder and return the files that changed.

    course : a Course; assignment : the name of a folder in its source.

    No gradebook is read or written: releasing again in the middle of a term disturbs nobody's
    grades, and `autograder grade` records the assignment itself. What stands in release stays
    until the new one is complete. Raises CourseError where nbgrader refuses the source.
    """
    course.notebooks(assignment)
    target = course.folder("release", assignment)
    with tempfile.TemporaryDirectory() as scratch:
        generate(course, assignment, scratch)
        made = Path(scratch) / assignment
        fresh = {path.relative_to(made): path.read_bytes() for path in _files(made)}
    changed = [
        path
        for path, data in fresh.items()
        if not (target / path).is_file() or (target / path).read_bytes() != data
    ]
    for path in changed:
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (target / path).write_bytes(fresh[path])
    gone = [path for path in _files(target) if path.relative_to(target) not in fresh]
    for path in gone:
        path.unlink()
    return [*(target / path for path in changed), *gone]


def released_notebook(course, assignment, name):
    """Return the text of one released notebook, made anew from source.

    Raises CourseError where nbgrader refuses the source.
    """
    with tempfile.TemporaryDirectory() as scratch:
        generate(course, assignment, scratch)
        return (Path(scratch) / assignment / f"{name}.ipynb").read_text(encoding="utf-8")


def generate(course, assignment, into, gradebook=False):
    """Generate the students' version into another folder than the course's release.

    gradebook : whether to record the assignment's cells in the course's gradebook.
    Raises CourseError where nbgrader refuses the source.
    """
    config = Config()
    config.CourseDirectory.release_directory = str(into)
    config.SaveCells.enabled = gradebook
    try:
        convert(course, GenerateAssignment, assignment, config=config, no_database=not gradebook)
    except ConversionError as error:
        raise CourseError(
            f"nbgrader could not make the students' version of {assignment}: {error} "
            f"(more in {course.log_file})."
        ) from error


def _files(folder):
    """Return the files of a release, without what an editor left there."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in files if ".ipynb_checkpoints" not in path.parts)
