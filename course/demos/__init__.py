"""The demos of the course: pictures that move under a student's own functions."""

from importlib import import_module

_LATER = {
    "ChainGraph": "course.demos.chain_graph",
    "DecisionBoundary": "course.demos.decision_boundary",
    "DeltasByDepth": "course.demos.deltas_by_depth",
    "DescentPath": "course.demos.descent_path",
    "Description": "course.demos.network_description",
    "NetworkView": "course.demos.network_view",
    "SoftmaxView": "course.demos.softmax_view",
    "WeightUpdate": "course.demos.weight_update",
}

__all__ = [
    "ChainGraph",
    "DecisionBoundary",
    "DeltasByDepth",
    "DescentPath",
    "Description",
    "NetworkView",
    "SoftmaxView",
    "WeightUpdate",
]


def __getattr__(name):
    # anywidget is loaded when a demo is first asked for, not with the numbers behind it
    if name in _LATER:
        return getattr(import_module(_LATER[name]), name)
    raise AttributeError(f"module 'course.demos' has no attribute {name!r}; it offers {__all__}")
