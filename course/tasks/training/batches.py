"""Unit 09: saying what is wrong with a student's minibatches."""

import numpy as np

from course.stack import form


def in_turn(X, y, size, rng):
    """Return the batches as exhausted() does, in the order in which the examples lie."""
    cuts = range(size, len(y), size)
    return np.split(X, cuts), np.split(y, cuts)


def X_amiss(evidence, part, trial):  # noqa: N802
    """Say what is wrong with the examples of batches that have the right shapes; "" if nothing."""
    got, _ = evidence.values(part, trial)
    X = trial.case.arguments["X"]
    rows = _rows_found(np.concatenate(got.apart()), X)
    if None in rows:
        return "A row came that is none of the examples"
    if len(set(rows)) < len(rows):
        twice = next(row for row in rows if rows.count(row) > 1)
        never = next(row for row in range(len(X)) if row not in rows)
        return (
            f"Example {twice} came {rows.count(twice)} times and example {never} never; "
            "expected each once"
        )
    return _unshuffled(rows, got, len(X)) or _not_from_rng(evidence, part, trial, got)


def _rows_found(rows, X):
    """Return the number of each row among the examples, or None where it is none of them."""
    numbers = {row.tobytes(): number for number, row in enumerate(X)}
    return [numbers.get(row.astype(X.dtype).tobytes()) for row in rows]


def _unshuffled(rows, got, m):
    steps = np.diff(rows)
    if m > 12 and np.all(steps == 1):
        return "The examples came in the order in which they lie; expected them shuffled"
    starts = np.cumsum([len(batch) for batch in got.apart()])[:-1] - 1
    inside = np.delete(steps, starts)
    if len(inside) > 8 and np.all(np.abs(inside) == 1):
        return "Each batch holds neighbours; expected the examples shuffled, not the batches"
    return ""


def _not_from_rng(evidence, part, trial, got):
    again = evidence.second_call(part)
    if trial is evidence.trials[0] and again and not np.array_equal(*again):
        return (
            "Two calls with the rng in the same state gave different batches: shuffle with rng, "
            "and with nothing else"
        )
    own = _rows_found(np.concatenate(got.apart()), trial.case.arguments["X"])
    for other in evidence.trials:
        came, _ = evidence.values(part, other)
        if other is trial or len(own) < 12 or came is None or form(came) != form(got):
            continue
        if own == _rows_found(np.concatenate(came.apart()), other.case.arguments["X"]):
            return "Two different rngs gave the same order: shuffle with the rng that is passed in"
    return ""


def y_amiss(evidence, part, trial):
    """Say what is wrong with the labels of batches that have the right shapes; "" if nothing."""
    got, _ = evidence.values(part, trial)
    labels = got.apart()
    if any(label.dtype.kind == "f" for label in labels):
        return "The labels came as floats; they number the classes, so they must stay integers"
    with_them, _ = evidence.values(evidence.task.parts[0], trial)
    X, y = trial.case.arguments["X"], trial.case.arguments["y"]
    if with_them is None or len(with_them.apart()) != len(labels):
        return "The labels cannot be looked at without the examples that they belong to"
    for number, (rows, label) in enumerate(zip(with_them.apart(), labels, strict=True)):
        if rows.ndim != 2 or len(rows) != len(label):
            return f"Batch {number} has {len(rows)} examples and {len(label)} labels"
        for k, row in enumerate(_rows_found(rows, X)):
            if row is not None and y[row] != label[k]:
                return (
                    f"Row {k} of batch {number} is example {row}, whose label is {y[row]}, but it "
                    f"came with the label {label[k]}: one order for X and y together"
                )
    return ""


def last_is_short(trial):
    """Whether the case's last batch is shorter than the others."""
    return bool(len(trial.case.arguments["y"]) % trial.case.arguments["size"])
