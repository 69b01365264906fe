"""What is raised where student code cannot be sealed."""

from autograder.course_error import CourseError


class SealError(CourseError):
    """Nothing can be sealed here; the message says what is missing and how to mend it."""
