"""Mistakes with arrays: shapes, dtypes, and who owns the memory."""

import numpy as np

from course.mistakes.mistake import Mistake
from course.mistakes.network import Network
from course.mistakes.refusals import shapes_that_met


def _transposed(quantities):
    if isinstance(quantities, Network):
        yield quantities.then(lambda dW, db: ({k: v.T for k, v in dW.items()}, db))


def _entries_paired(quantities):
    if not isinstance(quantities, Network):
        return
    errors = quantities.errors()
    alone = len(quantities.y) == 1

    def paired(dW, db):
        if alone:
            return {k: _broadcast(errors[k][0], quantities.inputs[k][0], dW[k]) for k in dW}, db
        # a batch in rows stays one: the pairs stand as (m, n), upright here
        share, inputs = quantities.share, quantities.inputs
        return {k: _broadcast(share * errors[k].T, inputs[k].T, dW[k]) for k in dW}, db

    yield quantities.then(paired)


def _broadcast(one, other, otherwise):
    try:
        return one * other
    except ValueError:  # there the mistake raises, and its values are not looked at
        return otherwise


def _pairing_raises(quantities, text):
    met = shapes_that_met(text)
    if not met or not isinstance(quantities, Network):
        return False
    shapes = {*met}
    wires = quantities.W
    outer = [{(wires[k].shape[0],), (wires[k].shape[1],)} for k in wires]
    both_ways = [(wires[k].shape[::way], wires[k].shape) for k in wires for way in (1, -1)]
    product = [{way, (size,)} for way, sizes in both_ways for size in sizes]
    if (m := len(quantities.y)) > 1 or quantities.rows:
        outer += [{(m, size) for size in wires[k].shape} for k in wires]
        product += [{way, (m, size)} for way, sizes in both_ways for size in sizes]
    return shapes in outer or shapes in product


def _shifted_in_place(quantities):
    """The logits, edited in place for the softmax after they were to be handed back."""
    if isinstance(quantities, Network):
        z = quantities.z[quantities.last]
        yield quantities.but(z={**quantities.z, quantities.last: z - z.max(axis=1, keepdims=True)})


def _one_number_a_row(quantities):
    """A softmax of square batches whose maxima or sums, (m,), met the columns, not the rows."""
    if not isinstance(quantities, Network) or quantities.output != "softmax":
        return
    m, classes = quantities.y.shape
    if m != classes or m < 2 or not quantities.z:
        return
    z = quantities.z[quantities.last]
    for keeps_max, keeps_sum in ((False, False), (False, True), (True, False)):
        shifted = z - z.max(axis=1, keepdims=keeps_max)
        log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=keeps_sum))
        p = np.exp(log_p)
        yield quantities.but(
            a={**quantities.a, quantities.last: p},
            error=p - quantities.y,
            cost=-quantities.share * np.sum(quantities.y * log_p),
        )


def _rows_meet_columns(quantities, text):
    """Whether one number an example, (m,), met the batch's (m, classes)."""
    met = shapes_that_met(text)
    if not met or not isinstance(quantities, Network) or len(quantities.y) < 2:
        return False
    m, classes = quantities.y.shape
    shapes = {*met}
    return shapes == {(m, classes), (m,)}


def _spread_to_a_matrix(evidence, part):
    if any(trial.raised for trial in evidence.trials):
        return False
    if part.many:
        spread = [pair for pair in _layer_by_layer(evidence, part) if pair[0] != pair[1]]
        if any(len(wanted) != 1 for _, wanted in spread):
            return False
    elif len(part.axes) != 1:
        return False
    else:
        spread = [(got, wanted) for got, wanted in evidence.shapes(part) if got != wanted]
    return bool(spread) and all(
        len(got) == 2 and set(got) <= {1, *wanted} for got, wanted in spread
    )


def _layer_by_layer(evidence, part):
    """Return (shape got, shape wanted) of each array of lists or dictionaries of equal length."""
    return [
        (got, wanted)
        for came, true in evidence.shapes(part)
        if len(came) == len(true)
        for (_, got), (_, wanted) in zip(came, true, strict=True)
    ]


def _no_room_for_floats(quantities, text):
    return "Cannot cast ufunc" in text


def _only_with_integers(evidence, part):
    return evidence.wrong_just_where(part, lambda trial: "integers" in trial.case.traits)


MISTAKES = (
    Mistake(
        "transposed-gradient",
        "A gradient has the shape of what it belongs to.",
        "Look at the order of the two factors of the outer product.",
        _transposed,
    ),
    Mistake(
        "elementwise-for-product",
        "Do you pair entries, or sum over them?",
        "Look at each * in the formula: a matrix product and an outer product are not pairings.",
        _entries_paired,
        raises=_pairing_raises,
    ),
    Mistake(
        "column-broadcast",
        "Print both shapes.",
        "Look for a (n,) that meets a (n, 1): together they make an (n, n).",
        _one_number_a_row,
        raises=_rows_meet_columns,
        seen=_spread_to_a_matrix,
    ),
    Mistake(
        "integer-arithmetic",
        "Which dtype are you computing in?",
        "Look at where a new array takes its dtype from: zeros_like an integer array is integer.",
        raises=_no_room_for_floats,
        seen=_only_with_integers,
        spoils=lambda evidence, part, trial: "integers" in trial.case.traits,
        gives_zeros=True,
    ),
    Mistake(
        "inputs-mutated",
        "Make a new array; in-place edits reach the caller.",
        "Look for -=, +=, *= and out= on something that was passed in.",
        # in place, integer arrays cannot take the new values, and NumPy says so
        raises=_no_room_for_floats,
        habit=lambda evidence, part: any(trial.changed for trial in evidence.trials),
        stops_with="integers",
    ),
    Mistake(
        "aliased-cache",
        "Copy before you edit.",
        "Look for an array that is edited or replaced between being computed and being returned.",
        _shifted_in_place,
        habit=lambda evidence, part: evidence.changed_later(part),
    ),
)
