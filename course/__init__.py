"""Backprop, by hand: what the notebooks import.

Public names load what they need when they are first used, so that `import course` costs
little more than `import numpy`.
"""

from importlib import import_module

from course.checking import check
from course.differentiate import central_difference, complex_step_gradient
from course.hints import show_hints
from course.score import Finding, Score
from course.waiting import to_be_written, waiting_for

__version__ = "0.1.0"

_LATER = {
    "ChainGraph": "course.demos",
    "DeltasByDepth": "course.demos",
    "NetworkView": "course.demos",
    "Picture": "course.pictures",
    "network_picture": "course.pictures",
    "sigmoid_slope_picture": "course.pictures",
    "SoftmaxView": "course.demos",
    "WeightUpdate": "course.demos",
}

__all__ = [
    "ChainGraph",
    "DeltasByDepth",
    "Finding",
    "NetworkView",
    "Picture",
    "Score",
    "SoftmaxView",
    "WeightUpdate",
    "central_difference",
    "check",
    "complex_step_gradient",
    "network_picture",
    "show_hints",
    "sigmoid_slope_picture",
    "to_be_written",
    "waiting_for",
]


def __getattr__(name):
    if name in _LATER:
        return getattr(import_module(_LATER[name]), name)
    raise AttributeError(f"module 'course' has no attribute {name!r}; it offers {__all__}")


def __dir__():
    return sorted([*globals(), *_LATER])
