"""The one error of reading what was handed in."""


class UnreadableError(ValueError):
    """A file is no notebook, nor can one be made of it; the message says why, for its student.

    It completes a sentence such as "The file cannot be read as a notebook: it is empty."
    """
