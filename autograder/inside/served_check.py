"""What a sealed notebook imports as `course.checking`: the host tries, judges and scores.

In the sandbox this module is `sys.modules["course.checking"]`, put there before `course` is
imported: the cases and the true values are nowhere near the student's process.
"""

from IPython import get_ipython

__all__ = ["STANDS", "check", "standings"]

STANDS = "What is graded above as it was graded, all else as the checks see it now."
"""The sentence under the table of `progress`."""


def check(task_id, answer, *leaned_on):
    """Return the Score of a student's answer to a task, tried on a few fixed cases.

    task_id : the task, such as "two_layer.backward".
    answer : what the student wrote: for most tasks a function.
    leaned_on : the student's own answer to the task that this one leans on, where there is one:
        what follows correctly from its mistakes is right here.

    Whatever the student wrote, this returns a Score whose findings say what was seen; it raises
    ValueError only for a task id that does not exist, naming the nearest.
    """
    from .served_score import ServedScore  # here, for `course` imports this module at its start

    return ServedScore.served(get_ipython().session.check(task_id, (answer, *leaned_on)))


def standings(answers):
    """Return the Scores that stand for tasks in the table of `progress`, in order.

    answers : for each task its id and what is handed over for it, as in `check`.

    That is its grade, where its test cell was above, and else its check. Of a grade the points
    alone are told: what was seen on its cases holds true values.
    """
    from .served_score import ServedScore  # as above

    graded = get_ipython().session.graded()
    return [
        ServedScore.served(graded[task_id]) if task_id in graded else check(task_id, *handed_over)
        for task_id, *handed_over in answers
    ]
