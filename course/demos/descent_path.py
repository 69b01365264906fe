"""The demo of gradient descent along two weights: contour lines and the path of descent.

This side computes, the JavaScript beside it draws.
"""

import math
from dataclasses import asdict

import numpy as np
import traitlets

from course.demos import descent_words as words
from course.demos.asking import cost_at
from course.demos.demo import SLID, in_bytes, joined
from course.demos.descent import Descent
from course.demos.descent_contours import Contours, joined_lines, labels, level_texts, levels
from course.demos.descent_plane import holds, sample, window
from course.demos.descent_step import look
from course.demos.parameters import found, placed
from course.demos.step import by_strength
from course.demos.words import rate_text

TRAIL = 300
"""How many past points stay in the picture."""


class DescentPath(Descent):
    """The cost over two weights as contour lines, and the student's descent across them.

    The arrow is the student's own negative gradient. Both weights have one scale, so that a
    right arrow stands at a right angle on the contour line through the point; one that does
    not is drawn with its angle, beside the true direction.

    Parameters
    ----------
    cost : called as cost(*parameters); the student's own, returns one number.
    gradients : called as gradients(*parameters); the student's own backward, returns a tuple
        of arrays in the order of parameters. Both get fresh float64 copies. What they print is
        dropped; where they fail, the demo says how in a sentence and goes on.
    parameters : dict of name -> array of any shape, two weights at least; copied, never changed.
    rate : the learning rate to begin with, positive; its slider goes from 0.001 to 100.
    chosen : the two weights to begin with, such as ["W2[0, 1]", "b2[1]"], counted from zero as
        in NumPy; by default the one with the largest |gradient| and the one of another array.

    Attributes that may be set, and that the controls set: chosen, point, rate. To be read:
    steps, the number of steps taken since the point was last set; step, the present numbers.
    Two weights move: all others keep the value they were given.

    Raises ValueError for parameters that are no dict of finite arrays, a rate that is not
    positive, weights that do not exist or are one and the same, and a cost or gradients that
    cannot be called.
    """

    _esm = joined("drawing.js", "sliders.js", "weight_update_picture.js",
                  "descent_path_picture.js", "descent_path.js")  # fmt: skip
    _css = joined("demo.css", "descent.css", "descent_path.css")

    chosen = traitlets.List(traitlets.Unicode()).tag(sync=True)
    point = traitlets.List(traitlets.Float()).tag(**SLID)

    lines = traitlets.Bytes(help="(n, 2): contour lines, nan after each").tag(sync=True)
    levels = traitlets.List(help="cost, text, label and points of each level").tag(sync=True)
    through = traitlets.Bytes(help="(n, 2): the line through the point").tag(sync=True)
    path = traitlets.Bytes(help="(n, 2): the points that steps left").tag(sync=True)

    def __init__(self, cost, gradients, parameters, *, rate=0.02, chosen=None):
        self._past, self._held, self._at, self._shown = [], None, None, None
        self._plane = self._contours = self._plane_of = None
        super().__init__(cost, gradients, parameters, rate)
        if len(self._entries) < 2:
            raise ValueError(
                f"Got parameters with the one weight {next(iter(self._entries))}, but a path "
                "over contour lines needs two; use WeightUpdate for one."
            )
        if chosen is None:
            chosen = self._strongest()
        chosen = self._pair(chosen)
        with self._together(widen=True):
            self.weights = list(self._entries)
            self.rate, self.chosen = self._first_rate, chosen

    def take_step(self):
        """Move both weights to their new values, so that several steps descend."""
        with self._together(widen=True):
            # a press may arrive in one message with the slider's last move
            self._look(widen=False)
            if self.step.new_point is not None:
                self._past.append(tuple(self.point))
                self.steps += 1
                self.point = self._at = list(self.step.new_point)

    def reset(self):
        """Put back both weights' given values and the learning rate of the beginning."""
        with self._together(widen=True):
            self._held, self.rate = None, self._first_rate

    def figure(self):
        """Return the present picture as a matplotlib Figure, for print and feedback pages."""
        from course.demos.descent_path_figure import draw

        return draw(self.step, self._contours, self.levels, self._shown, self._past[-TRAIL:])

    def in_words(self):
        """Return in one line what the demo shows at present."""
        return f"Path of descent: {words.summary(self.step, self._past)}"

    def _look(self, widen):
        """Bring the numbers and the picture up to date with chosen, point and rate."""
        shown = self._shown
        if self._held != self.chosen:
            self._at = [float(self._parameters[name][index]) for name, index in self._two()]
            self.point, self._held = self._at, list(self.chosen)
            self._past, self.steps, self.step = [], 0, None
            shown = None
            if self._plane_of != self.chosen:
                self._shown = self._plane = None
        if self._at != self.point:
            # set by hand, which no step has done
            self._at, self._past, self.steps = list(self.point), [], 0
        now = tuple(self.chosen), tuple(self.point), self.rate
        if self.step is None or (self.step.weights, self.step.point, self.step.rate) != now:
            self.step = look(self._cost, self._gradients, self._parameters, *now)
        if shown is None or widen or not holds(shown, self.point):
            shown = window(self.point, self.step.new_point, shown)
        if shown != self._shown or self._rewritten():
            self._draw_plane(shown)
        past = self._past[-TRAIL:]
        through = [] if self.step.cost is None else self._contours.lines(self.step.cost)
        self.through, self.path = in_bytes(joined_lines(through)), in_bytes(past)
        self.picture = {
            "shown": self._shown,
            **asdict(self.step),
            "uphill": self.step.uphill,
            "square": words.square(self.step),
            "right": all(self.step.agrees),
            "blank": self._plane.blank,
            "rows": [asdict(row) for row in words.table(self.step)],
            "sentence": words.meaning(self.step, past),
            "alternative": words.alternative(
                self.step, self._shown, [level["cost"] for level in self.levels], past
            ),
            "value_texts": words.value_texts(self.step),
            "rate_text": rate_text(self.rate),
        }

    def _draw_plane(self, shown):
        """Compute the contour lines over the window shown, and send them."""
        plane = sample(self._cost, self._parameters, self._two(), shown)
        if plane.blank and self._plane is not None:
            return  # the last good picture stays
        self._shown, self._plane, self._contours = shown, plane, Contours(plane)
        self._plane_of = list(self.chosen)
        costs = levels(plane.sketch)
        lines_of = [self._contours.lines(cost) for cost in costs]
        clear = [end for end in (self.step.point, self.step.new_point) if end is not None]
        places = labels(lines_of, shown, clear)
        runs = [joined_lines(lines) for lines in lines_of]
        self.lines = in_bytes(np.concatenate([np.empty((0, 2)), *runs]))
        self.levels = [
            {"cost": cost, "text": text, "label": label, "points": len(run)}
            for cost, text, label, run in zip(costs, level_texts(costs), places, runs, strict=True)
        ]

    def _two(self):
        return [self._entries[weight] for weight in self.chosen]

    def _rewritten(self):
        """Say whether the student's cost now gives another number than the plane shows."""
        plane = self._plane
        j, i = len(plane.y) // 2, len(plane.x) // 2
        arrays = placed(self._parameters, self._two(), [plane.x[i], plane.y[j]])
        now, _ = cost_at(self._cost, arrays)
        return now is not None and now != plane.costs[j, i]

    def _pair(self, chosen):
        pair = list(chosen) if isinstance(chosen, list | tuple) else [chosen]
        if len(pair) != 2:
            raise ValueError(
                f"Got chosen={chosen!r:.80}, but the picture is over two weights; write "
                f'chosen=["{self._names()[0]}", "{self._names()[1]}"].'
            )
        pair = [found(weight, self._entries) for weight in pair]
        if pair[0] == pair[1]:
            raise ValueError(
                f"Got chosen={chosen!r:.80}, but the two weights must differ; choose another one."
            )
        return pair

    def _names(self):
        return list(self._entries)

    def _strongest(self):
        # of two arrays where there are two: a softmax makes twins of the biases above it
        first, *others = by_strength(self._gradients, self._parameters)
        array = self._entries[first][0]
        apart = [weight for weight in others if self._entries[weight][0] != array]
        return sorted([first, (apart or others)[0]], key=self._names().index)

    @traitlets.observe("chosen", "point")
    def _on_setting(self, change):
        with self._together(widen=False):
            pass

    @traitlets.validate("chosen")
    def _known(self, proposal):
        return self._pair(proposal.value)

    @traitlets.validate("point")
    def _finite(self, proposal):
        if len(proposal.value) == 2 and all(map(math.isfinite, proposal.value)):
            return proposal.value
        raise ValueError(
            f"Got point={proposal.value}, but the point must be two finite numbers, one for "
            "each weight; set [0.5, -1.0]."
        )
