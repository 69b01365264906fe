"""What demos of gradient descent share: the student's two functions, the rate, the presses."""

import math
import numbers

import traitlets

from course.demos.demo import SLID, Demo
from course.demos.parameters import copied, entries


class Descent(Demo):
    """A demo whose point takes steps against the student's gradient.

    A subclass adds `take_step` and `reset`, and `_look(widen)`, in which widen says whether
    the picture may now widen to hold the whole step.
    """

    weights = traitlets.List(traitlets.Unicode()).tag(sync=True)
    rate = traitlets.Float(0.02).tag(**SLID)
    steps = traitlets.Int().tag(sync=True)

    # counted, not signalled: the front end merges what happens while the kernel is busy, and
    # a count in the same message keeps its order against the sliders and loses no press
    presses = traitlets.Int().tag(**SLID)
    resets = traitlets.Int().tag(**SLID)
    releases = traitlets.Int().tag(**SLID)

    picture = traitlets.Dict().tag(sync=True)

    def __init__(self, cost, gradients, parameters, rate):
        for name, function in {"cost": cost, "gradients": gradients}.items():
            if not callable(function):
                raise ValueError(
                    f"Got {name}={function!r:.80}, but {name} must be a function of the "
                    f"parameters; write {name}=lambda *parameters: …"
                )
        self._cost, self._gradients = cost, gradients
        self._parameters = copied(parameters)
        self._entries = entries(self._parameters)
        self._first_rate = _positive(rate)
        self.step = None
        super().__init__()

    def take_step(self):
        """Move to where the step ends, so that several steps descend."""
        raise NotImplementedError

    def reset(self):
        """Put back the given values and the learning rate of the beginning."""
        raise NotImplementedError

    @traitlets.observe("rate")
    def _on_rate(self, change):
        with self._together(widen=False):
            pass

    @traitlets.observe("presses")
    def _on_press(self, change):
        for _ in range(change.new - change.old):
            self.take_step()

    @traitlets.observe("resets")
    def _on_reset(self, change):
        self.reset()

    @traitlets.observe("releases")
    def _on_release(self, change):
        with self._together(widen=True):
            pass

    @traitlets.validate("rate")
    def _valid_rate(self, proposal):
        return _positive(proposal.value)


def _positive(rate):
    if isinstance(rate, numbers.Real) and math.isfinite(rate) and rate > 0:
        return float(rate)
    raise ValueError(
        f"Got rate={rate!r:.80}, but the learning rate must be a positive finite number; "
        "write rate=0.02."
    )
