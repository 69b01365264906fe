"""Reference solutions of unit 02: the 2-3-1 network, node by node.

x (2,), w1 (2, 3) and w2 (3,): w1[i, j] runs from input i to hidden node j, w2[j] from there to
the output. g and g_prime are functions of z.
"""

import numpy as np


def forward(x, w1, w2, g):
    """Return (z2, a2, z3, a3)."""
    z2 = np.zeros(3)
    for j in range(3):
        z2[j] = w1[0, j] * x[0] + w1[1, j] * x[1]
    a2 = g(z2)
    z3 = w2[0] * a2[0] + w2[1] * a2[1] + w2[2] * a2[2]
    a3 = g(z3)
    return z2, a2, z3, a3


def output_delta(a3, t, z3, g_prime):
    """Return δ3 = (a3 − t) g′(z3)."""
    return (a3 - t) * g_prime(z3)


def hidden_deltas(delta3, w2, z2, g_prime):
    """Return the three δ2[j] = δ3 w2[j] g′(z2[j])."""
    return delta3 * w2 * g_prime(z2)


def gradients(x, t, w1, w2, g, g_prime):
    """Return (dw1, dw2), all nine derivatives."""
    z2, a2, z3, a3 = forward(x, w1, w2, g)
    delta3 = output_delta(a3, t, z3, g_prime)
    delta2 = hidden_deltas(delta3, w2, z2, g_prime)
    dw2 = delta3 * a2
    dw1 = np.outer(x, delta2)
    return dw1, dw2


def update(x, t, w1, w2, rate, g, g_prime):
    """Return (new_w1, new_w2), every gradient taken with the old weights."""
    dw1, dw2 = gradients(x, t, w1, w2, g, g_prime)
    return w1 - rate * dw1, w2 - rate * dw2
