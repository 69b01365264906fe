"""Penalties for late work, as nbgrader's AssignLatePenalties would give them."""

from autograder.gradebook.entry import Refused


class LatePenalties:
    """The penalties of the plugin that a course has configured.

    plugin : nbgrader's LateSubmissionPlugin, or one of the course's own.
    """

    def __init__(self, plugin):
        self.plugin = plugin

    def penalty(self, student, score, seconds_late):
        """Return the points to take off a notebook's score, or None for no penalty.

        student : the id; score : of the notebook; seconds_late : above 0. Never below 0, and
        never above the score. Raises Refused where the plugin fails.
        """
        try:
            penalty = self.plugin.late_submission_penalty(student, score, seconds_late)
            return None if penalty is None else float(min(max(penalty, 0), score))
        except Exception as error:  # the plugin is the course's own
            raise Refused(
                f"The penalty for {seconds_late:g} s late cannot be had: "
                f"{type(self.plugin).__name__} raised {type(error).__name__}: {error}"
            ) from error


def seconds_late(timestamp, due, extension):
    """Return by how many seconds a submission is late; 0 where it is not, or nobody can say.

    timestamp, due : UTC, or None. extension : a timedelta granted to the student, or None.
    """
    if timestamp is None or due is None:
        return 0.0
    return max(0.0, (timestamp - due - extension if extension else timestamp - due).total_seconds())
