"""Reading a course's own notebooks, which somebody may have saved half, or not in Python."""

import json

from autograder.course_error import CourseError


def read_source(path):
    """Return a notebook of the course's own, a file in source/ or release/, as nbformat has it.

    Raises CourseError where it is no notebook, and OSError where it is not to be had.
    """
    import nbformat  # with its validation of notebooks, which grading seldom needs

    try:
        return nbformat.read(path, as_version=4)
    except (ValueError, KeyError, TypeError, AttributeError, nbformat.ValidationError) as error:
        said = " ".join(str(error).split())[:100]
        raise CourseError(
            f"{path} is no notebook that can be read ({type(error).__name__}: {said}): put the "
            "last one that was whole in its place."
        ) from error


def refuse_other_languages(course, assignment):
    """Raise CourseError, with the way out, where a notebook of an assignment is not in Python.

    course : a Course. What a notebook says of its kernel counts; one that says nothing is taken
    for Python, and what is no notebook is for others to refuse.
    """
    for name in course.notebooks(assignment):
        path = course.folder("source", assignment) / f"{name}.ipynb"
        language = _language(path)
        if language.casefold() not in ("", "python", "ipython"):
            raise CourseError(
                f"{path} is a notebook in {language[:40]!r}, and all that is graded here runs as "
                f"Python: nbgrader's own `nbgrader autograde {assignment}` runs other languages, "
                "without a sandbox, in a course whose nbgrader_config.py has no "
                "configure_grading(c)."
            )


def _language(path):
    try:
        metadata = json.loads(path.read_text(encoding="utf-8"))["metadata"]
        # the kernel is what would run it; the other was noted when it last ran
        said = metadata.get("kernelspec", {}).get("language")
        said = said or metadata.get("language_info", {}).get("name")
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return ""
    return said if isinstance(said, str) else ""
