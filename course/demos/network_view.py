"""The demo of a network that is stepped: forward, backward and the update, layer by layer.

Everything is computed when it is made, so that a step is drawn without asking Python again.
"""

import numpy as np
import traitlets

from course.demos import network_words as words
from course.demos.demo import Demo, in_bytes, joined
from course.demos.network_answers import ask, parted
from course.demos.network_description import Description
from course.demos.network_layout import NARROW, WIDE, layout
from course.demos.network_steps import drawn, steps_of
from course.demos.network_truth import causes, judge, read_deltas, slope, true_values
from course.pictures.numbers import listed


class NetworkView(Demo):
    """A fully connected network under a student's own functions, stepped layer by layer.

    Where a number differs from the true one, its place is hatched if the difference begins
    there, and outlined with dots if it follows from an earlier one. What the functions print is
    dropped; where they fail, a sentence says how, and the rest is shown all the same. After a
    function was changed, run the cell again. Of a layer of more than 12 units the first and the
    last few are drawn, and the middle layers of a network of more than 8 as one stack, both with
    the count of the others; words and formulas have every layer.

    Parameters
    ----------
    description : a course.demos.Description: the network, one example, and how the functions
        are called. `NetworkView.two_layer` and `NetworkView.deep` write the usual ones.
    forward, backward, update : the student's functions; backward and update may be left out.

    Attributes. step, from 0 (the input) to the last, may be set, and is what the scrubber sets.
    To be read: steps, what each step shows; marks, quantity -> array of 0 for a right number,
    1 where a difference begins, 2 where it follows.

    Raises ValueError for a description that does not fit together, a function that cannot be
    called, and a step that there is not.
    """

    _esm = joined("drawing.js", "tips.js", "network_view_picture.js", "network_view_stack.js",
                  "network_view_formula.js", "network_view.js")  # fmt: skip
    _css = joined("demo.css", "network_view_picture.css", "network_view.css")

    step = traitlets.Int().tag(sync=True)
    steps = traitlets.List().tag(sync=True)
    network = traitlets.Dict().tag(sync=True)
    numbers = traitlets.Bytes().tag(sync=True)
    truths = traitlets.Bytes().tag(sync=True)
    flags = traitlets.Bytes().tag(sync=True)

    def __init__(self, description, *, forward, backward=None, update=None):
        functions = {"forward": forward, "backward": backward, "update": update}
        for name, function in functions.items():
            if not callable(function) and (function is not None or name == "forward"):
                raise ValueError(
                    f"Got {name}={function!r:.80}, but {name} must be a function; "
                    f"write {name}={name}, without calling it."
                )
        self.description = description
        self._true = true_values(description)
        answers = ask(description, functions)
        read_deltas(description, answers, self._true)
        self.marks = judge(description, answers, self._true)
        self._values = answers.values
        self._stages = steps_of(description, backward is not None, update is not None)
        shown = drawn(description, self._stages, answers, self._true, self.marks)
        self._last = len(shown) - 1
        super().__init__()
        with self.hold_sync():
            self.steps = shown
            self._send_numbers()

    @classmethod
    def two_layer(cls, x, y, W1, b1, W2, b2, *, forward, backward=None, update=None, **options):
        """Return the view of a two-layer network: Linear + Sigmoid, Linear + Softmax.

        forward(x, W1, b1, W2, b2) -> (z1, a1, z2, p), backward(x, y, W1, b1, W2, b2) ->
        (dW1, db1, dW2, db2), update(x, y, W1, b1, W2, b2, rate) -> (W1, b1, W2, b2), with
        x (n0,), y (n2,), W1 (n1, n0), b1 (n1,), W2 (n2, n1), b2 (n2,). The options are those of
        Description: rate, names, output, activation, symbol, rows.
        """
        description = Description.two_layer(x, y, W1, b1, W2, b2, **options)
        return cls(description, forward=forward, backward=backward, update=update)

    @classmethod
    def node_by_node(cls, x, t, w1, w2, *, g, g_prime, forward, backward=None, update=None, rate):
        """Return the view of a network in index notation: one output, rows, no biases.

        x (n0,), t a number, w1 (n0, n1), w2 (n1,); g, which lets complex numbers through, and
        g_prime are functions of z. forward(x, w1, w2, g) -> (z2, a2, z3, a3),
        backward(x, t, w1, w2, g, g_prime) -> (dw1, dw2),
        update(x, t, w1, w2, rate, g, g_prime) -> (w1, w2).
        """
        description = Description.node_by_node(x, t, w1, w2, g, g_prime, rate=rate)
        return cls(description, forward=forward, backward=backward, update=update)

    @classmethod
    def deep(cls, x, y, weights, biases, *, forward, backward=None, update=None, **options):
        """Return the view of a network of L layers whose functions take and give lists.

        forward(x, weights, biases) -> (zs, activations), where activations[0] is x;
        backward(x, y, weights, biases) -> (dWs, dbs); update(x, y, weights, biases, rate) ->
        (weights, biases). The options are those of Description.
        """
        description = Description.deep(x, y, weights, biases, **options)
        return cls(description, forward=forward, backward=backward, update=update)

    def figure(self):
        """Return the present picture as a matplotlib Figure, for print and feedback pages."""
        from course.demos.network_view_figure import draw

        return draw(self.description, self._stages[: self.step + 1], self._values, self.marks)

    def in_words(self):
        """Return in one line what the demo shows at present."""
        shown = self.steps[self.step]
        return f"Network, {shown['value_text'].rstrip('.')}. {shown['sentence']}"

    def _send_numbers(self):
        """Fill the traits with every quantity, one after the other in three runs of bytes."""
        description, true = self.description, dict(self._true)
        values = {key: true[key] for key in true if key in ("a0", "y") or key[0] in "Wb"}
        values |= self._values
        for layer in range(1, len(description.layers) + 1):
            true[f"slope{layer}"] = slope(description, {}, self._true, layer)
            values[f"slope{layer}"] = slope(description, self._values, self._true, layer)
        arrays, numbers, truths, flags, start = {}, [], [], [], 0
        for key, name in words.names(description).items():
            wanted = true[key]
            known = key in values
            numbers.append(values[key].ravel() if known else np.full(wanted.size, np.nan))
            truths.append(wanted.ravel())
            flags.append(self.marks.get(key, np.zeros(wanted.shape)).ravel())
            arrays[key] = {
                "name": name,
                "start": start,
                "shape": [*wanted.shape, 1][:2],
                "vector": wanted.ndim == 1,
                "flat": wanted.ndim == 2 and self._is_flat(key),
                "known": known,
            }
            start += wanted.size
        self.numbers = in_bytes(np.concatenate(numbers))
        self.truths = in_bytes(np.concatenate(truths))
        self.flags = np.concatenate(flags).astype(np.uint8).tobytes()
        self.network = {
            "arrays": arrays,
            "rows": description.rows,
            "causes": {
                key: listed(arrays[root]["name"] for root in causes(description, self.marks, key))
                for key, mark in self.marks.items()
                if mark.any()
            },
            "layouts": [layout(description.sizes, width) for width in (WIDE, NARROW)],
        }

    def _is_flat(self, key):
        # the weights into a single unit may be a vector, with one index
        name = self.description.layers[parted(key)[1] - 1].W
        return self.description.arguments[name].ndim == 1

    @traitlets.validate("step")
    def _known(self, proposal):
        if 0 <= proposal.value <= self._last:
            return proposal.value
        raise ValueError(
            f"Got step={proposal.value}, but the steps are counted from 0 to {self._last}; "
            "set one of them."
        )
