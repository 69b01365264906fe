"""Mistakes in which layer's quantities are taken: the next one's, or the same one's for all."""

from course.mistakes.mistake import Mistake
from course.mistakes.network import Network, elementwise_slope
from course.mistakes.refusals import shapes_that_met, sizes_that_differ


def networks(tell):
    """Make a tell of networks yield nothing for quantities of another kind."""

    def variants(quantities):
        if isinstance(quantities, Network) and quantities.W:
            yield from tell(quantities)

    return variants


@networks
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
    if net.last < 3:
        return
    yield from _links_off_by_one(net)

    def last_layer_first(of_layers):
        return dict(zip(of_layers, reversed(of_layers.values()), strict=True))

    yield net.then(lambda dW, db: (last_layer_first(dW), last_layer_first(db)))


def _links_off_by_one(net):
    """Yield the network with the slopes, or the wires, of the layer below or above."""
    layers = list(net.W)
    for shift in (-1, 1):
        # below the first layer, a list's index -1 finds the last
        beside = {k: layers[(k - 1 + shift) % net.last] for k in net.W}
        slope = {k: elementwise_slope(net.g, net.z[beside[k]]) for k in net.slope}
        if _alike(slope, net.slope):
            yield net.but(slope=slope)
        wires = {k: net.W[beside[k]] for k in net.wires}
        if _alike(wires, net.wires):
            yield net.but(wires=wires)
    # a list of the hidden layers' caches wraps from the first of them to the last
    hidden = list(net.slope)
    before = {k: net.slope[hidden[number - 1]] for number, k in enumerate(hidden)}
    if _alike(before, net.slope):
        yield net.but(slope=before)
    below = {k: net.a[k - 1] * (1 - net.a[k - 1]) for k in net.slope}
    if _alike(below, net.slope):
        yield net.but(slope=below)


def _alike(some, others):
    return all(some[layer].shape == others[layer].shape for layer in others)


def layers_meet(quantities, text):
    """Whether arrays of two layers of different widths met, or a list was read past its end."""
    if not isinstance(quantities, Network) or not quantities.W:
        return False
    if "list index out of range" in text:
        return True
    m, widths = len(quantities.y), [a.shape[1] for a in quantities.a.values()]
    sizes = sizes_that_differ(text)
    if sizes:
        return {*sizes} <= {*widths}
    shapes = shapes_that_met(text)
    if not shapes:
        return False
    rows = [shape[:-1] in ((), (m,)) for shape in shapes]
    return all(rows) and {shape[-1] for shape in shapes if shape} <= {*widths}


@networks
def _one_layer_for_all(net):
    if len(net.slope) < 2:
        # there it makes no difference, and leaves the field to a second mistake
        yield net
    for chosen in net.slope:
        slope = dict.fromkeys(net.slope, net.slope[chosen])
        if _alike(slope, net.slope):
            yield net.but(slope=slope)
    for chosen in net.wires:
        wires = dict.fromkeys(net.wires, net.W[chosen])
        if _alike(wires, net.wires):
            yield net.but(wires=wires)
    for chosen in net.inputs:
        yield net.but(inputs=dict.fromkeys(net.inputs, net.inputs[chosen]))


MISTAKES = (
    Mistake(
        "layer-off-by-one",
        "Follow l on three layers of different widths.",
        "Look at the layer numbers of the two factors in dW: the error at the wire's end, the "
        "value at its start.",
        _neighbouring_layer,
        raises=layers_meet,
    ),
    Mistake(
        "same-layer-reused",
        "Which variable in the loop changes with l?",
        "Look at what the loop over the layers reads that does not carry its index.",
        _one_layer_for_all,
        raises=layers_meet,
    ),
)
