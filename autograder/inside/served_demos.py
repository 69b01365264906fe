"""What a sealed notebook imports as `course.demos`: stand-ins, which compute nothing.

A demo moves under a reader's hand, and nobody's hand is in a notebook that is graded. The demos
themselves know the true gradients of any network, so they are not here at all. In the sandbox
this module is `sys.modules["course.demos"]`.
"""

# a description is made for a demo, and handed over to it
_BESIDE = ("Description",)
_SAID = "{}: a demo that moves in JupyterLab; it is not drawn in a graded notebook."


class _AnyMethod(type):
    """The class of stand-ins: whatever a demo can be made by, such as `two_layer`, makes one."""

    def __getattr__(cls, name):
        if name.startswith("_"):
            raise AttributeError(f"{cls.__name__} has no attribute {name!r}.")
        return cls


class StandIn(metaclass=_AnyMethod):
    """A demo that is not drawn: it takes anything, calls nothing, and says so in one sentence."""

    def __init__(self, *arguments, **named):
        # nothing is kept: what was handed over could be large
        pass

    def __repr__(self):
        return _SAID.format(type(self).__name__)

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(f"{type(self).__name__} has no attribute {name!r}.")
        return self

    def __call__(self, *arguments, **named):
        return self


def _names():
    # here, for `course` is imported after this module
    from course import _LATER

    return [name for name, module in _LATER.items() if module == "course.demos"] + [*_BESIDE]


def __getattr__(name):
    # `from … import` looks for a submodule of any package first, by `__path__`
    if name.startswith("_") or name not in _names():
        raise AttributeError(f"module 'course.demos' has no attribute {name!r}")
    made = type(name, (StandIn,), {"__doc__": StandIn.__doc__, "__module__": "course.demos"})
    return globals().setdefault(name, made)


def __dir__():
    return sorted(_names())
