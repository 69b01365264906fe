"""Where a student's numbers differ from the true ones, and which differences follow from others.

True gradients come from differentiating the cost by a complex step. So does the test of one
link: from the student's own numbers before it, what would the next number rightly be?
"""

import numpy as np

from course.comparing import PRECISION
from course.demos.network_answers import parted
from course.differentiate import complex_step_gradient
from course.forward import softmax
from course.mistakes.network import elementwise_slope, network

RIGHT, WRONG, FOLLOWS = 0, 1, 2


def true_values(description):
    """Return every true quantity, key -> array, and the cost under "cost"."""
    x, y = (
        np.atleast_1d(description.arguments[n]) for n in (description.input, description.target)
    )
    W, b, rate = description.weights, description.biases, description.rate
    with np.errstate(all="ignore"):
        net = network(x, y, W, b, description.activation, _kind_of_output(description))
        dW, db = net.gradients()
        errors = net.errors()
    found = {"a0": x, "y": y, "cost": np.array([net.cost])}
    for layer in net.W:
        k = layer - 1
        found |= {f"z{layer}": net.z[layer][0], f"a{layer}": net.a[layer][0]}
        found |= {f"W{layer}": W[k], f"delta{layer}": errors[layer][0], f"dW{layer}": dW[layer]}
        found[f"newW{layer}"] = W[k] - rate * dW[layer]
        if description.layers[k].b:
            found |= {f"b{layer}": b[k], f"db{layer}": db[layer]}
            found[f"newb{layer}"] = b[k] - rate * db[layer]
    return found


def cost_of(description, weights, biases):
    """Return the cost with these weights and biases, by the true forward pass."""
    x, y = (
        np.atleast_1d(description.arguments[n]) for n in (description.input, description.target)
    )
    with np.errstate(all="ignore"):
        return network(
            x, y, weights, biases, description.activation, _kind_of_output(description)
        ).cost


def _kind_of_output(description):
    return "softmax" if description.output == "softmax" else "g"


def read_deltas(description, answers, true):
    """Put into the answers each delta that was not returned, as db shows it, or else dW.

    For one example db is delta, and dW is delta times the layer's input. Where only dW is
    right, the fault is in db, not in the delta.
    """
    values = answers.values
    for layer in range(1, len(description.layers) + 1):
        if f"delta{layer}" in values:
            continue
        db, dW = values.get(f"db{layer}"), values.get(f"dW{layer}")
        a = true[f"a{layer - 1}"]
        sure = (
            dW is not None
            and _near(f"dW{layer}", dW, true[f"dW{layer}"], true, answers.narrow).all()
        )
        if sure and np.any(a):
            delta = dW @ a / (a @ a)
            if db is not None and _near(f"db{layer}", db, delta, true, answers.narrow).all():
                delta = db
        elif db is not None:
            delta = db
        else:
            continue
        values[f"delta{layer}"] = delta
        answers.inferred.add(layer)


def inputs_of(description, key):
    """Return the keys of the quantities that the quantity is computed from."""
    (name, layer), last = parted(key), len(description.layers)
    if name == "z":
        return [f"a{layer - 1}"]
    if name == "a":
        return [f"z{layer}"]
    if name == "delta":
        own = [f"z{layer}", f"a{layer}"]
        return own if layer == last else [f"delta{layer + 1}", *own]
    if name == "dW":
        return [f"delta{layer}", f"a{layer - 1}"]
    return [f"delta{layer}"] if name == "db" else [f"d{name[3:]}{layer}"]


def judge(description, answers, true):
    """Return key -> array of RIGHT, WRONG or FOLLOWS for each number that came."""
    marks = {}
    for key in ordered(description):
        got = answers.values.get(key)
        if got is None:
            continue
        off = ~_near(key, got, true[key], true, answers.narrow)
        marks[key] = np.where(off, WRONG, RIGHT)
        if not off.any():
            continue
        earlier = [k for k in inputs_of(description, key) if marks.get(k, np.zeros(1)).any()]
        if any(key.startswith("delta") and k[0] in "za" for k in earlier):
            # σ′ may be taken of z or written in a: which of two wrong numbers was used is open
            marks[key] = np.where(off, FOLLOWS, RIGHT)
        elif earlier:
            link = _link(description, answers.values, true, key)
            fits = _near(key, got, link, true, answers.narrow)
            marks[key] = np.where(off, np.where(fits, FOLLOWS, WRONG), RIGHT)
    return marks


def causes(description, marks, key):
    """Return the keys in which the differences that reach the key begin, first ones first."""
    found = []
    for earlier in inputs_of(description, key):
        mark = marks.get(earlier, np.zeros(1))
        if (mark == WRONG).any():
            found.append(earlier)
        elif mark.any():
            found += causes(description, marks, earlier)
    order = ordered(description)
    return sorted(set(found), key=order.index)


def ordered(description):
    """Return the keys of all that is computed, in the order in which it is."""
    numbers = range(1, len(description.layers) + 1)
    way = [f"{name}{layer}" for layer in numbers for name in "za"]
    back = ("delta", "dW", "db")
    way += [f"{name}{layer}" for layer in reversed(numbers) for name in back]
    way += [f"new{name}{layer}" for layer in numbers for name in "Wb"]
    return way


def _near(key, got, wanted, true, narrow):
    relative, absolute = PRECISION["float32" if narrow else "float64"]
    with np.errstate(all="ignore"):
        if key.startswith("new"):
            # a wrong step is small beside the weight, so it is the step that is compared
            old = true[key.removeprefix("new")]
            scale = np.abs(true[key] - old) * relative + 1e-13 * np.maximum(1.0, np.abs(old))
            return np.abs(got - wanted) <= (scale if not narrow else scale + 2e-7 * np.abs(old))
        largest = max(1.0, np.max(np.abs(wanted), initial=0.0))
        return np.abs(got - wanted) <= relative * np.abs(wanted) + absolute * largest


def _link(description, values, true, key):
    """Return what the quantity rightly is, given the student's own numbers before it."""
    (name, layer), last = parted(key), len(description.layers)
    k, g = layer - 1, description.activation

    def own(wanted):
        return values.get(wanted, true[wanted])

    with np.errstate(all="ignore"):
        if name == "z":
            return description.weights[k] @ own(f"a{k}") + description.biases[k]
        if name == "a":
            out = layer == last and description.output == "softmax"
            return (softmax if out else g)(own(f"z{layer}"))
        if name == "delta":
            above, W, b = own(f"delta{layer + 1}"), *_layer_above(description, layer)
            return complex_step_gradient(lambda z: above @ (W @ g(z) + b), own(f"z{layer}"))
        if name == "dW":
            delta, a = own(f"delta{layer}"), own(f"a{k}")
            return complex_step_gradient(lambda W: delta @ (W @ a), description.weights[k])
        if name == "db":
            return own(f"delta{layer}")
        return true[f"{name[3:]}{layer}"] - description.rate * own(f"d{name[3:]}{layer}")


def _layer_above(description, layer):
    return description.weights[layer], description.biases[layer]


def slope(description, values, true, layer):
    """Return g′(z) of a layer at the student's own z, or at the true one where there is none."""
    with np.errstate(all="ignore"):
        return elementwise_slope(description.activation, values.get(f"z{layer}", true[f"z{layer}"]))
