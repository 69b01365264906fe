"""The demo of deltas by depth: what is left of the error, layer by layer."""

import math

import numpy as np
import traitlets

from course.demos import deltas_words as words
from course.demos.deltas_numbers import (
    ACTIVATIONS,
    DEEPEST,
    EXAMPLES,
    WIDEST,
    Draws,
    arguments,
    true_sizes,
)
from course.demos.demo import SLID, Demo, in_bytes, joined
from course.demos.own_numbers import own

LIMITS = {"depth": (1, DEEPEST), "width": (2, WIDEST), "scale": (0.1, 10.0)}
_LOWEST = (-4, -8, -16, -32, -64, -128, -323)
_HIGHEST = (1, 4, 8, 16, 32, 308)


class DeltasByDepth(Demo):
    """The root mean square of each layer's delta as bars on a log scale, by depth and scale.

    Where the student's numbers differ from the true ones the bar is hatched, with both numbers
    on hover and on focus. What the function prints is dropped; where it fails, a sentence says
    how, and the true numbers are shown.

    Parameters
    ----------
    delta_sizes : the student's delta_sizes(X, Y, weights, biases, g, g_prime) -> (L,), first
        layer first; may be left out. X and Y (8, width), Y one-hot; weights[l] (width, width)
        in rows, so Z = A @ w + b; the last layer is a softmax with the cross-entropy. Deltas
        of each example's own cost and those of the mean, 1/8 of them, are both right.
    seed : of the random numbers for inputs, labels and weights, drawn once.

    Attributes that may be set, and that the controls set: depth, 1 to 20 layers; width, 2 to 32
    units in each; activation, "sigmoid", "tanh", "relu" or "leaky relu"; scale, 0.1 to 10: the
    weights' standard deviation is scale / √width. To be read: sizes, (L,), as shown.

    Raises ValueError for values outside these limits and a function that cannot be called.
    """

    _esm = joined("drawing.js", "sliders.js", "tips.js", "deltas_by_depth_picture.js",
                  "deltas_by_depth.js")  # fmt: skip
    _css = joined("demo.css", "places.css", "deltas_by_depth.css")

    depth = traitlets.Int(8).tag(**SLID)
    width = traitlets.Int(16).tag(**SLID)
    activation = traitlets.Unicode("sigmoid").tag(sync=True)
    scale = traitlets.Float(1.0).tag(**SLID)

    picture = traitlets.Dict().tag(sync=True)
    bars = traitlets.Bytes(help="(2, L): the sizes shown, the true ones").tag(sync=True)

    def __init__(self, delta_sizes=None, *, seed=0):
        if delta_sizes is not None and not callable(delta_sizes):
            raise ValueError(
                f"Got delta_sizes={delta_sizes!r:.80}, but delta_sizes must be a function; "
                "write delta_sizes=delta_sizes, without calling it."
            )
        self._function = delta_sizes
        self._draws = Draws.from_rng(np.random.default_rng(seed))
        self.sizes = None
        super().__init__()
        with self._together():
            pass

    def figure(self):
        """Return the present picture as a matplotlib Figure, for print and feedback pages."""
        from course.demos.deltas_by_depth_figure import draw

        return draw(self._own, self.picture)

    def in_words(self):
        """Return in one line what the demo shows at present."""
        layers = "1 layer" if self.depth == 1 else f"{self.depth} layers"
        setting = (
            f"{layers} of {self.width} units, weights {words.scale_text(self.scale, self.width)}"
        )
        return f"Deltas by depth, {setting}. {self.picture['sentence']}"

    def _look(self):
        given = arguments(self._draws, self.depth, self.width, self.activation, self.scale)
        true = true_sizes(*given)
        self._own = own(
            self._function, given, true, "delta_sizes", also=[true / EXAMPLES], any_size=True
        )
        self.sizes = self._own.shown
        low, high = _limits(np.concatenate([self.sizes, self._own.true]))
        self.bars = in_bytes([self.sizes, self._own.true])
        self.picture = {
            "low": low,
            "high": high,
            "limits": LIMITS,
            "activations": list(ACTIVATIONS),
            "off": self._own.off.tolist(),
            "said": words.places(self._own),
            "scale_text": words.scale_text(self.scale, self.width),
            "sentence": words.meaning(self.activation, self._own),
            "alternative": words.alternative(
                self.activation, self.width, self.scale, self.sizes
            ),
        }  # fmt: skip

    @traitlets.observe("depth", "width", "activation", "scale")
    def _on_setting(self, change):
        with self._together():
            pass

    @traitlets.validate("depth", "width", "scale")
    def _within(self, proposal):
        name, value = proposal.trait.name, proposal.value
        low, high = LIMITS[name]
        if low <= value <= high:
            return value
        raise ValueError(
            f"Got {name}={value}, but {name} goes from {low} to {high}; set a number there."
        )

    @traitlets.validate("activation")
    def _known(self, proposal):
        if proposal.value in ACTIVATIONS:
            return proposal.value
        raise ValueError(
            f"Got activation={proposal.value!r:.80}, but there is no such activation here; "
            f"set one of {', '.join(map(repr, ACTIVATIONS))}."
        )


def _limits(sizes):
    """Return the powers of ten between which the picture shows sizes; few, so that it rests."""
    shown = [math.log10(abs(size)) for size in sizes if size]
    low, high = min(shown, default=0.0), max(shown, default=0.0)
    return (
        next((power for power in _LOWEST if power <= low), _LOWEST[-1]),
        next((power for power in _HIGHEST if power >= high), _HIGHEST[-1]),
    )
