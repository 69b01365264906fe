"""Mistakes that show in what happens around the values, on small tasks of the tests' own."""

import warnings
from operator import attrgetter

import numpy as np
import pytest

from course.diagnosis import diagnose
from course.differentiate import complex_step_gradient
from course.evidence import Evidence
from course.judging import judge
from course.mistakes import all_mistakes, find_mistake
from course.task import Case, Part, Task
from course.trials import try_all
from course.trying import LocalAnswer

GRADIENT = (Part("dx", 4, ("entries",)),)


def small_task(mistake, cases, truth, parts=GRADIENT):
    """Return a task of one mistake, on given cases; its quantities are of no known kind."""
    return Task(
        id="small.task",
        parts=parts,
        draw=lambda rng, kind: cases[0],
        truth=truth,
        check_kinds=("only",),
        grade_kinds=("only",),
        mistakes=(mistake,),
        quantities=lambda **arguments: arguments,
        read=lambda quantities, arguments: (),
    )


def evidence(task, student, cases):
    trials = try_all(task, LocalAnswer(task.asked, [student]), cases, attrgetter("truth"))
    return Evidence(task, trials, [task.truth(**trial.case.arguments) for trial in trials])


def named(mistake, student, cases, truth, **options):
    task = small_task(mistake, cases, truth, **options)
    return {name for names in diagnose(evidence(task, student, cases)).values() for name in names}


def habits(mistake, student, cases, truth):
    task = small_task(mistake, cases, truth)
    findings = judge(task, LocalAnswer(task.asked, [student]), cases, attrgetter("truth"))
    return {name for finding in findings for name in finding.misconceptions}


def cost(x):
    return np.sum(np.sin(x) * x**2)


def slope(x):
    return (complex_step_gradient(cost, x),)


def points(*shapes, seed=0, traits=frozenset()):
    rng = np.random.default_rng(seed)
    return [Case({"x": rng.normal(size=shape)}, "some numbers", traits) for shape in shapes]


CASES = points(3, 5, 1)


def softmax_rows(x):
    e = np.exp(x - x.max(axis=1, keepdims=True))
    return (e / e.sum(axis=1, keepdims=True),)


ROWS = (Part("dx", 4, ("examples", "classes")),)


def test_no_max_shift_and_global_max_shift_and_log_of_zero():
    def careless(x):
        return np.exp(x) / np.exp(x).sum(axis=1, keepdims=True)

    def one_shift(x):
        e = np.exp(x - x.max())
        return e / e.sum(axis=1, keepdims=True)

    plain = points((2, 3), (4, 2))
    far = [Case({"x": np.array([[2000.0, 0.0, 1.0]])}, "large logits", frozenset({"extreme"}))]
    apart = [
        Case(
            {"x": np.array([[2000.0, 0.0], [0.0, 1.0]])}, "unlike rows", frozenset({"rows differ"})
        )
    ]
    assert named("no-max-shift", careless, plain + far, softmax_rows, parts=ROWS)
    assert not named("no-max-shift", lambda x: x, plain + far, softmax_rows, parts=ROWS)
    assert named("global-max-shift", one_shift, plain + far + apart, softmax_rows, parts=ROWS)

    def log_of_softmax(x):
        return np.log(softmax_rows(x)[0])

    def log_softmax(x):
        z = x - x.max(axis=1, keepdims=True)
        return (z - np.log(np.exp(z).sum(axis=1, keepdims=True)),)

    assert named("log-of-zero", log_of_softmax, plain + far, log_softmax, parts=ROWS)


def test_integer_arithmetic_and_column_broadcast():
    whole = [Case({"x": np.array([1, 2, 3])}, "integers", frozenset({"integers"}))]

    def truncating(x):
        result = np.zeros_like(x)
        result[:] = slope(x)[0]
        return result

    assert named("integer-arithmetic", truncating, CASES + whole, slope)
    assert not named("integer-arithmetic", lambda x: -slope(x)[0], CASES + whole, slope)
    assert named("column-broadcast", lambda x: slope(x)[0] + 0 * x[:, None], CASES, slope)
    assert not named("column-broadcast", lambda x: slope(x)[0][:2], CASES, slope)


@pytest.mark.parametrize("h", [1e-6, 1e-5, 1e-4])
def test_forward_difference(h):
    def forward(x):
        steps = h * np.eye(len(x))
        return np.array([(cost(x + step) - cost(x)) / h for step in steps])

    assert named("forward-difference", forward, CASES, slope)
    assert not named("forward-difference", lambda x: slope(x)[0] * 1.001, CASES, slope)


def test_step_too_small():
    def central(x, h=1e-12):
        steps = h * np.eye(len(x))
        return np.array([(cost(x + step) - cost(x - step)) / (2 * h) for step in steps])

    assert named("step-too-small", central, CASES, slope)
    assert not named("step-too-small", lambda x: slope(x)[0] * (1 + 1e-4), CASES, slope)


def test_habits_cost_half_and_are_named():
    buffer = {}

    def mutates(x):
        result = slope(x)[0]
        x += 1
        return result

    def hands_out_one_buffer(x):
        kept = buffer.setdefault("kept", np.zeros(3))
        kept[:] = slope(x)[0]
        return kept

    sums = {}

    def accumulates(x):
        key = x.tobytes()
        sums[key] = sums.get(key, 0) + slope(x)[0]
        return sums[key].copy()

    def at(x):
        return cost(x)

    def perturbs(x):
        steps = 1e-5 * np.eye(len(x))
        return np.array([(at(x + step) - at(x - step)) / 2e-5 for step in steps])

    def warns(x):
        warnings.warn("overflow encountered in exp", RuntimeWarning, stacklevel=1)
        return slope(x)[0]

    same_size = points(3, 3, seed=4)
    assert habits("inputs-mutated", mutates, CASES, slope) == {"inputs-mutated"}
    assert habits("aliased-cache", hands_out_one_buffer, same_size, slope) == {"aliased-cache"}
    assert habits("gradient-accumulated", accumulates, CASES, slope) == {"gradient-accumulated"}
    assert habits("numerical-gradient", perturbs, CASES, slope) == {"numerical-gradient"}
    assert habits("sigmoid-overflow", warns, CASES, slope) == {"sigmoid-overflow"}
    for mistake in all_mistakes():
        assert (
            habits(mistake, lambda x: np.cos(x) * x**2 + 2 * x * np.sin(x), CASES, slope) == set()
        )
    task = small_task("inputs-mutated", CASES, slope)
    assert (
        judge(task, LocalAnswer(task.asked, [mutates]), CASES, attrgetter("truth"))[0].earned == 2
    )


def test_bias_gradient_of_none():
    parts = (Part("db", 4, ("entries",)),)
    assert named("bias-missing", lambda x: None, CASES, slope, parts=parts)


def test_starting_weights():
    rng = np.random.default_rng(0)
    scaled = rng.normal(size=(200, 30)) * np.sqrt(2 / 30)
    cases = [Case({}, "")]
    parts = (Part("W", 4, ("outputs", "inputs")),)

    def wanted():
        return (scaled,)

    assert named(
        "symmetric-initialisation", lambda: np.full((200, 30), 0.1), cases, wanted, parts=parts
    )
    assert named(
        "unscaled-initialisation", lambda: rng.normal(size=(200, 30)), cases, wanted, parts=parts
    )
    flipped = named("symmetric-initialisation", lambda: -scaled, cases, wanted, parts=parts)
    assert not flipped
    assert not named("unscaled-initialisation", lambda: -scaled, cases, wanted, parts=parts)


def test_a_helper_called_for_every_number_is_no_perturbation():
    def times(a, b):
        return a * b

    def by_hand(x):
        return np.array([times(np.cos(v), v**2) + times(2 * v, np.sin(v)) for v in x])

    assert habits("numerical-gradient", by_hand, CASES, slope) == set()
    assert find_mistake("numerical-gradient").id == "numerical-gradient"
