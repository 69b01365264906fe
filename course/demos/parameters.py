"""The parameters of a network, and one of their entries by name."""

import difflib

import numpy as np


def copied(parameters):
    """Return the parameters as new float64 arrays in a new dict, in the order given.

    Raises ValueError where it is no dict of name -> array of finite numbers.
    """
    if not isinstance(parameters, dict):
        raise ValueError(
            f"Got parameters={parameters!r:.80}, but parameters must be a dict of name -> array; "
            'write {"W1": W1, "b1": b1, "W2": W2, "b2": b2}.'
        )
    if not parameters:
        raise ValueError(
            "Got parameters={}, but there must be a weight to update; "
            'write {"W1": W1, "b1": b1, "W2": W2, "b2": b2}.'
        )
    return {_name(name): _array(name, array) for name, array in parameters.items()}


def _name(name):
    if not isinstance(name, str) or not name:
        raise ValueError(
            f"Got a parameter named {name!r}, but the keys of parameters must be names; "
            'use a text such as "W1".'
        )
    return name


def _array(name, array):
    try:
        array = np.array(array, dtype=np.float64)
    except (TypeError, ValueError):
        array = None
    if array is None or array.size == 0 or not np.isfinite(array).all():
        raise ValueError(
            f"Got a parameter {name} that is not an array of finite numbers; pass the array "
            f"itself, as in {{{name!r}: {name}}}, and look for nan in it."
        )
    return array


def entries(parameters):
    """Return where each weight is: {"W2[0, 1]": ("W2", (0, 1)), …}, counted from zero."""
    return {
        f"{name}[{', '.join(map(str, index))}]" if index else name: (name, index)
        for name, array in parameters.items()
        for index in np.ndindex(array.shape)
    }


def found(weight, known):
    """Return the name among `known` that `weight` means, spaces aside.

    Raises ValueError naming the nearest where there is none.
    """
    spelled = {name.replace(" ", ""): name for name in known}
    wanted = str(weight).replace(" ", "")
    if wanted in spelled:
        return spelled[wanted]
    near = difflib.get_close_matches(wanted, spelled, n=1, cutoff=0)
    names = list(known)
    raise ValueError(
        f"Got weight={weight!r}, but weight must name one entry, counted from zero, from "
        f"{names[0]} to {names[-1]}; did you mean {spelled[near[0]]!r}?"
    )


def moved(parameters, entry, value):
    """Return fresh copies of the arrays, in order, with that one entry set to the value."""
    return placed(parameters, [entry], [value])


def placed(parameters, chosen, values):
    """Return fresh copies of the arrays, in order, with the chosen entries set to the values."""
    arrays = {key: array.copy() for key, array in parameters.items()}
    for (name, index), value in zip(chosen, values, strict=True):
        arrays[name][index] = value
    return list(arrays.values())
