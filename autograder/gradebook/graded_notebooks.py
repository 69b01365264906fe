"""The notebooks that grading has written, and what to say where they or the gradebook are gone."""

from autograder.course_error import CourseError
from autograder.gradebook.database import shown


def graded_notebooks(course, assignment, students):
    """Return student -> the graded notebooks in autograded/, of those students who have any."""
    return {
        student: notebooks
        for student in students
        if (notebooks := sorted(course.folder("autograded", assignment, student).glob("*.ipynb")))
    }


def nothing_known(course, assignment, students):
    """Return the CourseError for an assignment of which the gradebook knows no grade.

    It tells one that was never graded from a gradebook that was lost.
    """
    if not graded_notebooks(course, assignment, students):
        return CourseError(
            f"Nothing of {assignment} has been graded in {course.root}: run `autograder grade "
            f"{assignment}` first."
        )
    where = shown(course.directory().db_url)
    return CourseError(
        f"Notebooks of {assignment} have been graded, but the gradebook {where} knows nothing of "
        "it: put your backup of the gradebook in its place, or, if overrides and comments by hand "
        f"are of no matter, grade them again by `autograder grade {assignment}`."
    )
