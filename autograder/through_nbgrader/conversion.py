"""Running one of nbgrader's converters, with what it has to say kept in the course's log."""

import logging
import os
import sys
import warnings
from contextlib import contextmanager
from copy import deepcopy

from autograder.course_folder import scripts_on_path


class ConversionError(Exception):
    """One of nbgrader's converters failed; the message is the cause, as far as it said."""


class _Complaints(logging.Handler):
    """Keeps what is logged as an error, for the sentence that an instructor reads."""

    def __init__(self):
        super().__init__(logging.ERROR)
        self.messages = []

    def emit(self, record):
        self.messages.append(record.getMessage())


def convert(course, converter, assignment, student=".", config=None, **settings):
    """Run one of nbgrader's converters.

    course : a Course; converter : the class, such as nbgrader's Autograde.
    student : whose work, as nbgrader's pattern; "." where it concerns no student.
    config : merged over the course's configuration for this run.
    settings : what else to set on the converter, such as force=True.

    Raises ConversionError with the cause in words.
    """
    merged = deepcopy(course.config)
    merged.merge(config or {})
    # a logger of its own, known to nobody else: nbgrader would add handlers to a shared one
    log = logging.Logger("nbgrader", logging.INFO)
    complaints = _Complaints()
    log.addHandler(complaints)
    with open(course.log_file, "a", encoding="utf-8") as file, _output_into(file):
        to_file = logging.StreamHandler(file)
        to_file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        log.addHandler(to_file)
        try:
            where = course.directory(merged, log=log, assignment_id=assignment, student_id=student)
            run = converter(coursedir=where, config=merged, log=log)
            for name, value in settings.items():
                setattr(run, name, value)
            with scripts_on_path():
                run.start()
        except (Exception, SystemExit) as error:
            raise ConversionError(_cause(complaints.messages, error)) from error


@contextmanager
def _output_into(file):
    """Send what this process and those it starts write in a block to a file, not the terminal.

    A kernel inherits standard output and error, and with them the instructor's terminal.
    """
    kept = [
        (stream, number, os.dup(number)) for stream, number in ((sys.stdout, 1), (sys.stderr, 2))
    ]
    try:
        for stream, number, _ in kept:
            stream.flush()
            os.dup2(file.fileno(), number)
        with warnings.catch_warnings():
            # nbgrader's own, and its libraries': nothing that an instructor could mend
            warnings.simplefilter("ignore")
            yield
    finally:
        for stream, number, copy in kept:
            stream.flush()
            os.dup2(copy, number)
            os.close(copy)


def _cause(messages, error):
    """Return the most telling of the lines that nbgrader left behind: the first error itself."""
    for message in messages:
        lines = [line.strip() for line in message.strip().splitlines() if line.strip()]
        if lines and lines[0].startswith("Traceback"):
            return lines[-1]
    said = [message.strip().splitlines()[0] for message in messages if message.strip()]
    return said[0] if said else f"{type(error).__name__}: {error}"
