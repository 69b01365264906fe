"""Unit 10: the true values, by differentiating the mean cost of a batch by a complex step."""

import numpy as np

from course.differentiate import complex_step_gradient
from course.forward import log_softmax, relu, sigmoid
from course.mistakes.network import network


def layers_of(parameters):
    """Return the numbers of the layers, first layer first."""
    return range(1, len(parameters) // 2 + 1)


def cost(X, Y, parameters, g):
    """Return the mean cross-entropy: g in the hidden layers, softmax in the last; rows."""
    out = X
    for layer in layers_of(parameters):
        out = (out if layer == 1 else g(out)) @ parameters[f"w{layer}"] + parameters[f"b{layer}"]
    return -np.sum(Y * log_softmax(out)) / len(Y)


def gradients(X, Y, parameters, g, **others):
    """Return {name: gradient}, the true ones, whatever else the pass is called with."""

    def by(name):
        return complex_step_gradient(
            lambda value: cost(X, Y, {**parameters, name: value}, g), parameters[name]
        )

    return {name: by(name) for name in parameters}


def true_gradients(g):
    """Return truth(**arguments) of a task that asks for the gradients."""
    return lambda **arguments: (gradients(**arguments, g=g),)


def stepped(X, Y, parameters, rate):
    """Return ({name: array},): the parameters after one step against the true gradients."""
    slopes = gradients(X, Y, parameters, sigmoid)
    return ({name: value - rate * slopes[name] for name, value in parameters.items()},)


def quantities(g):
    """Return quantities(**arguments), the Network of a case."""

    def of_a_case(X, Y, parameters, rate=0.0, size=None):
        weights = [np.transpose(parameters[f"w{layer}"]) for layer in layers_of(parameters)]
        biases = [parameters[f"b{layer}"] for layer in layers_of(parameters)]
        return network(X, Y, weights, biases, g=g, rate=rate, rows=True)

    return of_a_case


def read_gradients(net, arguments):
    """Return ({name: gradient},) as the Network makes them."""
    dW, db = net.gradients()
    weights = {f"w{layer}": np.transpose(value) for layer, value in dW.items()}
    return ({**weights, **{f"b{layer}": value for layer, value in db.items()}},)


def read_step(net, arguments):
    """Return ({name: array},): the parameters after a step by the Network's gradients."""
    (slopes,) = read_gradients(net, arguments)
    old, rate = arguments["parameters"], arguments["rate"]
    return ({name: value - rate * slopes[name] for name, value in old.items()},)


SIGMOID, RELU = quantities(sigmoid), quantities(relu)
