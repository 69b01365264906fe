"""What a network's quantities are called, and how a student's functions take and give them.

A nest of names stands for arguments and for results alike: ("x", ("W1", "W2")) is x and a list
of two arrays, in a call as in a returned tuple.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from course.forward import sigmoid


@dataclass(frozen=True)
class Layer:
    """The names of one layer's quantities; their gradients are called "d" + W and "d" + b."""

    z: str
    a: str
    W: str
    b: str | None
    delta: str


@dataclass(frozen=True)
class Call:
    """How a function is called: takes and gives, nests of names.

    In what a function gives, a name that is none of the network's is passed over.
    """

    takes: tuple
    gives: tuple


@dataclass(frozen=True)
class Description:
    """A fully connected network, one example, and what its quantities are called.

    Parameters
    ----------
    arguments : dict of name -> value, for whatever the functions take.
    layers : the Layers, first layer first.
    input, target : the names, among the arguments, of a0 (n_0,) and y (n_L,).
    forward, backward, update : the Call of each function.
    rows : whether weights are (n_{l-1}, n_l), as in a @ w + b, and not (n_l, n_{l-1}).
    activation : the hidden activation, which lets complex numbers through; symbol : its name.
    output : "softmax" (with cross-entropy), or "quadratic": the activation at the output too,
        with the cost ½‖a − t‖².
    rate : the learning rate that the update takes.

    Raises ValueError where the weights, biases, input and target do not fit together.
    """

    arguments: dict
    layers: tuple
    input: str
    target: str
    forward: Call
    backward: Call
    update: Call
    rows: bool = False
    activation: Callable = sigmoid
    symbol: str = "σ"
    output: str = "softmax"
    rate: float = 0.02

    def __post_init__(self):
        if self.output not in ("softmax", "quadratic"):
            raise ValueError(
                f"Got output={self.output!r}, but the cost must be known to say what is true; "
                'write output="softmax" or output="quadratic".'
            )
        if not self.layers:
            raise ValueError(
                "Got no layers, but a network has one above its input at least; pass the weights "
                "of each layer, first layer first."
            )
        named = [self.input, self.target, *(layer.W for layer in self.layers)]
        named += [layer.b for layer in self.layers if layer.b]
        given = {name: _array(name, self.arguments.get(name)) for name in named}
        object.__setattr__(self, "arguments", {**self.arguments, **given})
        self._fit()

    def _fit(self):
        for name in (self.input, self.target):
            if self.arguments[name].ndim > 1:
                raise ValueError(
                    f"Got {name} of shape {self.arguments[name].shape}, but one example is stepped "
                    "at a time; pass a 1-D array, not (n, 1) or a batch."
                )
        matrices = self.weights
        for layer, (below, above) in zip(self.layers[1:], pairwise(matrices), strict=True):
            if above.shape[1] != below.shape[0]:
                raise ValueError(self._misfit(layer.W, f"{below.shape[0]} units below it"))
        x, y = self.arguments[self.input], self.arguments[self.target]
        if matrices[0].shape[1] != x.size:
            raise ValueError(self._misfit(self.layers[0].W, f"{x.size} inputs"))
        if matrices[-1].shape[0] != y.size:
            raise ValueError(self._misfit(self.target, f"{matrices[-1].shape[0]} outputs"))
        for layer, W, b in zip(self.layers, matrices, self.biases, strict=True):
            if b.shape != (W.shape[0],):
                raise ValueError(self._misfit(layer.b, f"{W.shape[0]} units in its layer"))

    def _misfit(self, name, beside):
        way = "(below, above), as in a @ w" if self.rows else "(above, below), as in W @ a"
        return (
            f"Got {name} of shape {self.arguments[name].shape} with {beside}; "
            f"weights here have shape {way}, and vectors one entry a unit. Check which is meant."
        )

    @property
    def weights(self):
        """The weights of each layer, (n_l, n_{l-1}) whatever the layout."""
        return [self.upright(self.arguments[layer.W]) for layer in self.layers]

    @property
    def biases(self):
        """The bias of each layer, (n_l,); zeros where it has none."""
        return [
            np.atleast_1d(self.arguments[layer.b]) if layer.b else np.zeros(len(W))
            for layer, W in zip(self.layers, self.weights, strict=True)
        ]

    @property
    def sizes(self):
        """The number of units of the input and of each layer."""
        return [self.weights[0].shape[1], *(len(W) for W in self.weights)]

    def upright(self, array):
        """Return something shaped like a layer's weights as (n_l, n_{l-1})."""
        if array.ndim == 2:
            return array.T if self.rows else array
        return array.reshape(1, -1)

    @classmethod
    def two_layer(cls, x, y, W1, b1, W2, b2, *, rate=0.02, names=("x", "y", "p"), **options):
        """Return the two-layer network: forward(x, W1, b1, W2, b2) -> (z1, a1, z2, p),
        backward(x, y, W1, …) -> (dW1, db1, dW2, db2), update(x, y, W1, …, rate) -> (W1, …).

        names : what input, target and output are called.
        """
        x_name, y_name, p_name = names
        arguments = {x_name: x, y_name: y, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "rate": rate}
        held = ("W1", "b1", "W2", "b2")
        return cls(
            arguments=arguments,
            layers=(
                Layer("z1", "a1", "W1", "b1", "delta1"),
                Layer("z2", p_name, "W2", "b2", "delta2"),
            ),
            input=x_name,
            target=y_name,
            forward=Call((x_name, *held), ("z1", "a1", "z2", p_name)),
            backward=Call((x_name, y_name, *held), tuple(f"d{name}" for name in held)),
            update=Call((x_name, y_name, *held, "rate"), held),
            rate=rate,
            **options,
        )

    @classmethod
    def node_by_node(cls, x, t, w1, w2, g, g_prime, *, rate=0.02, **options):
        """Return a network of one hidden layer and one output, in rows and without biases:
        forward(x, w1, w2, g) -> (z2, a2, z3, a3), backward(x, t, w1, w2, g, g_prime) ->
        (dw1, dw2), update(x, t, w1, w2, rate, g, g_prime) -> (w1, w2); layer 1 is the input.
        """
        arguments = {"x": x, "t": np.atleast_1d(t), "w1": w1, "w2": w2, "rate": rate}
        return cls(
            arguments={**arguments, "g": g, "g_prime": g_prime},
            layers=(
                Layer("z2", "a2", "w1", None, "delta2"),
                Layer("z3", "a3", "w2", None, "delta3"),
            ),
            input="x",
            target="t",
            forward=Call(("x", "w1", "w2", "g"), ("z2", "a2", "z3", "a3")),
            backward=Call(("x", "t", "w1", "w2", "g", "g_prime"), ("dw1", "dw2")),
            update=Call(("x", "t", "w1", "w2", "rate", "g", "g_prime"), ("w1", "w2")),
            rows=True,
            activation=g,
            symbol="g",
            output="quadratic",
            rate=rate,
            **options,
        )

    @classmethod
    def deep(cls, x, y, weights, biases, *, rate=0.02, names=("x", "y"), **options):
        """Return a network of L layers whose functions take and give lists, first layer first:
        forward(x, weights, biases) -> (zs, activations), backward(x, y, weights, biases) ->
        (dWs, dbs), update(x, y, weights, biases, rate) -> (weights, biases).
        """
        numbers = range(1, len(weights) + 1)
        Ws, bs = (tuple(f"{name}{layer}" for layer in numbers) for name in "Wb")
        x_name, y_name = names
        arguments = {x_name: x, y_name: y, "rate": rate}
        arguments |= zip(Ws, weights, strict=True)
        arguments |= zip(bs, biases, strict=True)
        activations = tuple(f"a{layer}" for layer in numbers)
        zs = tuple(f"z{layer}" for layer in numbers)
        gradients = tuple(tuple(f"d{name}" for name in names) for names in (Ws, bs))
        return cls(
            arguments=arguments,
            layers=tuple(
                Layer(f"z{layer}", f"a{layer}", f"W{layer}", f"b{layer}", f"delta{layer}")
                for layer in numbers
            ),
            input=x_name,
            target=y_name,
            forward=Call((x_name, Ws, bs), (zs, (x_name, *activations))),
            backward=Call((x_name, y_name, Ws, bs), gradients),
            update=Call((x_name, y_name, Ws, bs, "rate"), (Ws, bs)),
            rate=rate,
            **options,
        )

    def but(self, **changes):
        """Return a copy with some parts replaced."""
        return replace(self, **changes)


def _array(name, given):
    try:
        array = np.array(given, dtype=np.float64)
    except (TypeError, ValueError):
        array = None
    if array is None or array.size == 0 or array.ndim > 2 or not np.isfinite(array).all():
        raise ValueError(
            f"Got {name}={given!r:.80}, but {name} must be an array of finite numbers of 1 or 2 "
            "dimensions; pass the array itself, and look for nan in it."
        )
    return array
