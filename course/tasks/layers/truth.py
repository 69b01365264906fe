"""Unit 08: the true values. A gate's gradients are those of Σ out·dout, by a complex step."""

import numpy as np

from course.differentiate import complex_step_gradient
from course.driving.gates import split
from course.forward import log_softmax, relu, sigmoid
from course.mistakes.network import Network, network


def affine(x, w, b):
    """Return x w + b."""
    return x @ w + b


def gradients_of(gate, names):
    """Return truth(**arguments): the gradients of Σ gate(…)·dout by its arguments, so named."""

    def truth(dout, calls=1, **arguments):
        def by(name):
            def weighed(value):
                moved = {**arguments, name: value}
                return np.sum(gate(*map(moved.get, names)) * dout)

            return complex_step_gradient(weighed, arguments[name])

        return tuple(by(name) for name in names)

    return truth


def affine_quantities(x, w, b, dout=None, calls=1):
    """Return the gate as a Network: layer 1 hands x on, layer 2 is the gate, dout its error."""
    inputs, outputs = np.shape(w)
    layers = [np.eye(inputs), np.transpose(w)], [np.zeros(inputs), b]
    return _with_error(np.asarray(x, dtype=float), outputs, layers, lambda z: z, dout)


def entries_quantities(g):
    """Return quantities(x, dout) of g entry by entry: layer 1 is g, layer 2 hands it on."""

    def quantities(x, dout=None, calls=1):
        n = np.shape(x)[1]
        layers = [np.eye(n), np.eye(n)], [np.zeros(n), np.zeros(n)]
        return _with_error(np.asarray(x, dtype=float), n, layers, g, dout)

    return quantities


def _with_error(x, outputs, layers, g, dout):
    net = network(x, np.zeros((len(x), outputs)), *layers, g=g, output="g", rows=True)
    error = np.zeros((len(x), outputs)) if dout is None else np.asarray(dout, dtype=float)
    # what comes back is already the slope of the mean, so nothing is averaged here
    return net.but(error=error, share=1.0)


def affine_parts(net, arguments):
    """Return (dx, dw, db) as the Network makes them."""
    dW, db = net.gradients()
    return net.share * net.errors()[1], dW[2].T, db[2]


def nearest_at_the_kink(came, true, x, dout, calls=1):
    """Return the right dx nearest to what came: at a ReLU's kink all slopes in [0, 1] are right."""
    return np.where(x == 0, np.clip(came, np.minimum(0, dout), np.maximum(0, dout)), true)


def _depth(parameters):
    return len(parameters) // 2


def scores(X, parameters):
    """Return the last layer's out: affine layers with a ReLU between each two."""
    out = X
    for layer in range(1, _depth(parameters) + 1):
        out = affine(
            out if layer == 1 else relu(out), parameters[f"w{layer}"], parameters[f"b{layer}"]
        )
    return out


def network_loss(X, y, parameters):
    """Return (loss, gradients of the weights, gradients of the biases), the mean over the rows."""

    def loss(parameters):
        return -np.mean(log_softmax(scores(X, parameters))[np.arange(len(y)), y])

    def by(name):
        return complex_step_gradient(
            lambda value: loss({**parameters, name: value}), parameters[name]
        )

    return loss(parameters), *split({name: by(name) for name in parameters})


def network_quantities(X, y, parameters):
    """Return the Network of a case of network_loss."""
    layers = range(1, _depth(parameters) + 1)
    classes = len(parameters[f"b{_depth(parameters)}"])
    weights = [np.transpose(parameters[f"w{layer}"]) for layer in layers]
    biases = [parameters[f"b{layer}"] for layer in layers]
    return network(X, np.eye(classes)[y], weights, biases, g=relu, rows=True)


def network_parts(net: Network, arguments):
    """Return what network_loss returns as the Network makes it, in three parts."""
    dW, db = net.gradients()
    weights = {f"w{layer}": np.transpose(value) for layer, value in dW.items()}
    return net.cost, weights, {f"b{layer}": value for layer, value in db.items()}


SIGMOID, RELU = entries_quantities(sigmoid), entries_quantities(relu)
