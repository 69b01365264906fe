"""The demos of the course: pictures that move under a student's own functions."""

__all__ = ["WeightUpdate"]


def __getattr__(name):
    # anywidget is loaded when a demo is first asked for, not with the numbers behind it
    if name == "WeightUpdate":
        from course.demos.weight_update import WeightUpdate

        return WeightUpdate
    raise AttributeError(f"module 'course.demos' has no attribute {name!r}; it offers {__all__}")
