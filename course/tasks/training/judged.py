"""Unit 09: judging trained parameters, by the course's own forward pass, and where they began."""

from itertools import pairwise

import numpy as np

from course.stack import form
from course.tasks.training.truth import accuracy, layer_sums, loss

ENOUGH = 0.95
SHARES = ((ENOUGH, 1.0), (0.90, 0.75), (0.80, 0.5), (0.50, 0.25))
"""(accuracy on unseen digits, share of the points), the best first."""

LOW = 0.01
LOSS_SHARES = ((LOW, 1.0), (0.1, 0.5))
"""(loss on the examples, share of the points)."""

FADING = 1 / 50
"""How far the spread of z may fall from the first layer to the last before training."""


def some_start(sizes, rng, **others):
    """Return parameters to start from: weights with He's variance 2/n_in, zero biases.

    Any others that are spread alike are as right; these show the shapes and the spread.
    """
    start = {}
    for layer, (below, above) in enumerate(pairwise(sizes), start=1):
        start[f"w{layer}"] = rng.normal(scale=np.sqrt(2 / below), size=(below, above))
        start[f"b{layer}"] = np.zeros(above)
    return start


def start_amiss(evidence, part, trial):
    """Say what is wrong with the parameters that a training starts from; "" if nothing."""
    got, _ = evidence.values(part, trial)
    if not np.all(np.isfinite(got)):
        return "Not all of them are finite numbers"
    start = got.apart()
    return (
        _alike(start)
        or _spread_amiss(evidence, part, trial)
        or _not_from_rng(evidence, part, trial, got)
    )


def _alike(start):
    for name, w in start.items():
        if w.ndim == 2 and any(
            len({unit.tobytes() for unit in units}) < len(units) for units in (w, w.T)
        ):
            return f"{name} has units with the same weights, which nothing will tell apart"
    return ""


def _spread_amiss(evidence, part, trial):
    """Say how the scores explode, or the layers fade, before training; "" if they do not."""
    got, true = evidence.values(part, trial)
    if got is None or form(got) != form(true) or not np.all(np.isfinite(got)):
        return ""
    start, (X, y) = got.apart(), trial.case.unseen
    before, expected = loss(X, y, start), np.log(trial.case.arguments["sizes"][-1])
    # finite parameters may come to nan, of which no comparison holds
    if not before <= 2 * expected:
        return f"The loss before training is {before:.3g}; expected about log 10 = {expected:.4f}"
    spreads = [np.std(z) for z in layer_sums(X, start)]
    if not spreads[-1] >= FADING * spreads[0]:
        return (
            f"Before training, z spreads {spreads[0]:.2g} in the first layer and "
            f"{spreads[-1]:.2g} in the last: the signal fades from layer to layer"
        )
    return ""


def _not_from_rng(evidence, part, trial, got):
    again = evidence.second_call(part)
    if trial is evidence.trials[0] and again and not np.array_equal(*again):
        return (
            "Two calls with the rng in the same state gave different starts: "
            "draw every number from rng"
        )
    first = got.apart()["w1"]
    for other in evidence.trials:
        came, _ = evidence.values(part, other)
        if other is trial or came is None:
            continue
        if np.array_equal(came.apart().get("w1"), first):
            return "Two different rngs gave the same start: draw every number from rng"
    return ""


def spread_off_at_the_start(evidence, part):
    """Whether the start's spread was off in every trial in which the part is wrong."""
    start, wrong = evidence.task.parts[0], evidence.wrong(part)
    return bool(wrong) and all(_spread_amiss(evidence, start, trial) for trial in wrong)


def units_alike_at_the_start(evidence, part):
    """Whether the start had units alike in every trial in which the part is wrong."""
    start, wrong = evidence.task.parts[0], evidence.wrong(part)
    came = [evidence.values(start, trial) for trial in wrong]
    return bool(wrong) and all(
        got is not None
        and form(got) == form(true)
        and np.all(np.isfinite(got))
        and _alike(got.apart())
        for got, true in came
    )


def accuracy_amiss(evidence, part, trial):
    """Say that too few of the digits held out are right; "" where enough are."""
    got, _ = evidence.values(part, trial)
    if not np.all(np.isfinite(got)):
        return "Not all of them are finite numbers"
    parameters = got.apart()
    unseen = accuracy(*trial.case.unseen, parameters)
    if unseen >= ENOUGH:
        return ""
    seen = accuracy(trial.case.arguments["X"], trial.case.arguments["y"], parameters)
    return (
        f"Of the digits held out {unseen:.3f} are right, and {seen:.3f} of those learned from; "
        f"all points come from {ENOUGH} on, and a part of them from 0.9, 0.8 and 0.5"
    )


def share_of_accuracy(evidence, part):
    """Return the share of the points that the lowest accuracy of all trials earns."""
    return _share(evidence, part, lambda p, case: accuracy(*case.unseen, p), SHARES, 1)


def loss_amiss(evidence, part, trial):
    """Say that the loss on the examples learned from is not low enough; "" where it is."""
    got, _ = evidence.values(part, trial)
    if not np.all(np.isfinite(got)):
        return "Not all of them are finite numbers"
    left = _loss_left(got.apart(), trial.case)
    if left < LOW:
        return ""
    return f"The loss on the examples is {left:.3g}; expected less than {LOW}"


def _loss_left(parameters, case):
    return loss(case.arguments["X"], case.arguments["y"], parameters)


def share_of_loss(evidence, part):
    """Return the share of the points that the highest loss of all trials earns."""
    return _share(evidence, part, _loss_left, LOSS_SHARES, -1)


def _share(evidence, part, measure, shares, sign):
    """Return the share that the worst measure earns; sign 1 where more is better, else −1."""
    values = []
    for trial in evidence.trials:
        got, true = evidence.values(part, trial)
        if got is None or form(got) != form(true) or not np.all(np.isfinite(got)):
            return 0.0
        values.append(sign * measure(got.apart(), trial.case))
    # NumPy's, to which one nan is the worst of all
    worst = np.min(values)
    return next((share for bound, share in shares if worst >= sign * bound), 0.0)
