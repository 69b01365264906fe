"""For instructors: reference solutions, grading, the class. Never part of a student's install."""

__all__ = ["grade"]


def __getattr__(name):
    # a command has something to do before it has imported all that grades
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from autograder.grading import grade

    return grade
