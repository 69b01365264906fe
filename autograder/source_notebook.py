"""Reading a course's own notebooks, which somebody may have saved half."""

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
