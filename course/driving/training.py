"""Unit 09: batches taken to their end, and trainings whose parts may not be written yet."""

import traceback
from itertools import islice

import numpy as np

from course.arguments import fresh
from course.driving.calling import call
from course.reading import UnreadableError, kind


def exhausted(student, arguments):
    """Drive a generator of batches to its end: return ([X of each batch], [y of each batch])."""
    batches = call(student, arguments)
    if batches is None or not hasattr(batches, "__iter__"):
        raise UnreadableError(
            f"Came back: {kind(batches)}; expected a generator. Is there a `yield` for each batch?"
        )
    Xs, ys = [], []
    # more batches than examples cannot be right, and a loop without an end must have one here
    for batch in islice(batches, len(arguments["y"]) + 1):
        if not isinstance(batch, tuple | list) or len(batch) != 2:
            raise UnreadableError(
                f"A batch came as {kind(batch)}; expected X_batch, y_batch: two things separated "
                "by a comma."
            )
        # a copy: a batch may be used up before the next is made in its place
        Xs.append(np.array(batch[0]))
        ys.append(np.array(batch[1]))
    return Xs, ys


def trained(student, arguments):
    """Drive a function that trains: what it calls may not be written yet, and that is said."""
    try:
        return call(student, arguments)
    except NotImplementedError as error:
        # this function, `call` and the student's own stub: deeper, it is not theirs alone
        if len(traceback.extract_tb(error.__traceback__)) <= 3:
            raise
        raise UnreadableError(
            f"`{getattr(student, '__name__', 'yours')}` calls a function that is not written yet."
        ) from None


def start_and_trained(student, arguments):
    """Drive `train`: return the parameters it starts from, those of no epochs, and the trained."""
    start = trained(student, {**fresh(arguments), "epochs": 0})
    return start, trained(student, arguments)
