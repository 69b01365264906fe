"""The demo of softmax and cross-entropy: the logits under the finger."""

import math

import numpy as np
import traitlets

from course.demos import softmax_words as words
from course.demos.demo import SLID, Demo, in_bytes, joined
from course.demos.own_numbers import own
from course.demos.softmax_numbers import OUTPUTS, look, pushes
from course.demos.words import number


class SoftmaxView(Demo):
    """Logits under sliders: p as bars, the gradient p − y as arrows, and a quadratic cost's.

    Where the student's numbers differ from the true ones their place is hatched, with both
    numbers on hover and on focus. What the functions print is dropped; where they fail, a
    sentence says how, and the true numbers are shown.

    Parameters
    ----------
    logits : the 2 to 6 logits z to begin with, finite; the sliders go from −10 to 10, or as
        far as the logits do.
    label : the number of the right class, counted from 0.
    softmax : the student's softmax(z) -> p, (K,) -> (K,); may be left out.
    gradient : the student's logit_gradient(z, label) -> (K,) of the cross-entropy; may be left
        out. True gradients come from differentiating the cost by a complex step.

    Attributes that may be set, and that the controls set: logits; label; compared, "softmax" or
    "sigmoid", what the quadratic cost is taken of. To be read: numbers, the true ones.

    Raises ValueError for logits that are not 2 to 6 finite numbers, a label that is none of
    their classes, another `compared`, and functions that cannot be called.
    """

    _esm = joined("drawing.js", "sliders.js", "tips.js", "softmax_view_picture.js",
                  "softmax_view.js")  # fmt: skip
    _css = joined("demo.css", "places.css", "softmax_view.css")

    logits = traitlets.List(traitlets.Float()).tag(**SLID)
    label = traitlets.Int().tag(sync=True)
    compared = traitlets.Unicode("softmax").tag(sync=True)

    picture = traitlets.Dict().tag(sync=True)
    rows = traitlets.Bytes(help="(4, K): p, gradient, true p, true gradient").tag(sync=True)
    others = traitlets.Bytes(help="(K,): the quadratic cost's gradient").tag(sync=True)
    curve = traitlets.Bytes(help="(3, n): the right logit, both pushes").tag(sync=True)

    def __init__(self, logits, label=0, *, softmax=None, gradient=None):
        for name, function in {"softmax": softmax, "gradient": gradient}.items():
            if function is not None and not callable(function):
                raise ValueError(
                    f"Got {name}={function!r:.80}, but {name} must be a function; "
                    f"write {name}={name}, without calling it."
                )
        self._softmax, self._gradient = softmax, gradient
        self._given = _checked(logits)
        self._first_label = _class(label, len(self._given))
        self._reach = max(10.0, float(math.ceil(np.max(np.abs(self._given)))))
        self.numbers = None
        super().__init__()
        with self._together():
            self.logits, self.label = self._given, self._first_label

    def figure(self):
        """Return the present picture as a matplotlib Figure, for print and feedback pages."""
        from course.demos.softmax_view_figure import draw

        return draw(self.numbers, self._own_p, self._own_slope, self.picture["sentence"])

    def in_words(self):
        """Return in one line what the demo shows at present."""
        z = ", ".join(number(x) for x in self.numbers.z)
        return f"Softmax of ({z}). {self.picture['sentence']}"

    def _look(self):
        now = self.numbers = look(self.logits, self.label, self.compared)
        p = self._own_p = own(self._softmax, [now.z], now.p, "softmax")
        slope = self._own_slope = own(
            self._gradient, [now.z, now.label], now.slope, "gradient"
        )  # fmt: skip
        self.rows = in_bytes([p.shown, slope.shown, now.p, now.slope])
        self.others = in_bytes(now.other_slope)
        self.curve = in_bytes(pushes(now.z, now.label, now.output, self._reach))
        self.picture = {
            "reach": self._reach,
            "given": self._given,
            "given_label": self._first_label,
            "cost": now.cost,
            "other_cost": now.other_cost,
            "off_p": p.off.tolist(),
            "off_slope": slope.off.tolist(),
            "said": words.places(now, p, slope),
            "value_texts": [words.value_text(now, k) for k in range(len(now.z))],
            "sentence": words.meaning(now, p, slope),
            "alternative": words.alternative(now),
        }

    @traitlets.observe("logits", "label", "compared")
    def _on_setting(self, change):
        with self._together():
            pass

    @traitlets.validate("logits")
    def _valid_logits(self, proposal):
        logits = _checked(proposal.value)
        if len(logits) != len(self._given):
            raise ValueError(
                f"Got {len(logits)} logits, but this demo has {len(self._given)} classes; "
                "make another demo."
            )
        return logits

    @traitlets.validate("label")
    def _valid_label(self, proposal):
        return _class(proposal.value, len(self._given))

    @traitlets.validate("compared")
    def _valid_output(self, proposal):
        if proposal.value in OUTPUTS:
            return proposal.value
        raise ValueError(
            f"Got compared={proposal.value!r:.80}, but the quadratic cost is taken of a "
            f"softmax or a sigmoid; write one of {', '.join(map(repr, OUTPUTS))}."
        )


def _checked(logits):
    try:
        found = np.asarray(logits, dtype=float)
    except (TypeError, ValueError):
        found = np.array(np.nan)
    if found.ndim == 1 and 2 <= len(found) <= 6 and np.isfinite(found).all():
        return [float(z) for z in found]
    raise ValueError(
        f"Got logits={logits!r:.80}, but the logits must be 2 to 6 finite numbers; "
        "write logits=[2.0, -1.0, 0.5]."
    )


def _class(label, classes):
    if isinstance(label, int | np.integer) and 0 <= label < classes:
        return int(label)
    raise ValueError(
        f"Got label={label!r:.80}, but the classes are numbered from 0 to {classes - 1}; "
        "write one of these numbers."
    )
