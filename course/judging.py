"""From what a student's object did on the cases to findings, part by part."""

import warnings
from typing import NamedTuple

import numpy as np

from course.arguments import fresh
from course.called import NOT_BACK
from course.comparing import allowed, constant_ratio
from course.diagnosis import diagnose
from course.evidence import Evidence
from course.following import enters_here, followed
from course.mistakes import find_mistake
from course.reading import NOT_WRITTEN
from course.score import Finding
from course.stack import Stack
from course.task import Part
from course.trials import Before, try_all
from course.trying import Ask


def judge(task, answer, cases, truths):
    """Return the findings, one a part, of a student's answer on the given cases.

    task : the Task; answer : a LocalAnswer, or what speaks like one.
    cases : list of Case; truths : (a Task, this one or the one that it leans on) -> the function
    that gives its true values from a case's arguments by name, as a tuple in the order of parts.
    """
    # a student's np.seterr or warnings filter, set earlier, must not reach what follows
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        deadly = answer.deadly
        before = Before.REPLACED if deadly else Before.UNASKED
        trials = try_all(task, answer, cases, truths, before)
        reason = trials[0].unfit
        if reason:
            return [Finding(part.name, 0, part.points, None, reason) for part in task.parts]
        true_values = []
        evidence, faults = _what_came(task, trials, truths, true_values)
        amiss = any(map(_is_at_fault, faults)) or len(trials) < len(cases)
        stuck = trials[-1].trouble == NOT_BACK
        asks = amiss and answer.leans and not deadly
        if asks and (not stuck or _is_stuck_before(task, answer, trials[-1])):
            # that may be the answer's on which it leans, which most need not be asked for
            before = Before.REPLACED if stuck else Before.ASKED
            trials = try_all(task, answer, cases, truths, before)
            evidence, faults = _what_came(task, trials, truths, true_values)
        came = [_how_it_came(evidence, *one) for one in faults]
        # where all that is wrong follows from before, nobody asks for the mistake behind it
        named = diagnose(evidence) if any(c.wrong and not c.before for c in came) else {}
        findings = [_part_finding(evidence, *c, named.get(c.part.name, ())) for c in came]
        return findings + _call_findings(trials)


def _is_stuck_before(task, answer, trial):
    """Whether the answer leaned on does not come back either in a trial that did not.

    As long as there is somebody to go on with: a process may have to be killed over it.
    """
    arguments = task.leans_on.of_its_arguments(trial.case).arguments
    (called,) = answer.calls([Ask(arguments, leaned_on=True)])
    return called.trouble == NOT_BACK and answer.leans


def _what_came(task, trials, truths, true_values):
    """Return (the Evidence of the trials, the _Faults of each part).

    true_values : those of the first cases, as far as they are known; the rest is added.
    """
    truth = truths(task)
    for trial in trials[len(true_values) :]:
        true_values.append(truth(**fresh(trial.case.arguments)))
    evidence = Evidence(task, trials, true_values[: len(trials)], truths)
    mistakes = [find_mistake(name) for name in task.mistakes]
    return evidence, [_faults(evidence, part, mistakes) for part in task.parts]


class _Faults(NamedTuple):
    """What is wrong with a part as it came: see _Came. stopped : trials that a habit stopped."""

    part: Part
    habits: list
    wrong: list
    stopped: list


def _is_at_fault(faults):
    return bool(faults.wrong or faults.habits)


class _Came(NamedTuple):
    """How a part came.

    habits : ids of the habits that its call has. wrong : the trials in which it is wrong, but
    for those that a habit stopped. before : what it follows from correctly there, in names.
    """

    part: Part
    habits: list
    wrong: list
    before: tuple


def _faults(evidence, part, mistakes):
    habits = [m.id for m in mistakes if m.is_habit and m.habit(evidence, part)]
    # what a habit stops in one case is judged by the others
    stopped = [trial for trial in evidence.trials if any(map(trial.stopped_by, habits))]
    wrong = [trial for trial in evidence.wrong(part) if trial not in stopped]
    return _Faults(part, habits, wrong, stopped)


def _how_it_came(evidence, part, habits, wrong, stopped):
    return _Came(part, habits, wrong, followed(evidence, part, stopped) if wrong else ())


def _part_finding(evidence, part, habits, wrong, before, names):
    """Return the Finding of one part as it came, given the mistakes named behind it."""
    if wrong and not before:
        other = evidence.is_another_part(part)
        if other:
            message = f"This is `{other}`: look at the order in which the parts are returned."
            behind = ()
            if not evidence.wrong(next(p for p in evidence.task.parts if p.name == other)):
                message = f"This is `{other}` again, which stands in its own place as well."
                behind = names
            return _finding(part, 0, behind, message)
        behind = tuple(dict.fromkeys((*names, *habits)))
        message = _what_is_wrong(evidence, part, wrong[0])
        if all("integers" in trial.case.traits for trial in wrong):
            message = f"Right but for integer input: half the points. {message}"
            return _finding(part, part.points / 2, behind, message)
        share = part.partly(evidence, part) if part.partly else 0
        return _finding(part, share * part.points / (2 if habits else 1), behind, message)
    if not wrong:
        message = "The values are right." if habits else ""
    else:
        message = f"Follows correctly from your {_quoted(before)}, where the mistake is"
        message += "." if habits else ": full points here."
    if habits:
        message += f" {_habit_words(evidence, habits[0])} Half the points."
    return _finding(part, part.points / 2 if habits else part.points, tuple(habits), message)


def _finding(part, earned, behind, message):
    first, also = (behind[0], behind[1:]) if behind else (None, ())
    return Finding(part.name, earned, part.points, first, message, also)


def _what_is_wrong(evidence, part, trial):
    """Say what was seen of a wrong part in one trial, with what can be measured."""
    on = f" (on a case with {trial.case.says})" if trial.case.arguments else ""
    if trial.trouble:
        # where other calls came back, this case has something that they had not
        apart = any(not other.trouble for other in evidence.trials)
        return trial.trouble + on * apart
    index = evidence.index(part)
    if isinstance(trial.parts[index], str):
        return trial.parts[index] + on * (trial.parts[index] != NOT_WRITTEN)
    got, true = evidence.values(part, trial)
    enters = _entry_point(evidence, part)
    if isinstance(true, Stack) and got.shapes != true.shapes:
        return f"{_unlike(part, got, true)}{on}.{enters}"
    if got.shape != true.shape:
        named = f" = ({', '.join(part.axes)})" if part.axes else ", a plain number"
        return f"Shape {got.shape} came; expected {true.shape}{named}{on}.{enters}"
    if not np.all(np.isfinite(got)):
        worst = np.argwhere(~np.isfinite(got))[0]
        return f"{_entry(part, worst, true)} is {got[tuple(worst)]}{on}.{enters}"
    if part.amiss:
        return f"{part.amiss(evidence, part, trial)}{on}."
    true = part.right_value(got, true, trial.case)
    excess = np.abs(got - true) - allowed(part, got, true, trial)
    return _measured(part, got.astype(float), true, np.argmax(excess)) + f"{on}.{enters}"


def _measured(part, got, true, worst):
    """Say by how much a part of the right shape is off, and where most."""
    index = np.unravel_index(worst, true.shape)
    if part.among:
        return f"{part.among[int(got)]!r} is not the answer"
    if part.within is not None:
        return f"Got {got[index]:.6g}; that is not the value, to 4 decimals"
    if true.size > 1 and not np.any(got):
        return "All zeros came"
    largest = np.max(np.abs(true), initial=0)
    error = np.max(np.abs(got - true)) / largest if largest else np.inf
    ratio = constant_ratio(got, true)
    plain = ratio is None or abs(ratio - 1) < 1e-3
    said = "" if plain else f"Every entry is {ratio:.4g} times the true one; "
    text = f"{said}{'relative' if said else 'Relative'} error {error:.2g}"
    if not largest:
        # nothing to be relative to
        text = "It should be 0" if true.size == 1 else "All should be 0; the error is"
        text += " largest at " + _entry(part, index, true) if true.size > 1 else ""
    elif true.size > 1:
        text += f", largest at {_entry(part, index, true)}"
    digits = 6 if f"{got[index]:.6g}" != f"{true[index]:.6g}" else 15
    return f"{text}: got {got[index]:.{digits}g}, expected {true[index] + 0.0:.{digits}g}"


def _entry_point(evidence, part):
    """Say that the error enters at this part, where all that it is computed from is right."""
    right = enters_here(evidence, part)
    if not right:
        return ""
    are = "are" if len(right) > 1 else "is"
    return f" Your {_quoted(right)} {are} right, so the error enters here."


def _habit_words(evidence, habit):
    """Say in a sentence what the calls did besides returning values."""
    trial = next((trial for trial in evidence.trials if trial.changed), evidence.trials[0])
    stopped = [t for t in evidence.trials if t.stopped_by(habit)]
    stop, late = (stopped[0].trouble, stopped[0].case.says) if stopped else ("", "")
    return {
        "inputs-mutated": (
            f"But the call changed what it was given: {_quoted(trial.changed)}."
            + f" {stop}." * bool(stop)
        ),
        "aliased-cache": "But the array changed after it was handed back.",
        "gradient-accumulated": "But a second call on the same case returns twice as much.",
        "numerical-gradient": (
            f"But the call ran one function {trial.calls} times, as perturbing each parameter does."
            + f" With {late} it did not come back in time." * bool(late)
        ),
        "sigmoid-overflow": "But NumPy warned of an overflow on the way.",
    }[habit]


def _call_findings(trials):
    """Return what is worth saying about the calls as such; it costs no points."""
    said = []
    noisy = max(trials, key=lambda trial: trial.printed)
    if noisy.printed:
        cut = " …" if noisy.printed > len(noisy.kept) else ""
        said.append(
            f"Printed {noisy.printed:,} characters in one call, kept back here: {noisy.kept}{cut}"
        )
    if any(trial.changed_settings for trial in trials):
        said.append(
            "The call changed NumPy's error settings for everyone (np.seterr); they were put back. "
            "Use `with np.errstate(...):` to change them for a few lines."
        )
    return [Finding("the call", 0, 0, None, message) for message in said]


def _unlike(part, got, true):
    """Say where a Stack has other arrays than it should."""
    came, wanted = ([label for label, _ in stack.shapes] for stack in (got, true))
    said = []
    if len(came) != len(wanted):
        said.append(f"{len(came)} array{'s' * (len(came) != 1)} came; expected {len(wanted)}")
    if part.many == "dict":
        # in a list the places say nothing: whatever is left out, the last one is missing
        extra = [label for label in came if label not in wanted]
        missing = [label for label in wanted if label not in came]
        if extra:
            said.append(f"{_some(part, extra)} came, which {_are(extra)} not asked for")
        if missing:
            said.append(f"{_some(part, missing)} {_are(missing)} missing")
    if said:
        return "; ".join(said)
    for (label, shape), (_, wanted_shape) in zip(got.shapes, true.shapes, strict=True):
        if shape != wanted_shape:
            return f"{part.name}{label} has the shape {shape}; expected {wanted_shape}"
    return ""


def _some(part, labels, most=4):
    """Name the arrays of these labels, and past a few say only how many more there are."""
    names = [part.name + _cut(label) for label in labels[:most]]
    if len(labels) > most:
        names = [*names[:-1], f"{len(labels) - most + 1} others"]
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def _cut(label, most=60):
    """Return a label as it is, or its beginning: keys are as long as whoever chose them likes."""
    return label if len(label) <= most else f"{label[:most]} …"


def _are(labels):
    return "are" if len(labels) > 1 else "is"


def _entry(part, index, true):
    if isinstance(true, Stack):
        return part.name + true.place(int(index[0]))
    return f"{part.name}[{', '.join(map(str, index))}]" if len(index) else part.name


def _quoted(names):
    *most, last = [f"`{name}`" for name in names] or [""]
    return f"{', '.join(most)} and {last}" if most else last
