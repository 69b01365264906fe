"""For instructors: reference solutions, grading, the class. Never part of a student's install."""

from autograder.grading import grade

__all__ = ["grade"]
