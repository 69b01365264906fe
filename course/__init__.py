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
    "activation_curves_picture": "course.pictures",
    "active_units_picture": "course.pictures",
    "ChainGraph": "course.demos",
    "confusion_picture": "course.pictures",
    "DecisionBoundary": "course.demos",
    "DeltasByDepth": "course.demos",
    "DescentPath": "course.demos",
    "digits": "course.handwriting",
    "images_picture": "course.pictures",
    "progress_bar": "course.bar",
    "NetworkView": "course.demos",
    "Picture": "course.pictures",
    "lines_picture": "course.pictures",
    "jacobian_picture": "course.pictures",
    "five_notations": "course.notations",
    "network_picture": "course.pictures",
    "pass_costs_picture": "course.pictures",
    "progress": "course.progress_table",
    "sigmoid_slope_picture": "course.pictures",
    "SoftmaxView": "course.demos",
    "softmax_picture": "course.pictures",
    "tangent_picture": "course.pictures",
    "spirals": "course.points",
    "two_costs_picture": "course.pictures",
    "two_moons": "course.points",
    "value_graph_picture": "course.pictures",
    "WeightUpdate": "course.demos",
}

__all__ = [
    "ChainGraph",
    "DecisionBoundary",
    "DeltasByDepth",
    "DescentPath",
    "Finding",
    "NetworkView",
    "Picture",
    "Score",
    "SoftmaxView",
    "WeightUpdate",
    "activation_curves_picture",
    "active_units_picture",
    "central_difference",
    "check",
    "complex_step_gradient",
    "confusion_picture",
    "digits",
    "five_notations",
    "images_picture",
    "jacobian_picture",
    "lines_picture",
    "network_picture",
    "pass_costs_picture",
    "progress",
    "progress_bar",
    "show_hints",
    "sigmoid_slope_picture",
    "softmax_picture",
    "spirals",
    "tangent_picture",
    "to_be_written",
    "two_costs_picture",
    "two_moons",
    "value_graph_picture",
    "waiting_for",
]


def __getattr__(name):
    if name in _LATER:
        return getattr(import_module(_LATER[name]), name)
    raise AttributeError(f"module 'course' has no attribute {name!r}; it offers {__all__}")


def __dir__():
    return sorted([*globals(), *_LATER])
