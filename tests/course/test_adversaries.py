"""What an able adversary, and an unlucky honest student, once got past the checks with."""

import functools
import warnings

import numpy as np
import pytest

from autograder import grade
from autograder.planted import reference_sources
from autograder.solutions import two_layer as solution
from course import check

F, B, T = solution.forward, solution.backward, solution.train_step
JUDGES = pytest.mark.parametrize("judge", [check, grade])


def nothing(x, y, W1, b1, W2, b2, rate=0.02):
    return W1, b1, W2, b2


@pytest.mark.slow
@JUDGES
@pytest.mark.parametrize("size", [0.0, 1e-300, 1e-13, 1e-9])
def test_no_credit_follows_from_next_to_nothing(judge, size):
    def tiny(x, y, W1, b1, W2, b2):
        return size * W1, size * b1, size * W2, size * b2 + size

    assert judge("two_layer.train_step", nothing, tiny) == 0
    assert judge("two_layer.backward", tiny, F) == 0


@pytest.mark.slow
def test_constants_earn_next_to_nothing_in_the_stages():
    guesses = [dict.fromkeys(solution.stages, value) for value in (0, 1e-9, 0.5, 1.0, -1.0)]
    extreme = {"z1[2]": -30, "a1[2]": 1e-9, "z2[1]": -30, "p[1]": 1e-9, "loss": 20.7233,
               "delta2[1]": -1, "da1[2]": 0, "new_loss": 1}  # fmt: skip
    guesses.append({name: extreme.get(name, 1e-9) for name in solution.stages})
    for guess in guesses:
        assert check("two_layer.stages", guess) <= 2


@JUDGES
def test_debugging_settings_of_the_notebook_do_not_reach_the_judge(judge, recwarn):
    with np.errstate(all="raise"), warnings.catch_warnings():
        warnings.simplefilter("error")
        assert judge("two_layer.forward", F) == 4
        assert judge("two_layer.backward", B, F) == 10
        huge = judge("two_layer.forward", lambda *a: tuple(v * 1e308 for v in F(*a)))
        assert huge < 4
    assert not recwarn.list


@JUDGES
def test_booleans_and_objects_are_numbers_or_are_said(judge):
    judge("two_layer.forward", lambda *a: [v > 0 for v in F(*a)])
    judge("two_layer.stages", dict.fromkeys(solution.stages, True))
    assert judge("two_layer.forward", lambda *a: [v.astype(object) for v in F(*a)]) == 4


@JUDGES
def test_no_false_numerical_gradient(judge):
    def entry_by_entry(x, y, W1, b1, W2, b2):
        def entry(delta, a, i, j):
            return delta[i] * a[j]

        _, a1, _, p = F(x, W1, b1, W2, b2)
        d2 = p - y
        d1 = (W2.T @ d2) * a1 * (1 - a1)
        one = np.ones(1)

        def table(d, a):
            return np.array([[entry(d, a, i, j) for j in range(len(a))] for i in range(len(d))])

        return table(d1, x), table(d1, one)[:, 0], table(d2, a1), table(d2, one)[:, 0]

    class Value:
        def __init__(self, data, children=()):
            self.data, self.children = data, list(children)

    def with_objects(*arguments):
        nodes = [Value(v) for v in B(*arguments)]
        for _ in range(40):
            Value(nodes[0].data, nodes)
        return [node.data for node in nodes]

    for student in (entry_by_entry, with_objects):
        assert judge("two_layer.backward", student, F) == 10


def test_a_numerical_gradient_is_seen_however_it_gets_its_parameters():
    def steps(parameters, cost):
        gradients = []
        for value in parameters:
            gradient = np.zeros(value.shape)
            for k in np.ndindex(value.shape):
                kept = value[k]
                value[k] = kept + 1e-5
                up = cost()
                value[k] = kept - 1e-5
                gradient[k] = (up - cost()) / 2e-5
                value[k] = kept
            gradients.append(gradient)
        return tuple(gradients)

    def by_closure(x, y, *parameters):
        own = [np.array(v, dtype=float) for v in parameters]

        def cost():
            return solution.loss(F(x, *own)[-1], y)

        return steps(own, cost)

    assert check("two_layer.backward", by_closure, F).misconceptions == {"numerical-gradient"}


@JUDGES
def test_integer_arrays_of_ones_own_are_no_mutation(judge):
    def own_arrays(x, y, W1, b1, W2, b2):
        dW1, db1, dW2, db2 = B(x, y, W1, b1, W2, b2)
        own = np.zeros_like(W2)
        own += dW2
        return dW1, db1, own, db2

    score = judge("two_layer.backward", own_arrays, F)
    assert score.misconceptions == {"integer-arithmetic"}
    assert score == 5
    assert "changed what it was given" not in str(score)


@JUDGES
@pytest.mark.parametrize("epsilon", [1e-15, 1e-12, 1e-10, 1e-9])
def test_an_epsilon_in_the_logarithm_is_no_mistake(judge, epsilon):
    for seed in range(20):
        options = {"seed": str(seed)} if judge is grade else {}
        score = judge("two_layer.loss", lambda p, y: -np.sum(y * np.log(p + epsilon)), **options)
        assert score == 2, str(score)


@JUDGES
def test_a_backward_right_for_ones_own_wrong_forward_loses_nothing(judge):
    def forward_with(activation, normalise=True):
        def forward(x, W1, b1, W2, b2):
            z1 = W1 @ x + b1
            a1 = activation(z1)
            z2 = W2 @ a1 + b2
            e = np.exp(z2 - z2.max())
            return z1, a1, z2, e / e.sum() if normalise else e

        return forward

    def backward_through(forward):
        def backward(x, y, W1, b1, W2, b2):
            _, a1, _, p = forward(x, W1, b1, W2, b2)
            d2 = p - y
            d1 = (W2.T @ d2) * a1 * (1 - a1)
            return np.outer(d1, x), d1, np.outer(d2, a1), d2

        return backward

    squash = forward_with(lambda z: 1 / (1 + z * z))
    unnormalised = forward_with(lambda z: 1 / (1 + np.exp(-z)), normalise=False)
    for forward in (squash, unnormalised):
        assert judge("two_layer.forward", forward) < 4
        score = judge("two_layer.backward", backward_through(forward), forward)
        assert score == 10, str(score)
        assert "from your `forward`" in str(score)


@JUDGES
def test_rate_by_name(judge):
    def by_name(x, y, W1, b1, W2, b2, *, rate=0.02):
        return T(x, y, W1, b1, W2, b2, rate)

    assert judge("two_layer.train_step", by_name, B) == 8
    assert judge("two_layer.train_step", functools.partial(T, rate=0.02), B) == 8


@pytest.mark.parametrize(
    ("student", "wrong"),
    [
        (lambda *a: (0 * B(*a)[0], 0 * B(*a)[1], *B(*a)[2:]), "skips-a-factor"),
        (lambda *a: tuple(0 * part for part in B(*a)), "skips-a-factor"),
        (lambda *a: (B(*a)[2], B(*a)[3], B(*a)[0], B(*a)[1]), "layer-off-by-one"),
    ],
)
def test_a_wrong_name_is_worse_than_none(student, wrong):
    assert wrong not in check("two_layer.backward", student, F).misconceptions


def test_parts_in_another_order_are_said():
    score = check("two_layer.backward", lambda *a: (B(*a)[0], B(*a)[3], B(*a)[2], B(*a)[1]), F)
    assert "This is `db2`: look at the order" in str(score)
    assert score == 6


def test_an_answer_is_asked_for():
    with pytest.raises(TypeError, match="answer"):
        check("two_layer.loss")


@JUDGES
@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace("W2.T @ delta2", "W2 @ delta2"),
        lambda text: text.replace("np.outer(delta2, a1)", "np.outer(a1, delta2)"),
        lambda text: "def backward(*a):\n    raise NotImplementedError",
        lambda text: "def backward(*a):\n    return None",
    ],
)
def test_a_right_step_keeps_its_points_whatever_backward_does(judge, spoil):
    sources = reference_sources("two_layer")
    sources["backward"] = spoil(sources["backward"])
    namespace = {"np": np}
    for text in sources.values():
        exec(text, namespace)
    score = judge("two_layer.train_step", namespace["train_step"], namespace["backward"])
    assert score == 8, str(score)
    namespace["train_step"] = nothing
    assert judge("two_layer.train_step", nothing, namespace["backward"]) == 0


def test_the_tangents_promise_is_no_known_mistake():
    stages = {**solution.stages, "new_loss": 1.4602}
    score = check("two_layer.stages", stages)
    assert score == 5.5
    assert not score.misconceptions


def test_roundings_of_a_hand_are_right():
    stages = {**solution.stages, "loss": 1.5091, "new_loss": 1.4605, "sigma_prime[2]": 0.2140}
    assert check("two_layer.stages", stages) == grade("two_layer.stages", stages) == 6
