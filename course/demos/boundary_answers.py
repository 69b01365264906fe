"""Asking a student's predict, step and loss, and saying plainly what came instead.

What their code raises, prints or returns gets no further than this file; all of it gets copies.
"""

import time
from dataclasses import dataclass

import numpy as np

from course.arguments import fresh
from course.demos.asking import failed, kind, numbers
from course.running import run

SECONDS = 0.04
"""How long the steps of one picture may take together, so that the kernel stays free."""


def _asked(function, arguments, who):
    outcome = run(function, *fresh(arguments))
    if outcome.error is not None:
        return None, f"{who} {failed(outcome.error)}"
    if outcome.value is None:
        return None, f"{who} returned None: is its return missing?"
    return outcome.value, ""


def scores_at(predict, X, parameters, classes):
    """Return (scores, ""), scores (m, classes) float64, or (None, sentence)."""
    answer, said = _asked(predict, [X, parameters], "Your predict")
    if said:
        return None, said
    scores, wanted = numbers(answer), (len(X), classes)
    if scores is None:
        said = f"Your predict returned {kind(answer)}; it must return an array of shape (m, K)."
    elif scores.shape != wanted:
        said = (
            f"Your predict returned an array of shape {scores.shape} for {len(X)} points; it "
            f"must return one of shape {wanted}, a column for each class."
        )
    elif not np.isfinite(scores).all():
        first = tuple(np.argwhere(~np.isfinite(scores))[0])
        said = f"Your predict returned {scores[first]} for class {first[1]} at a point."
    else:
        return scores.astype(np.float64), ""
    return None, said


def are_probabilities(scores):
    """Return whether each row is not negative and sums to 1, as what a softmax gives does."""
    return bool((scores >= -1e-9).all() and np.allclose(scores.sum(axis=1), 1, atol=1e-5))


def probabilities(scores):
    """Return probabilities as they are, and the softmax of the rows of any other scores."""
    if are_probabilities(scores):
        return scores
    # the largest, 0 after this, keeps every exponential finite
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def loss_at(loss, X, y, parameters):
    """Return (loss, "") as a float, or (None, sentence)."""
    answer, said = _asked(loss, [X, y, parameters], "Your loss")
    if said:
        return None, said
    value = numbers(answer)
    if value is None:
        return None, f"Your loss returned {kind(answer)}; it must return one number."
    if value.size != 1:
        return None, f"Your loss has shape {value.shape}; it must be one number."
    if not np.isfinite(value).all():
        return None, f"Your loss is {value.item()}."
    return float(value.item()), ""


@dataclass
class Walk:
    """Some steps of training: where they began, where the first and the last one led.

    before, first, last : parameters; first is before where no step was taken.
    taken : how many. trouble : what stopped them, or "".
    """

    before: dict
    first: dict
    last: dict
    taken: int = 0
    trouble: str = ""

    @property
    def unmoved(self):
        """The names of the arrays that are as they were."""
        return [n for n in self.before if np.array_equal(self.before[n], self.last[n])]


def walk(step, X, y, parameters, rate, steps, seconds=SECONDS):
    """Return the Walk of so many of the student's steps, or fewer where the time is up.

    At least one is taken; the last parameters are those after the last step that went well.
    """
    done = Walk(parameters, parameters, parameters)

    def take():
        end = time.perf_counter() + seconds
        while done.taken < steps:
            answer = step(*fresh([X, y, done.last, rate]))
            new, done.trouble = _parameters(answer, done.last)
            if done.trouble:
                return
            done.last = new
            done.taken += 1
            if done.taken == 1:
                done.first = new
            if time.perf_counter() >= end:
                return

    error = run(take).error
    if error is not None:
        done.trouble = f"Your step {failed(error)}"
    return done


def _parameters(answer, like):
    """Return new float64 parameters with the names and shapes of `like`, or None and why not."""
    expected = f"the parameters, a dictionary with {', '.join(like)}"
    if answer is None:
        return None, "Your step returned None: is its return missing?"
    if not isinstance(answer, dict):
        return None, f"Your step returned {kind(answer)}; it must return {expected}."
    new = {}
    for name, old in like.items():
        if name not in answer:
            return None, f"Your step returned no {name}; it must return {expected}."
        array = numbers(answer[name])
        if array is None:
            return None, f"Your step made {name} {kind(answer[name])}; it must be an array."
        if array.shape != old.shape:
            return None, f"Your step made {name} of shape {array.shape}; it has shape {old.shape}."
        if not np.isfinite(array).all():
            first = tuple(np.argwhere(~np.isfinite(array))[0])
            where = f"[{', '.join(map(str, first))}]" if first else ""
            return None, f"Your step made {name}{where} {array[first]}: is the rate too large?"
        new[name] = array.astype(np.float64)
    return new, ""


def goes_uphill(loss, X, y, before, after):
    """Return whether the loss rises from the very beginning of the way between parameters.

    A step against the gradient begins downhill, however long it is; a central difference of the
    loss, 1/1000 of the way to each side, tells. False where the loss gives no number there.
    """
    ends = [
        {name: before[name] + share * (after[name] - before[name]) for name in before}
        for share in (-1e-3, 1e-3)
    ]
    (behind, _), (ahead, _) = (loss_at(loss, X, y, end) for end in ends)
    return behind is not None and ahead is not None and ahead > behind
