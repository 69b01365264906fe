"""The host's half of grading: notebooks run in a sandbox, and judged outside of it."""

from autograder.verdict.conversation import Conversed, converse

__all__ = ["Conversed", "converse"]
