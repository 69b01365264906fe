"""The one exception that the command line turns into a sentence."""


class CourseError(Exception):
    """What was asked for cannot be done; the message is one sentence that gives the way out."""
