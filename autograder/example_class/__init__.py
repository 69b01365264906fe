"""A small course with a class in it, to try the grader on: believable, and the same each time."""

from autograder.example_class.layout import lay_out

__all__ = ["lay_out"]
