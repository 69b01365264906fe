"""What each step of a network says: its sentence, what the scrubber announces, names."""

import numpy as np

from course.demos.network_truth import WRONG, causes, cost_of
from course.demos.words import number
from course.pictures.numbers import listed, value_text

MOST_NAMED = 12


def names(description):
    """Return key -> what the notebook calls the quantity."""
    found = {"a0": description.input, "y": description.target}
    for k, layer in enumerate(description.layers, start=1):
        found |= {f"z{k}": layer.z, f"a{k}": layer.a, f"delta{k}": layer.delta}
        found |= {f"W{k}": layer.W, f"dW{k}": f"d{layer.W}", f"newW{k}": f"new {layer.W}"}
        found[f"slope{k}"] = f"{description.symbol}′({layer.z})"
        if layer.b:
            found |= {f"b{k}": layer.b, f"db{k}": f"d{layer.b}", f"newb{k}": f"new {layer.b}"}
    return found


def numbers_of(named, values, key):
    """Return a quantity in words: "a1 = 0.5938, 0.6225"."""
    if key not in values:
        return f"{named[key]} is not known"
    texts = [value_text(float(x)) for x in values[key].ravel()[:8]]
    more = f" and {values[key].size - 8} more" if values[key].size > 8 else ""
    return f"{named[key]} = {', '.join(texts)}{more}"


def meaning(description, step, values, true):
    """Return what a step does and what came of it, in a sentence or two."""
    named, layer, last = names(description), step.layer, len(description.layers)
    if step.kind == "start":
        return (
            f"The input {named['a0']} stands on the left; every other number is still to come. "
            f"The target is {numbers_of(named, true, 'y')}."
        )
    if step.kind == "forward":
        said = (
            f"{named[f'z{layer}']} is what arrives at layer {layer}; "
            f"{named[f'a{layer}']} is what it passes on."
        )
        return _output(description, named, values, true) if layer == last else said
    if step.kind == "backward" and layer == last:
        return (
            f"{named[f'delta{layer}']} says how fast the cost grows with each "
            f"{named[f'z{layer}']}; {named[f'dW{layer}']} pairs it with {named[f'a{layer - 1}']}, "
            "which came in along the same edge."
        )
    if step.kind == "backward":
        return (
            f"{named[f'delta{layer + 1}']} flows back along the edges of "
            f"{named[f'W{layer + 1}']}; times {named[f'slope{layer}']} it is "
            f"{named[f'delta{layer}']}."
        )
    return _update(description, values, true)


def _output(description, named, values, true):
    key = f"a{len(description.layers)}"
    a, y = values.get(key), true["y"]
    if a is None:
        return f"{named[key]} is what the network answers; the target is {named['y']}."
    if description.output == "softmax":
        right = int(np.argmax(y))
        with np.errstate(all="ignore"):
            cost = -np.sum(y[y > 0] * np.log(a[y > 0]))
        return (
            f"{named[key]} gives the right class, {right}, the probability "
            f"{number(float(a[right]))}: the cost is {_text(cost)}."
        )
    cost = np.sum((a - y) ** 2) / 2
    return f"{named[key]} is to be {numbers_of(named, true, 'y')}: the cost is {_text(cost)}."


def _text(cost):
    return number(float(cost), 4) if np.isfinite(cost) else "no number"


def _update(description, values, true):
    numbers = range(1, len(description.layers) + 1)
    rate = number(description.rate)
    said = f"Each weight and bias takes one step against its gradient, with rate {rate}"
    wanted = [f"newW{k}" for k in numbers]
    wanted += [f"newb{k}" for k in numbers if description.layers[k - 1].b]
    if any(key not in values for key in wanted):
        return f"{said}."
    W = [values[f"newW{k}"] for k in numbers]
    b = [values.get(f"newb{k}", bias) for k, bias in zip(numbers, description.biases, strict=True)]
    if not all(np.isfinite(array).all() for array in (*W, *b)):
        return f"{said}."
    before, after = float(true["cost"][0]), cost_of(description, W, b)
    verb = "falls" if after < before else "rises" if after > before else "stays"
    if verb == "stays":
        return f"{said}: the cost stays at {_text(before)}."
    return f"{said}: the cost {verb} from {_text(before)} to {_text(after)}."


def differences(description, step, marks):
    """Return sentences on where numbers of a step begin to differ, and what follows, or ""."""
    named = names(description)
    begun = [key for key in step.keys if key in marks and (marks[key] == WRONG).any()]
    said = []
    for key in begun:
        off, size = int((marks[key] == WRONG).sum()), marks[key].size
        count = "" if off == size else f" in {off} of {size} numbers"
        said.append(f"Your {named[key]} differs from the true one{count}.")
    follow = {}
    for key, mark in marks.items():
        roots = tuple(causes(description, marks, key)) if key not in begun and mark.any() else ()
        if set(roots) & set(begun) or (roots and key in step.keys):
            follow.setdefault(roots, []).append(named[key])
    for roots, later in follow.items():
        verb = "follows" if len(later) == 1 else "follow"
        root = "it" if list(roots) == begun and len(begun) == 1 else listed(map(named.get, roots))
        said.append(f"{_few(later)} {verb} from {root}.")
    return " ".join(said)


def _few(texts):
    """Return names as a sentence joins them; of very many the first few, with the count."""
    if len(texts) <= MOST_NAMED:
        return listed(texts)
    return listed([*texts[:4], f"{len(texts) - 4} more"])
