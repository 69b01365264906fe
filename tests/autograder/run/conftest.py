"""Small courses that a stand-in grades."""

import pytest

from . import standin


@pytest.fixture(scope="session")
def empty_course(tmp_path_factory):
    """A course with a gradebook that knows the assignment, and nobody in it."""
    from autograder.course_folder import Course
    from autograder.through_nbgrader.assignment import record_assignment

    root = standin.lay_out(tmp_path_factory.mktemp("empty") / "course", {})
    record_assignment(Course(root), standin.ASSIGNMENT)
    return root


@pytest.fixture
def class_of(empty_course, tmp_path):
    """A function from student -> what is to be done, to a Course in which that is handed in."""
    import shutil

    from autograder.course_folder import Course

    def lay_out(does, name="course"):
        # as it is: copying takes milliseconds, and making a gradebook seconds
        root = shutil.copytree(empty_course, tmp_path / name)
        for student, what in does.items():
            standin.hand_in(root, student, **what)
        return Course(root)

    return lay_out
