"""Comparing what a student's function returned with the true values, part by part."""

import inspect
from dataclasses import dataclass

import numpy as np

from course.running import Outcome, TimeUp, changed, fresh, run
from course.score import Finding

# Rounding separates right from wrong by five orders of magnitude: with float64, right passes
# agree to about 1e-13 and the mildest known mistake is off by 1e-2.
PRECISION = {"float64": (1e-7, 1e-12), "float32": (2e-4, 2e-6)}
"""dtype -> (relative, absolute) difference that counts as rounding, entry by entry. The
absolute one is in units of the part's largest true entry, or of 1 where that is smaller."""


@dataclass(frozen=True)
class Trial:
    """One case, tried: the case, the Outcome, the argument names the call changed."""

    case: object
    outcome: Outcome
    changed: tuple[str, ...] = ()


def judge(task, objects, cases, truth):
    """Return the findings, one a part, of a student's objects on the given cases.

    task : the Task; objects : what the student handed over, the first being the task's own.
    cases : list of Case; truth : the function that gives the true values from a case's
    arguments by name, as a tuple in the order of task.parts.
    """
    # guarded like a call: the object handed over may have ideas of its own about its signature
    unfit = run(_unfit, task, objects[0], cases).value
    if unfit:
        return [Finding(part.name, 0, part.points, None, unfit) for part in task.parts]
    trials = []
    for case in cases:
        trials.append(_try(task, objects, case))
        # the rest would say the same again, or cost the same time again
        if isinstance(trials[-1].outcome.error, TimeUp | NotImplementedError):
            break
    true_values = [truth(**fresh(trial.case.arguments)) for trial in trials]
    findings = [
        _part_finding(task, index, trials, [values[index] for values in true_values])
        for index in range(len(task.parts))
    ]
    return findings + _call_findings(trials)


def _unfit(task, student, cases):
    """Say why the object cannot even be tried, or return ""."""
    if task.wants == "dict":
        if isinstance(student, dict):
            return ""
        return f"`{task.name}` should be a dictionary of numbers; this is {_kind(student)}."
    if not callable(student):
        return f"`{task.name}` should be a function; this is {_kind(student)}."
    names = max((list(case.arguments) for case in cases), key=len)
    signature = inspect.signature(student)
    try:
        signature.bind(*names)
    except TypeError:
        takes = list(signature.parameters)
        return (
            f"`{task.name}` is called with {len(names)} arguments ({', '.join(names)}), "
            f"but yours takes {len(takes)} ({', '.join(takes)})."
        )
    return ""


def _try(task, objects, case):
    arguments = fresh(case.arguments)
    outcome = run(lambda: _as_parts(task, task.drive(*objects, arguments)))
    return Trial(case, outcome, tuple(changed(arguments, case.arguments)))


class _UnreadableError(Exception):
    """What was returned cannot be read as the task's parts; the message says why."""


def _as_parts(task, value):
    """Return what a call returned as a list of arrays or sentences, one a part.

    A sentence stands where a part cannot be read as an array of real numbers. This runs under
    the same guard as the call itself: what was returned may be an object with ideas of its own.
    """
    if len(task.parts) == 1 and task.wants == "function":
        values = [value]
    else:
        names = ", ".join(part.name for part in task.parts)
        wanted = f"{len(task.parts)} parts ({names})"
        if value is None:
            raise _UnreadableError(
                f"Nothing came back (None); expected {wanted}. Is the return missing?"
            )
        if not isinstance(value, tuple | list):
            raise _UnreadableError(
                f"Came back: {_kind(value)}; expected {wanted}, separated by commas."
            )
        if len(value) != len(task.parts):
            raise _UnreadableError(f"Came back: {len(value)} parts; expected {wanted}.")
        values = value
    return [_as_array(entry) for entry in values]


def _as_array(value):
    if value is None:
        return "None came; expected numbers."
    if isinstance(value, str | bytes):
        return f"{_kind(value).capitalize()} came; expected numbers."
    try:
        array = np.array(value)
    except Exception:
        return f"{_kind(value).capitalize()} came whose rows differ in length; expected an array."
    if array.dtype.kind == "c":
        return "Complex numbers came; expected real ones."
    if array.dtype.kind not in "fiub":
        return f"{_kind(value).capitalize()} came; expected numbers."
    return array


def _part_finding(task, index, trials, true_values):
    part = task.parts[index]
    mutated = ""
    for trial, true in zip(trials, true_values, strict=True):
        message = _trouble(trial.outcome) or _wrong(part, trial, index, np.asarray(true))
        if message:
            return Finding(part.name, 0, part.points, None, message)
        if trial.changed:
            mutated = ", ".join(f"`{name}`" for name in trial.changed)
    if mutated:
        message = (
            f"The values are right, but the call changed what it was given: {mutated}. "
            "Make new arrays; in-place edits reach the caller. Half the points."
        )
        return Finding(part.name, part.points / 2, part.points, "inputs-mutated", message)
    return Finding(part.name, part.points, part.points)


def _trouble(outcome):
    """Say what kept a call from returning parts at all, or return ""."""
    error = outcome.error
    if error is None:
        return ""
    if isinstance(error, NotImplementedError):
        return "Not written yet."
    if isinstance(error, _UnreadableError):
        return str(error)
    if isinstance(error, TimeUp):
        return "The call did not come back in time and was stopped: is there a loop without an end?"
    at = f" at `{outcome.where}`" if outcome.where else ""
    return f"The call raised {type(error).__name__}{at}: {_first_line(error)}"


def _wrong(part, trial, index, true):
    """Say how a returned part differs from the true one, or return ""."""
    got = trial.outcome.value[index]
    on = f" (on a case with {trial.case.says})" if trial.case.arguments else ""
    if isinstance(got, str):
        return got + on
    if got.shape != true.shape:
        named = f" = ({', '.join(part.axes)})" if part.axes else ", a plain number"
        return f"Shape {got.shape} came; expected {true.shape}{named}{on}."
    if not np.all(np.isfinite(got)):
        worst = np.argwhere(~np.isfinite(got))[0]
        return f"{_entry(part, worst)} is {got[tuple(worst)]}{on}."
    allowed = _allowed(part, trial, got, true)
    excess = np.abs(got - true) - allowed
    if np.all(excess <= 0):
        return ""
    return _measured(part, got.astype(float), true, np.argmax(excess)) + on + "."


def _allowed(part, trial, got, true):
    if part.within is not None:
        return part.within
    dtypes = [got.dtype, *(np.asarray(v).dtype for v in trial.case.arguments.values())]
    narrow = any(dtype.kind == "f" and dtype.itemsize < 8 for dtype in dtypes)
    relative, absolute = PRECISION["float32" if narrow else "float64"]
    return relative * np.abs(true) + absolute * max(1.0, np.max(np.abs(true), initial=0))


def _measured(part, got, true, worst):
    """Say by how much a part of the right shape is off, and where most."""
    index = np.unravel_index(worst, true.shape)
    if part.within is not None:
        return f"Got {got[index]:.6g}; that is not the value, to 4 decimals"
    largest = np.max(np.abs(true), initial=0)
    error = np.max(np.abs(got - true)) / largest if largest else np.inf
    ratio = _constant_ratio(got, true)
    said = f"Every entry is {ratio:.4g} times the true one; " if ratio is not None else ""
    text = f"{said}relative error {error:.2g}"
    if true.size > 1:
        text += f", largest at {_entry(part, index)}"
    return f"{text}: got {got[index]:.6g}, expected {true[index]:.6g}"


def _constant_ratio(got, true):
    if true.size < 2 or np.any(true == 0):
        return None
    ratios = got / true
    return ratios.flat[0] if np.allclose(ratios, ratios.flat[0], rtol=1e-6, atol=0) else None


def _call_findings(trials):
    """Return what is worth saying about the calls as such; it costs no points."""
    said = []
    noisy = max(trials, key=lambda trial: trial.outcome.printed).outcome
    if noisy.printed:
        cut = " …" if noisy.printed > len(noisy.kept) else ""
        said.append(
            f"Printed {noisy.printed:,} characters in one call, kept back here: {noisy.kept}{cut}"
        )
    if any(trial.outcome.changed_settings for trial in trials):
        said.append(
            "The call changed NumPy's error settings for everyone (np.seterr); they were put back. "
            "Use `with np.errstate(...):` to change them for a few lines."
        )
    return [Finding("the call", 0, 0, None, message) for message in said]


def _entry(part, index):
    return f"{part.name}[{', '.join(map(str, index))}]" if len(index) else part.name


def _kind(value):
    name = type(value).__name__
    if value is None:
        return "None"
    return f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name}"


def _first_line(error):
    try:
        text = str(error).strip()
    except Exception:  # an exception of the student's own making may fail to say anything
        return "(no message)"
    return text.splitlines()[0][:300] if text else "(no message)"
