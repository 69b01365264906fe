"""Unit 11: the reference, the complex step and HIPS autograd agree; graphs are what they say."""

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad

from autograder import grade
from autograder.grading import reference
from autograder.solutions import autodiff as solution
from course import check
from course.driving.expressions import DEEP, chain
from course.driving.graphs import slope_by
from course.driving.operations import FORMS, tables
from course.tasks import autodiff, find_task
from course.tasks.autodiff import expressions, operations

AUTOGRAD = {
    "add": (lambda a, b: a + b, lambda a, b: a + 2, lambda a, b: 2 + a, lambda a, b: a + a),
    "sub": (lambda a, b: a - b, lambda a, b: a - 2, lambda a, b: 2 - a, lambda a, b: -a),
    "mul": (lambda a, b: a * b, lambda a, b: a * 3, lambda a, b: 3 * a, lambda a, b: a * a),
    "div": (lambda a, b: a / b, lambda a, b: a / 3, lambda a, b: 3 / a, lambda a, b: a / a),
    "pow": (lambda a, b: a**3, lambda a, b: a**2, lambda a, b: b**-1, lambda a, b: b**0.5),
    "exp": (lambda a, b: anp.exp(a), lambda a, b: anp.exp(a * b)),
    "tanh": (lambda a, b: anp.tanh(a), lambda a, b: anp.tanh(a * b)),
    "relu": (
        lambda a, b: anp.maximum(a, 0.0),
        lambda a, b: anp.maximum(-a, 0.0),
        lambda a, b: anp.maximum(a * b, 0.0),
    ),
}


@pytest.mark.parametrize("operation", FORMS)
@pytest.mark.parametrize("a", [0.7, -1.3])
def test_values_and_slopes_of_each_operation_agree(operation, a):
    b = 1.6
    true = operations.table(FORMS[operation], a, b)
    made = tables(solution.Value, {"a": a, "b": b})
    by_name = dict(zip(FORMS, made, strict=True))
    np.testing.assert_allclose(by_name[operation], true, rtol=1e-12, atol=1e-15)
    for row, form in zip(true, AUTOGRAD[operation], strict=True):

        def of_both(a, b, form=form):
            # autograd warns of a function that leaves one of its arguments out
            return form(a, b) + 0.0 * a * b

        by_autograd = form(a, b), grad(of_both, 0)(a, b), grad(of_both, 1)(a, b)
        np.testing.assert_allclose(row, by_autograd, rtol=1e-12, atol=1e-15)


def test_the_graphs_have_the_slopes_that_autograd_finds():
    x, y, z = 0.4, -1.1, 0.8
    tree, fork, twice, deep = expressions.truth(x, y, z)

    def tree_of(v):
        return anp.tanh(v[0] * v[1] + anp.exp(v[2])) * 2

    def fork_of(v):
        return anp.tanh(v[0] * v[1]) + v[0] * v[2] + v[0] * v[1] * 0.5

    leaves = np.array([x, y, z])
    np.testing.assert_allclose(tree, grad(tree_of)(leaves), rtol=1e-12)
    np.testing.assert_allclose(fork, grad(fork_of)(leaves), rtol=1e-12)
    np.testing.assert_allclose(twice, [y, x])
    exponents = np.arange(DEEP // 2 - 1, -1, -5)
    by_sum = 0.001 * np.sum(0.9995**exponents), 0.9995 ** (DEEP // 2)
    np.testing.assert_allclose(deep, by_sum, rtol=1e-10)


def test_the_deep_graph_is_as_deep_as_it_says():
    x, start = solution.Value(1.0), solution.Value(1.0)
    node, depth = chain(x, start), 0
    while node is not start:
        node = next(p for p, _ in node.parents if p.parents or p is start)
        depth += 1
    assert depth == DEEP


def test_the_deltas_are_those_of_unit_05():
    task = find_task("autodiff.same_deltas")
    arguments = task.draw(np.random.default_rng(3), "uneven").arguments
    from autograder.solutions import two_layer

    _, db1, _, db2 = two_layer.backward(**arguments)
    for deltas in (reference(task)(**arguments), task.truth(**arguments)):
        np.testing.assert_allclose(deltas[0], db1, rtol=1e-10)
        np.testing.assert_allclose(deltas[1], db2, rtol=1e-10)


def test_a_walk_that_calls_itself_loses_only_the_deep_graph():
    def recursive(value):
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for parent, _ in node.parents:
                    visit(parent)
                order.append(node)

        visit(value)
        for node in order:
            node.grad = 0.0
        value.grad = 1.0
        for node in reversed(order):
            for parent, slope in node.parents:
                parent.grad += slope * node.grad

    for judge in (check, grade):
        score = judge("autodiff.backward", solution.Value, recursive)
        assert score == 3
        assert "RecursionError" in score.findings[3].message


def test_one_operation_that_is_missing_leaves_the_others():
    class WithoutTanh(solution.Value):
        def tanh(self):
            raise NotImplementedError

    def value(data, parents=()):
        return WithoutTanh(data, parents)

    score = check("autodiff.Value", value)
    messages = {finding.part: finding.message for finding in score.findings}
    assert messages.pop("tanh") == "Not written yet."
    assert score == 10


def test_a_graph_that_runs_in_a_circle_is_refused():
    node = solution.Value(1.0)
    node.parents = ((node, 1.0),)
    with pytest.raises(ValueError, match="made of itself"):
        slope_by(node, solution.Value(2.0))


def test_points_are_those_of_the_syllabus():
    points = {task.id: task.points for task in autodiff.TASKS}
    assert points == {"autodiff.Value": 12, "autodiff.backward": 4, "autodiff.same_deltas": 4}


def test_what_is_no_class_is_told_that_it_should_be_one():
    said = check("autodiff.Value", solution.Value(1.0)).findings[0].message
    assert said == "`Value` should be a class; this is a Value."
    said = check("autodiff.backward", solution.Value, 3).findings[0].message
    assert said == "`backward` should be a function; this is an int."
