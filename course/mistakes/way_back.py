"""Mistakes on the way from one layer's error to the next one's, and to its weights."""

import numpy as np

from course.mistakes.layers import layers_meet, networks
from course.mistakes.mistake import Mistake
from course.mistakes.network import Network, elementwise_slope
from course.mistakes.refusals import sizes_that_differ


def _hidden(net, slope):
    """Return the network with other slopes in its hidden layers: layer -> slope."""
    return net.but(slope={layer: slope(layer) for layer in net.slope})


@networks
def _missing_slope(net):
    yield _hidden(net, lambda layer: np.ones_like(net.z[layer]))


def _anywhere(slope):
    """Make other slopes (net, layer) -> array into a tell: hidden, at the output, or both.

    At the output they stand only where the cost is quadratic.
    """

    def variants(net):
        if not isinstance(net, Network) or not net.a:
            return
        hidden = _hidden(net, lambda layer: slope(net, layer))
        yield hidden
        if net.output != "softmax":
            error = (net.a[net.last] - net.y) * slope(net, net.last)
            yield net.but(error=error)
            if net.slope:
                yield hidden.but(error=error)

    return variants


@_anywhere
def _slope_at_a(net, layer):
    return elementwise_slope(net.g, net.a[layer])


@_anywhere
def _sigmoids_formula_on_z(net, layer):
    return net.z[layer] * (1 - net.z[layer])


@_anywhere
def _tanhs_formula_on_z(net, layer):
    return 1 - net.z[layer] ** 2


def _formula_on_z(quantities):
    yield from _sigmoids_formula_on_z(quantities)
    yield from _tanhs_formula_on_z(quantities)


@networks
def _mask_of_ones(net):
    yield _hidden(net, lambda layer: (net.a[layer] >= 0).astype(float))


@networks
def _untransposed(net):
    if all(wire.shape[0] == wire.shape[1] for wire in net.wires.values()):
        yield net.but(wires={layer: wire.T for layer, wire in net.wires.items()})


def _untransposed_raises(quantities, text):
    named = sizes_that_differ(text)
    if not named or not isinstance(quantities, Network):
        return False
    # W (above, below) @ δ (above,): NumPy names the second size first; in rows, δ (m, above)
    # meets w (below, above), and the second size is below
    seen = {named[::-1] if quantities.rows else named}
    if quantities.rows and len(quantities.y) == 1:
        # a single δ (above,) may also stand behind the transposed w
        seen.add(named)
    return any(W.shape in seen for W in quantities.W.values())


@networks
def _gradient_as_wire(net):
    yield _with_wires_on_the_way(net, lambda layer, dW: dW)


def _with_wires_on_the_way(net, wire):
    """Return the network with wires (layer, dW) -> array, each made on the way down.

    The gradient of a layer is the one that the wires above, made before, give.
    """
    for layer in sorted(net.wires, reverse=True):
        dW, _ = net.gradients()
        net = net.but(wires={**net.wires, layer: wire(layer, dW[layer])})
    return net


@networks
def _updated_first(net):
    if not net.rate:
        return
    dW, db = net.gradients()
    yield _with_wires_on_the_way(net, lambda layer, dW: net.W[layer] - net.rate * dW)
    # the same, with the forward pass done again after the output layer moved
    last = net.last
    W, b = dict(net.W), dict(net.b)
    W[last], b[last] = W[last] - net.rate * dW[last], b[last] - net.rate * db[last]

    def output_layer_as_before(later_dW, later_db):
        return {**later_dW, last: dW[last]}, {**later_db, last: db[last]}

    yield net.again(W, b).then(output_layer_as_before)
    # a network may have no biases to move, or they wait
    yield net.again(W, net.b).then(output_layer_as_before)


@networks
def _z_for_a(net):
    inputs = {layer: net.z[layer - 1] if layer > 1 else net.a[0] for layer in net.inputs}
    yield net.but(inputs=inputs)


@networks
def _no_wire(net):
    for skipped, wire in net.wires.items():
        if wire.shape[0] == wire.shape[1]:
            yield net.but(wires={**net.wires, skipped: np.eye(len(wire))})
    if len(net.wires) > 1 and all(wire.shape[0] == wire.shape[1] for wire in net.wires.values()):
        yield net.but(wires={layer: np.eye(len(wire)) for layer, wire in net.wires.items()})
    if not net.wires:
        yield net
    if net.last > 2:
        # one unit's error for the layer below is the slip of a hand; a loop raises there
        return
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
        "skips-a-factor",
        "List every box between this weight and the cost.",
        "Look at the step from the δ above to the error of a: is W in it, and all of δ?",
        _no_wire,
        raises=layers_meet,
    ),
)
