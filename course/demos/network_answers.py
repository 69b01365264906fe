"""What a student's functions say about a network: each quantity by its place in the network.

A quantity has a key: "a0" is the input, "z1", "a1", "delta1", "dW1", "db1", "newW1", "newb1"
belong to layer 1, and so on, whatever the notebook calls them.
"""

from dataclasses import dataclass, field

import numpy as np

from course.arguments import fresh
from course.demos.asking import failed, kind, numbers
from course.running import run

LATER = {
    "forward": "The values will appear once this is mended and the cell is run again.",
    "backward": "The deltas will appear once this is mended and the cell is run again.",
    "update": "The new weights will appear once this is mended and the cell is run again.",
}


@dataclass
class Answers:
    """What came: values, key -> array (weights and their gradients as (n_l, n_{l-1})).

    narrow : whether something came in float32 or narrower.
    trouble : role ("forward", "backward", "update") -> a sentence on what came instead.
    inferred : the numbers of the layers whose delta is read off db (or dW), not returned.
    """

    values: dict = field(default_factory=dict)
    narrow: bool = False
    trouble: dict = field(default_factory=dict)
    inferred: set = field(default_factory=set)


def keys(description):
    """Return the names that each function may give, as role -> {name: key}."""
    forward, backward, update = {description.input: ""}, {}, {}
    for number, layer in enumerate(description.layers, start=1):
        forward |= {layer.z: f"z{number}", layer.a: f"a{number}"}
        backward |= {f"d{layer.W}": f"dW{number}", layer.delta: f"delta{number}"}
        update[layer.W] = f"newW{number}"
        if layer.b:
            backward[f"d{layer.b}"] = f"db{number}"
            update[layer.b] = f"newb{number}"
    return {"forward": forward, "backward": backward, "update": update}


def ask(description, functions):
    """Return the Answers of the functions, role -> function or None, whatever they do."""
    answers = Answers()
    for role, function in functions.items():
        if function is None:
            continue
        names = keys(description)[role]
        parts, said = _call(description, role, function)
        troubles = [said] if said else []
        for name, part in parts:
            if not names.get(name):
                continue
            value, said = _fitted(description, names[name], name, part)
            if value is None:
                troubles.append(said)
                continue
            answers.values[names[name]] = value
            dtype = np.asarray(part).dtype
            answers.narrow |= dtype.kind == "f" and dtype.itemsize < 8
        if troubles:
            more = f" ({len(troubles) - 1} more like it.)" if len(troubles) > 1 else ""
            answers.trouble[role] = f"{troubles[0]}{more} {LATER[role]}"
    return answers


def parted(key):
    """Return a key's name and the number of its layer: ("delta", 12)."""
    name = key.rstrip("0123456789")
    return name, int(key.removeprefix(name))


def function_name(function, role):
    """Return what a sentence calls a function: its own name where it has one."""
    name = getattr(function, "__name__", "")
    return name if name.isidentifier() else role


def _call(description, role, function):
    """Return [(name, part)] of what the call gives, and a sentence where it gives nothing."""

    def taken(nest):
        if isinstance(nest, str):
            return fresh(description.arguments[nest])
        return [taken(part) for part in nest]

    call, who = getattr(description, role), f"Your {function_name(function, role)}"
    outcome = run(function, *(taken(part) for part in call.takes))
    if outcome.error is not None:
        return [], f"{who} {failed(outcome.error)}"
    if outcome.value is None:
        return [], f"{who} returned None: is its return missing?"
    parts = _unpacked(call.gives, outcome.value)
    if parts is None:
        shown = _spelled(call.gives)
        return [], f"{who} returned {_described(outcome.value)}; it must return {shown}."
    return parts, ""


def _unpacked(nest, answer):
    """Return [(name, part)] of an answer shaped like the nest; None where it is not."""
    if isinstance(nest, str):
        return [(nest, answer)]
    if not isinstance(answer, tuple | list) or len(answer) != len(nest):
        return None
    found = [_unpacked(inner, part) for inner, part in zip(nest, answer, strict=True)]
    return None if None in found else [pair for pairs in found for pair in pairs]


def _spelled(nest):
    if isinstance(nest, str):
        return nest
    return f"({', '.join(map(_spelled, nest))}{',' if len(nest) == 1 else ''})"


def _described(answer):
    if isinstance(answer, tuple | list):
        return f"{len(answer)} parts" if len(answer) != 1 else "1 part"
    return kind(answer)


def _fitted(description, key, name, part):
    """Return a part as float64 in the shape of its key, or None and what is wrong with it."""
    if part is None:
        return None, f"Your {name} is None."
    value = numbers(part)
    if value is None:
        return None, f"Your {name} is {kind(part)}; it must be an array of numbers."
    number = parted(key)[1]
    layer, units = description.layers[number - 1], description.sizes[number]
    matrix = "W" in key
    like = layer.W if matrix else (layer.b if "b" in key else None)
    wanted = description.arguments[like].shape if like else (units,)
    if value.shape != wanted and not (units == 1 and value.shape == () and not matrix):
        rule = f"{like} has shape {wanted}" if like else f"it must have shape {wanted}"
        return None, f"Your {name} has shape {value.shape}; {rule}."
    value = value.astype(np.float64)
    return (description.upright(value) if matrix else np.atleast_1d(value)), ""
