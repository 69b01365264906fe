"""Whether there is something to grade, at a glance: before anything is imported that knows."""

import os

_MARK = ".graded.json"  # gradebook.autograded.MARK


def looks_ungraded(root, assignment, students=()):
    """Whether somebody's work seems to be new, or changed since it was graded; a guess.

    root : the folder of a course that keeps its folders where nbgrader has them by default; of
    another one nothing is seen. students : whose work, everybody's where none is given. Who
    takes True for an answer may find nothing to do, and after False there may be something.
    """
    submitted = os.path.join(root, "submitted")
    try:
        known = students or os.listdir(submitted)
        return any(_is_new(root, submitted, student, assignment) for student in known)
    except (OSError, ValueError):
        return False


def _is_new(root, submitted, student, assignment):
    handed_in = os.path.join(submitted, student, assignment)
    if not os.path.isdir(handed_in):
        return False
    try:
        graded = os.stat(os.path.join(root, "autograded", student, assignment, _MARK))
    except FileNotFoundError:
        return True
    with os.scandir(handed_in) as files:
        times = [file.stat(follow_symlinks=False).st_ctime_ns for file in files]
    return max(times, default=0) > graded.st_ctime_ns
