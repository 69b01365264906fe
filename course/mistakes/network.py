"""The true quantities of a fully connected network on a case, open to being tampered with.

A gradient is a sum over paths: how a change of one unit's z spreads forward through the layers
above, times what that does to the cost. Here the spreading is done forwards, link by link, so
that a mistake can be stated as what it does to one link. The reverse order, which is what the
course teaches, is written nowhere.
"""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from course.forward import log_softmax, sigmoid, softmax


def elementwise_slope(g, z):
    """Return g'(z), entry by entry, by a complex step; g must be analytic at z."""
    return g(z + 1e-20j).imag / 1e-20


@dataclass(frozen=True)
class Network:
    """A case's quantities, layer by layer; rows are examples.

    Forward, keyed by layer: a[0..L] (m, n_l), z[1..L] (m, n_l), W[1..L] (n_l, n_{l-1}),
    b[1..L] (n_l,); y (m, n_L); cost, the mean over the examples; g, the hidden activation.

    The links of the way back, which mistakes replace:
    error (m, n_L) : the slope of one example's cost by z[L].
    slope[1..L-1] (m, n_l) : the hidden activations' slopes.
    wires[2..L] (n_l, n_{l-1}) : what carries a change of a[l-1] into z[l].
    inputs[1..L] (m, n_{l-1}) : what a weight's gradient pairs with the error at its end.
    share : the weight of one example in the cost, 1/m.
    afterwards : functions (dW, db) -> (dW, db), applied to the finished gradients.
    rate : the learning rate where a step is taken; batch : the nominal batch size, if any.
    rows : whether the task's own arrays hold an example a row, with weights (n_{l-1}, n_l).
    """

    a: dict
    z: dict
    W: dict
    b: dict
    y: np.ndarray
    g: Callable
    output: str
    cost: float
    error: np.ndarray
    slope: dict
    wires: dict
    inputs: dict
    share: float
    rate: float = 0.0
    batch: int | None = None
    rows: bool = False
    afterwards: tuple = field(default=())

    @classmethod
    def of_a_cost(cls, cost, y):
        """Return the quantities of a cost alone, for mistakes in the cost itself."""
        y = np.atleast_2d(y)
        return cls(
            a={}, z={}, W={}, b={}, y=y, g=None, output="softmax", cost=float(cost),
            error=np.zeros(y.shape), slope={}, wires={}, inputs={}, share=1 / len(y),
        )  # fmt: skip

    @property
    def last(self):
        """L, the number of the output layer."""
        return max(self.W)

    def but(self, **changes):
        """Return a copy with some links replaced."""
        if changes.keys() & {"slope", "wires", "W", "z", "y"}:
            return replace(self, **changes)
        # pairs of mistakes are tried by the thousand, and most leave the way forward as it is
        spreads = self._spreads
        made = copy(self)
        vars(made).update(changes, _spreads=spreads)
        return made

    def again(self, W, b):
        """Return the true Network of the same case with other parameters, keyed by layer."""
        return network(
            self.a[0],
            self.y,
            W.values(),
            b.values(),
            self.g,
            self.output,
            rate=self.rate,
            batch=self.batch,
            rows=self.rows,
        )

    def then(self, edit):
        """Return a copy whose finished gradients pass through `edit` as well."""
        return self.but(afterwards=(*self.afterwards, edit))

    def errors(self):
        """Return {l: (m, n_l)}: how the cost of each example grows with z[l]."""
        error = self.error[:, :, None]
        return {layer: (spread @ error)[:, :, 0] for layer, spread in self._spreads.items()}

    @cached_property
    def _spreads(self):
        """{l: (m, n_l, n_L)}: how a change of z[l] spreads forward into z[L]."""
        return {layer: self._spread_from(layer) for layer in self.W}

    def _spread_from(self, layer):
        units = self.z[layer].shape[1]
        spread = np.broadcast_to(np.eye(units), (len(self.y), units, units))
        for above in range(layer + 1, self.last + 1):
            spread = (spread * self.slope[above - 1][:, None, :]) @ self.wires[above].T
        return spread

    def gradients(self):
        """Return (dW, db), keyed by layer: the gradients that the links and edits give."""
        errors = self.errors()
        dW = {k: self.share * (errors[k].T @ self.inputs[k]) for k in self.W}
        db = {k: self.share * errors[k].sum(axis=0) for k in self.W}
        for edit in self.afterwards:
            dW, db = edit(dW, db)
        return dW, db


def network(a0, y, W, b, g=sigmoid, output="softmax", **options):
    """Return the true Network of a forward pass.

    a0 : (m, n_0), the input. y : (m, n_L), the target. W, b : lists, W[k] (n_{k+1}, n_k) and
    b[k] (n_{k+1},), first layer first. g : the hidden activation, analytic. output : "softmax"
    (with cross-entropy) or "g" (with the quadratic cost ½‖a − y‖²). options : rate, batch, rows.
    """
    W = dict(enumerate((np.asarray(w, dtype=float) for w in W), start=1))
    b = dict(enumerate((np.asarray(v, dtype=float) for v in b), start=1))
    a, z = {0: np.atleast_2d(np.asarray(a0, dtype=float))}, {}
    y = np.atleast_2d(np.asarray(y, dtype=float))
    last = max(W)
    for layer in W:
        z[layer] = a[layer - 1] @ W[layer].T + b[layer]
        a[layer] = softmax(z[layer]) if layer == last and output == "softmax" else g(z[layer])

    def costs_from(z_last, y):
        if output == "softmax":
            return -(y * log_softmax(z_last)).sum(axis=-1)
        return ((g(z_last) - y) ** 2).sum(axis=-1) / 2

    # each row is stepped from at each of its entries, (m, steps, n_L) at once
    stepped = z[last][:, None, :] + 1e-20j * np.eye(y.shape[1])
    costs = costs_from(stepped, y[:, None, :])
    return Network(
        a=a,
        z=z,
        W=W,
        b=b,
        y=y,
        g=g,
        output=output,
        # a step so small changes nothing in the real part
        cost=float(np.mean(costs[:, 0].real)),
        error=costs.imag / 1e-20,
        slope={layer: elementwise_slope(g, z[layer]) for layer in range(1, last)},
        wires={layer: W[layer] for layer in range(2, last + 1)},
        inputs={layer: a[layer - 1] for layer in W},
        share=1 / len(y),
        **options,
    )
