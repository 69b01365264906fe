"""The demo of a weight update: one weight and the learning rate under the finger.

This side computes, the JavaScript beside it draws.
"""

import math
from dataclasses import asdict

import numpy as np
import traitlets

from course.demos import words
from course.demos.asking import cost_at
from course.demos.curve import POINTS, limits, sample, window
from course.demos.demo import SLID, in_bytes, joined
from course.demos.descent import Descent
from course.demos.parameters import found, moved
from course.demos.step import look, strongest

TRAIL = 6
"""How many past points stay in the picture."""


class WeightUpdate(Descent):
    """The cost along one weight, the tangent by the student's gradient, and the step it takes.

    Parameters
    ----------
    cost : called as cost(*parameters); the student's own, returns one number.
    gradients : called as gradients(*parameters); the student's own backward, returns a tuple
        of arrays in the order of parameters. Both get fresh float64 copies. What they print is
        dropped; where they fail, the demo says how in a sentence and goes on.
    parameters : dict of name -> array of any shape; copied, never changed.
    rate : the learning rate to begin with, positive; its slider goes from 0.001 to 100.
    weight : the weight to begin with, such as "W2[0, 1]", counted from zero as in NumPy; by
        default the one with the largest |gradient|, or the first where there is none yet.

    Attributes that may be set, and that the sliders set: weight, value, rate. To be read:
    steps, the number of steps taken since the last reset; step, the numbers of the present one.
    One weight moves at a time: all others keep the value they were given.

    Raises ValueError for parameters that are no dict of finite arrays, a rate that is not
    positive, a weight that does not exist, and a cost or gradients that cannot be called.
    """

    _esm = joined("drawing.js", "sliders.js", "weight_update_picture.js", "weight_update.js")
    _css = joined("demo.css", "descent.css")

    weight = traitlets.Unicode().tag(sync=True)
    value = traitlets.Float().tag(**SLID)

    curve = traitlets.Bytes().tag(sync=True)
    trail = traitlets.Bytes().tag(sync=True)

    def __init__(self, cost, gradients, parameters, *, rate=0.02, weight=None):
        self._past, self._chosen, self._shown, self._curve = [], None, None, None
        super().__init__(cost, gradients, parameters, rate)
        if weight is None:
            weight = strongest(gradients, self._parameters)
        weight = found(weight, self._entries)
        with self._together(widen=True):
            self.weights = list(self._entries)
            self.rate = self._first_rate
            self.weight = weight

    def take_step(self):
        """Move the weight to its new value, so that several steps descend."""
        with self._together(widen=True):
            # a press may arrive in one message with the slider's last move
            self._look(widen=False)
            if self.step.new_value is not None:
                self._past.append((self.value, self.step.cost))
                self.steps += 1
                self.value = self.step.new_value

    def reset(self):
        """Put back the weight's given value and the learning rate of the beginning."""
        with self._together(widen=True):
            self._chosen = None
            self.rate = self._first_rate

    def figure(self):
        """Return the present picture as a matplotlib Figure, for print and feedback pages."""
        from course.demos.weight_update_figure import draw

        return draw(self.step, self._curve, self._shown, self._past[-TRAIL:])

    def in_words(self):
        """Return in one line what the demo shows at present."""
        return f"Weight update: {words.summary(self.step)}"

    def _look(self, widen):
        """Bring the numbers and the picture up to date with weight, value and rate."""
        if self._chosen != self.weight:
            name, index = self._entries[self.weight]
            self.value, self.steps = float(self._parameters[name][index]), 0
            self._past, self._chosen, self._shown, self.step = [], self.weight, None, None
        now = self.weight, self.value, self.rate
        if self.step is None or (self.step.weight, self.step.value, self.step.rate) != now:
            self.step = look(self._cost, self._gradients, self._parameters, *now)
        shown = self._shown
        if shown is None or widen or not shown[0] <= self.value <= shown[1]:
            shown = window(self.value, self.step.new_value, shown)
        if shown != self._shown or self._rewritten():
            entry = self._entries[self.weight]
            self._shown = shown
            self._curve = sample(self._cost, self._parameters, entry, shown)
            self.curve = in_bytes(self._curve)
        self.trail = in_bytes(self._past[-TRAIL:])
        bottom, top = limits(self._curve[1])
        self.picture = {
            "low": shown[0],
            "high": shown[1],
            "bottom": bottom,
            "top": top,
            **asdict(self.step),
            "blank": not np.isfinite(self._curve[1]).any(),
            "rows": [asdict(row) for row in words.table(self.step)],
            "sentence": words.meaning(self.step),
            "alternative": words.alternative(self.step, shown),
            "value_text": words.value_text(self.step),
            "rate_text": words.rate_text(self.rate),
        }

    def _rewritten(self):
        """Say whether the student's cost is no longer the one that the curve shows."""
        weight, cost = self._curve[:, POINTS // 2]
        arrays = moved(self._parameters, self._entries[self.weight], weight)
        now, _ = cost_at(self._cost, arrays)
        return not np.array_equal(cost, np.nan if now is None else now, equal_nan=True)

    @traitlets.observe("weight", "value")
    def _on_setting(self, change):
        with self._together(widen=False):
            pass

    @traitlets.validate("weight")
    def _known(self, proposal):
        return found(proposal.value, self._entries)

    @traitlets.validate("value")
    def _finite(self, proposal):
        if math.isfinite(proposal.value):
            return proposal.value
        raise ValueError(f"Got value={proposal.value}, but value must be finite; set a number.")
