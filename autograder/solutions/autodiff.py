"""Reference solutions of unit 11: a value that remembers, and the way back through its graph."""

import numpy as np


class Value:
    """A number that remembers what it was made of.

    data : the number. parents : pairs (Value, slope), how fast this one grows with each value
    that it was made of. grad : the slope of the last value by this one, once `backward` ran.
    """

    def __init__(self, data, parents=()):
        self.data = float(data)
        self.parents = tuple(parents)
        self.grad = 0.0

    def __repr__(self):
        return f"Value({self.data:.4g}, grad={self.grad:.4g})"

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data + other.data, [(self, 1.0), (other, 1.0)])

    def log(self):
        return Value(np.log(self.data), [(self, 1 / self.data)])

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data * other.data, [(self, other.data), (other, self.data)])

    def __pow__(self, power):
        return Value(self.data**power, [(self, power * self.data ** (power - 1))])

    def exp(self):
        e = np.exp(self.data)
        return Value(e, [(self, e)])

    def tanh(self):
        t = np.tanh(self.data)
        return Value(t, [(self, 1 - t**2)])

    def relu(self):
        return Value(max(self.data, 0.0), [(self, 1.0 if self.data > 0 else 0.0)])

    def __neg__(self):
        return self * -1.0

    def __sub__(self, other):
        return self + -other

    def __truediv__(self, other):
        return self * other**-1

    def __radd__(self, other):
        return self + other

    def __rsub__(self, other):
        return -self + other

    def __rmul__(self, other):
        return self * other

    def __rtruediv__(self, other):
        return self**-1 * other


def backward(value):
    """Set the grad of every value that this one was made of to the slope of this one by it."""
    order, seen, waiting = [], set(), [(value, False)]
    while waiting:
        here, parents_are_in = waiting.pop()
        if parents_are_in:
            order.append(here)
        elif here not in seen:
            seen.add(here)
            waiting.append((here, True))
            waiting.extend((parent, False) for parent, _ in here.parents)
    for here in order:
        here.grad = 0.0
    value.grad = 1.0
    for here in reversed(order):
        for parent, slope in here.parents:
            parent.grad += slope * here.grad


def same_deltas(x, y, W1, b1, W2, b2):
    """Return (delta1, delta2) of the two-layer network, from a graph of Values."""
    z1 = [sum(w * v for w, v in zip(row, x)) + Value(b) for row, b in zip(W1, b1)]
    a1 = [1 / (1 + (-z).exp()) for z in z1]
    z2 = [sum(a * w for w, a in zip(row, a1)) + b for row, b in zip(W2, b2)]
    raised = [z.exp() for z in z2]
    loss = -sum(t * (e / sum(raised)).log() for t, e in zip(y, raised))
    backward(loss)
    return np.array([z.grad for z in z1]), np.array([z.grad for z in z2])
