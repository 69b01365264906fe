"""The numbers of a network that is to be drawn, checked for fitting together."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

MOST_UNITS = 10


@dataclass(frozen=True)
class NetworkNumbers:
    """What the picture of a network of L layers shows; absent parts are None.

    values : L + 1 arrays (n_l,). weights, gradients : L arrays (n_l, n_{l-1}).
    biases, deltas : L arrays (n_l,). names : L + 1 lists of n_l strings.
    title : a string. captions : L + 1 strings. gaps : L strings.
    """

    values: list
    weights: list
    biases: list | None
    names: list
    deltas: list | None
    gradients: list | None
    title: str | None
    captions: list | None
    gaps: list

    @property
    def backward(self):
        """Whether the picture is that of a backward pass."""
        return self.deltas is not None or self.gradients is not None

    @classmethod
    def checked(cls, values, weights, biases, names, deltas, gradients, title, captions, gaps):
        """Return the numbers as float arrays; raise ValueError where they do not fit."""
        values = [_array(value, f"values[{k}]") for k, value in enumerate(values)]
        sizes = [_units(value, f"values[{k}]") for k, value in enumerate(values)]
        if len(sizes) < 2:
            raise ValueError(
                f"Got {len(sizes)} layers of values, but a network has an input and at least "
                "one layer above it; pass the input as values[0]."
            )
        matrices = [(above, below) for below, above in pairwise(sizes)]
        vectors = [(above,) for above in sizes[1:]]
        return cls(
            values=values,
            weights=_fitted(() if weights is None else weights, "weights", matrices, sizes),
            biases=_fitted(biases, "biases", vectors, sizes),
            names=_names(names, sizes),
            deltas=_fitted(deltas, "deltas", vectors, sizes),
            gradients=_fitted(gradients, "gradients", matrices, sizes),
            title=title,
            captions=_captions(captions, sizes),
            gaps=_gaps(gaps, sizes),
        )


def _array(thing, name):
    try:
        return np.asarray(thing, dtype=float)
    except (TypeError, ValueError) as error:
        raise ValueError(
            f"Got {name}={thing!r}, but every entry must be a real number and every row as long "
            "as the others; pass an array of numbers."
        ) from error


def _units(value, name):
    if value.ndim != 1 or not 1 <= value.size <= MOST_UNITS:
        raise ValueError(
            f"Got {name} of shape {value.shape}, but a layer is a 1-D array of 1 to {MOST_UNITS} "
            "units, so that its numbers can be read; pass one example as (n,), not (n, 1) or a "
            "batch, and draw a large network with fewer units."
        )
    return value.size


def _fitted(arrays, name, shapes, sizes):
    """Return one array a layer, of the wanted shapes; None stays None."""
    if arrays is None:
        return None
    arrays = [_array(array, f"{name}[{k}]") for k, array in enumerate(arrays)]
    if len(arrays) != len(shapes):
        raise ValueError(
            f"Got {len(arrays)} {name} for {len(sizes)} layers of values, but each layer above "
            f"the input has its own; pass {len(shapes)}, from layer 1 to layer {len(shapes)}."
        )
    for k, (array, wanted) in enumerate(zip(arrays, shapes, strict=True)):
        if array.shape != wanted:
            raise ValueError(
                f"Got {name}[{k}] of shape {array.shape} between values of shapes "
                f"({sizes[k]},) and ({sizes[k + 1]},), but there it must have shape {wanted}"
                f"{_shape_rule(array.shape, wanted)}"
            )
    return arrays


def _shape_rule(shape, wanted):
    if len(wanted) == 1:
        return ", one entry for each unit of the upper layer; pass a 1-D array of that length."
    rule = ", since z = W @ a + b: a row for each unit above, a column for each unit below"
    way_out = "transpose it" if shape == wanted[::-1] else "pass one matrix a layer, input first"
    return f"{rule}; {way_out}."


def _names(names, sizes):
    if names is None:
        symbols = ["x", *(f"a{layer}" for layer in range(1, len(sizes)))]
        return [
            [f"${symbol}_{{{unit}}}$" for unit in range(1, size + 1)]
            for symbol, size in zip(symbols, sizes, strict=True)
        ]
    names = [list(layer) for layer in names]
    if [len(layer) for layer in names] != sizes:
        raise ValueError(
            f"Got {[len(layer) for layer in names]} names in the layers for {sizes} units, but "
            "each unit has one name; pass a list of names for each layer, input first."
        )
    return names


def _captions(captions, sizes):
    if captions is None:
        return None
    captions = list(captions)
    if len(captions) != len(sizes):
        raise ValueError(
            f"Got {len(captions)} captions for {len(sizes)} layers, but each layer has one; "
            "pass one line for each, input first, and an empty one where nothing is to be said."
        )
    return captions


def _gaps(gaps, sizes):
    gaps = [""] * (len(sizes) - 1) if gaps is None else list(gaps)
    if len(gaps) != len(sizes) - 1:
        raise ValueError(
            f"Got {len(gaps)} gaps for {len(sizes)} layers, but each layer above the input has "
            "one; pass an empty text for each where no layer is left out."
        )
    return gaps
