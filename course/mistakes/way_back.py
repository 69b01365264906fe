"""Mistakes on the way from one layer's error to the next one's, and to its weights."""

import re

import numpy as np

from course.mistakes.mistake import Mistake
from course.mistakes.network import Network, elementwise_slope


def _hidden(net, slope):
    """Return the network with other slopes in its hidden layers: layer -> slope."""
    return net.but(slope={layer: slope(layer) for layer in net.slope})


def _networks(tell):
    """Make a tell of networks yield nothing for quantities of another kind."""

    def variants(quantities):
        if isinstance(quantities, Network) and quantities.slope:
            yield from tell(quantities)

    return variants


@_networks
def _missing_slope(net):
    yield _hidden(net, lambda layer: np.ones_like(net.z[layer]))


@_networks
def _slope_at_a(net):
    yield _hidden(net, lambda layer: elementwise_slope(net.g, net.a[layer]))


@_networks
def _formula_on_z(net):
    yield _hidden(net, lambda layer: net.z[layer] * (1 - net.z[layer]))
    yield _hidden(net, lambda layer: 1 - net.z[layer] ** 2)


@_networks
def _mask_of_ones(net):
    yield _hidden(net, lambda layer: (net.a[layer] >= 0).astype(float))


@_networks
def _untransposed(net):
    if all(wire.shape[0] == wire.shape[1] for wire in net.wires.values()):
        yield net.but(wires={layer: wire.T for layer, wire in net.wires.items()})


def _untransposed_raises(quantities, text):
    sizes = re.search(r"matmul.*\(size (\d+) is different from (\d+)\)", text)
    if not sizes or not isinstance(quantities, Network):
        return False
    # W (above, below) @ δ (above,): NumPy names the second size first; in rows, δ (m, above)
    # meets w (below, above), and the second size is below
    named = int(sizes[1]), int(sizes[2])
    seen = named[::-1] if quantities.rows else named
    return any(seen == wire.shape for wire in quantities.wires.values())


@_networks
def _gradient_as_wire(net):
    dW, _ = net.gradients()
    yield net.but(wires={layer: dW[layer] for layer in net.wires})


@_networks
def _updated_first(net):
    if not net.rate:
        return
    dW, db = net.gradients()
    yield net.but(wires={layer: wire - net.rate * dW[layer] for layer, wire in net.wires.items()})
    # the same, with the forward pass done again after the output layer moved
    last = net.last
    W, b = dict(net.W), dict(net.b)
    W[last], b[last] = W[last] - net.rate * dW[last], b[last] - net.rate * db[last]

    def output_layer_as_before(later_dW, later_db):
        return {**later_dW, last: dW[last]}, {**later_db, last: db[last]}

    yield net.again(W, b).then(output_layer_as_before)


@_networks
def _z_for_a(net):
    inputs = {layer: net.z[layer - 1] if layer > 1 else net.a[0] for layer in net.inputs}
    yield net.but(inputs=inputs)


@_networks
def _neighbouring_layer(net):
    for shift in (-1, 1):
        yield net.but(inputs={k: net.a[max(k - 1 + shift, 0)] for k in net.inputs})
    errors = net.errors()

    def error_of_the_layer_above(dW, db):
        above = {k: min(k + 1, net.last) for k in dW}
        return (
            {k: net.share * errors[above[k]].T @ net.inputs[k] for k in dW},
            {k: net.share * errors[above[k]].sum(axis=0) for k in db},
        )

    yield net.then(error_of_the_layer_above)


@_networks
def _one_layers_slope(net):
    for chosen in net.slope:
        slope = {
            layer: net.slope[chosen]
            for layer in net.slope
            if net.slope[layer].shape == net.slope[chosen].shape
        }
        if len(slope) == len(net.slope) > 1:
            yield net.but(slope=slope)


@_networks
def _no_wire(net):
    for skipped, wire in net.wires.items():
        if wire.shape[0] == wire.shape[1]:
            yield net.but(wires={**net.wires, skipped: np.eye(len(wire))})
    # one unit's error, or their sum, spread over all units below
    for layer, wire in net.wires.items():
        for unit in range(len(wire)):
            one = np.zeros_like(wire)
            one[unit] = 1
            yield net.but(wires={**net.wires, layer: one})
        yield net.but(wires={**net.wires, layer: np.ones_like(wire)})


MISTAKES = (
    Mistake(
        "missing-activation-derivative",
        "What happens between z and a on the way back?",
        "Look at the step from the error of a layer's a to the error of its z.",
        _missing_slope,
    ),
    Mistake(
        "derivative-of-activated",
        "Which variable does σ′ take here, z or a?",
        "Look at the argument of the activation's derivative in the hidden layer's δ.",
        _slope_at_a,
    ),
    Mistake(
        "a-formula-on-z",
        "a(1−a) is written in the activated value.",
        "Look at which array stands in both places of the product a(1−a).",
        _formula_on_z,
    ),
    Mistake(
        "relu-mask-from-output",
        "Can a ReLU's output be negative?",
        "Look at the comparison that makes the mask: at zero, and which array it reads.",
        _mask_of_ones,
    ),
    Mistake(
        "updated-weights-first",
        "All gradients first, then all updates.",
        "Look at the weights through which δ passes on its way down: old or new?",
        _updated_first,
    ),
    Mistake(
        "untransposed-weights",
        "Backwards the same wires run the other way.",
        "Look at the product of W and δ: which axis of W is summed over?",
        _untransposed,
        raises=_untransposed_raises,
    ),
    Mistake(
        "gradient-for-weights",
        "The error passes through the weights, not through their gradients.",
        "Look at the matrix that δ is multiplied with on its way to the layer below.",
        _gradient_as_wire,
    ),
    Mistake(
        "preactivation-for-activation",
        "What did this layer's weights multiply on the way forward?",
        "Look at the second factor of the outer product in dW.",
        _z_for_a,
    ),
    Mistake(
        "layer-off-by-one",
        "Follow l on three layers of different widths.",
        "Look at the layer numbers of the two factors in dW: the error at the wire's end, the "
        "value at its start.",
        _neighbouring_layer,
    ),
    Mistake(
        "same-layer-reused",
        "Which variable in the loop changes with l?",
        "Look at what the loop over the layers reads that does not carry its index.",
        _one_layers_slope,
    ),
    Mistake(
        "skips-a-factor",
        "List every box between this weight and the cost.",
        "Look at the step from the δ above to the error of a: is W in it, and all of δ?",
        _no_wire,
    ),
)
