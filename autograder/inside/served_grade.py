"""What a sealed notebook imports as `autograder`: a grade that only the grader gives."""

__all__ = ["grade"]


def grade(task_id, answer, *leaned_on, seed=None):
    """Refuse: raises ValueError, since only the grader grades, from outside this notebook."""
    raise ValueError(
        f"Got grade({task_id!r}, …), but only the grader grades, after the cell has run; use "
        "`check` to see how an answer stands."
    )
