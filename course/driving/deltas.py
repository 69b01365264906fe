"""Unit 06: the deltas of all layers, of which the last one is asked for by itself."""

import numpy as np

from course.driving.calling import call


def last_and_below(student, arguments):
    """Drive a function that returns the deltas of all layers: the last one, and the others."""
    came = call(student, arguments)
    if not isinstance(came, list | tuple | np.ndarray):
        return came, came
    return (came[-1], came[:-1]) if len(came) else (None, came)
