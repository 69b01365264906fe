"""Mistakes of floating point: overflow, cancellation, and derivatives from differences."""

import numpy as np

from course.mistakes.mistake import Mistake
from course.stack import form


def _lost_at_large_logits(evidence, part):
    """Whether e^z overflowed: inf or nan in all extreme cases, and in no everyday one."""
    extreme = [trial for trial in evidence.trials if "extreme" in trial.case.traits]
    wrong = evidence.wrong(part)
    return (
        bool(extreme)
        and all(trial in wrong for trial in extreme)
        and all(
            trial.case.traits & {"extreme", "rows differ"} and not evidence.finite(part, trial)
            for trial in wrong
        )
    )


def _lost_where_p_underflows(evidence, part):
    # somebody's epsilon inside the logarithm keeps the value finite, and as wrong
    apart = any("apart" in trial.case.traits for trial in evidence.trials)
    trait = "apart" if apart else "extreme"
    return evidence.wrong_just_where(part, lambda trial: trait in trial.case.traits)


def _lost_where_rows_differ(evidence, part):
    return evidence.wrong_just_where(part, lambda trial: "rows differ" in trial.case.traits)


def _not_finite_with(*traits):
    """Make a question: did inf or nan come in a trial with one of these traits?"""

    def spoiled(evidence, part, trial):
        return bool(trial.case.traits & {*traits}) and not evidence.finite(part, trial)

    return spoiled


def _overflowed(evidence, part):
    return any("overflow" in warning for trial in evidence.trials for warning in trial.warned)


def _falls_like_h(evidence, part):
    """Whether the error is ½ h times the curvature, with the same h in every entry and case."""
    # a small step is lost in float32, and the error says nothing; a vast case has a curvature
    # for each of its parameters, which takes too long
    trials = [t for t in evidence.trials if not t.case.traits & {"narrow", "vast"}]
    errors, curvatures = [], []
    for trial in trials:
        got, true = evidence.values(part, trial)
        if got is None or form(got) != form(true) or not np.all(np.isfinite(got)):
            return False
        if np.abs(got - true).max() > 1e-2 * max(1.0, np.abs(true).max()):
            return False
        errors.extend(np.ravel(got - true))
    for trial in trials:
        curvature = evidence.curvature(part, trial)
        if curvature is None:
            return False
        curvatures.extend(np.ravel(curvature))
    errors, curvatures = np.array(errors), np.array(curvatures)
    # where the curvature is small, rounding hides the error that is looked for
    large = np.abs(curvatures) > min(0.03, np.abs(curvatures).max(initial=0) / 2)
    steps = 2 * errors[large] / curvatures[large]
    middle = np.median(steps) if steps.size else 0
    # a few entries of a large cost are lost to rounding, or feel the third derivative
    alike = np.abs(steps - middle) < 0.05 * np.abs(middle)
    return bool(middle != 0 and np.mean(alike) >= 0.85)


def _drowned_in_rounding(evidence, part):
    """Whether small errors of both signs, unlike from entry to entry, spoil right values."""
    relative = []
    for trial in evidence.trials:
        got, true = evidence.values(part, trial)
        if got is None or form(got) != form(true) or not np.all(np.isfinite(got)):
            return False
        scale = np.abs(true).max(initial=0)
        if scale:
            relative.append(np.ravel((got - true) / scale))
    relative = np.concatenate(relative) if relative else np.zeros(0)
    # what any right step loses says nothing
    relative = relative[np.abs(relative) > 1e-9]
    return bool(
        relative.size > 3
        and 1e-8 < np.abs(relative).max() < 0.3
        and 0.15 < np.mean(relative > 0) < 0.85
    )


def _late_only_where_vast(evidence, part):
    """Whether only the call with very many parameters did not come back in time."""
    return evidence.wrong_just_where(part, lambda trial: "vast" in trial.case.traits) and all(
        _time_up(None, trial.raised) for trial in evidence.wrong(part)
    )


def _time_up(quantities, text):
    return text.startswith("TimeUp")


MISTAKES = (
    Mistake(
        "no-max-shift",
        "Subtract each example's largest logit.",
        "Look at the exponent in the softmax: how large can it become?",
        seen=_lost_at_large_logits,
        spoils=_not_finite_with("extreme", "rows differ"),
    ),
    Mistake(
        "global-max-shift",
        "The largest of each row, not of the batch.",
        "Look at the axis of the maximum that is subtracted.",
        seen=_lost_where_rows_differ,
        spoils=_not_finite_with("rows differ"),
    ),
    Mistake(
        "log-of-zero",
        "Put the log and the exp together before you compute.",
        "Look at log p: what is p where the logits lie far apart?",
        seen=_lost_where_p_underflows,
        spoils=_not_finite_with("apart"),
    ),
    Mistake(
        "sigmoid-overflow",
        "Which form is safe for which sign?",
        "Look at e^(−z) for z far below zero.",
        habit=_overflowed,
    ),
    Mistake(
        "forward-difference",
        "Step to both sides.",
        "Look at the two points of the difference: does x lie in their middle?",
        seen=_falls_like_h,
    ),
    Mistake(
        "step-too-small",
        "Subtracting near-equal numbers costs digits.",
        "Look at h: how many digits of f(x + h) − f(x − h) are left?",
        seen=_drowned_in_rounding,
    ),
    Mistake(
        "numerical-gradient",
        "One backward pass serves every parameter.",
        "Look at how often the forward pass runs for one gradient.",
        raises=_time_up,
        seen=_late_only_where_vast,
        habit=lambda evidence, part: evidence.perturbs_parameters(),
        stops_with="vast",
    ),
)
