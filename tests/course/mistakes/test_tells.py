"""What the library says that a mistake does, held against passes with the mistake in them."""

from itertools import pairwise

import numpy as np
import pytest

from course.forward import sigmoid
from course.mistakes import all_mistakes, find_mistake
from course.mistakes.network import network
from tests.course.mistakes.wrong_passes import relu, wrong_backward


def analytic_relu(z):
    return np.where(z.real > 0, z, 0)


def drawn(widths, m, seed=0):
    rng = np.random.default_rng(seed)
    W = [rng.normal(size=(n, below)) for below, n in pairwise(widths)]
    b = [rng.normal(size=n) for n in widths[1:]]
    return (
        rng.normal(size=(m, widths[0])),
        np.eye(widths[-1])[rng.integers(widths[-1], size=m)],
        W,
        b,
    )


UNEVEN, SQUARE = (4, 5, 3, 2), (3, 3, 3, 3)
BATCH = {
    "missing-activation-derivative": UNEVEN,
    "derivative-of-activated": UNEVEN,
    "a-formula-on-z": UNEVEN,
    "wrong-sign": UNEVEN,
    "missing-mean": UNEVEN,
    "double-mean": UNEVEN,
    "mean-over-classes": UNEVEN,
    "factor-of-two": UNEVEN,
    "softmax-derivative-twice": UNEVEN,
    "extra-output-derivative": UNEVEN,
    "prediction-for-error": UNEVEN,
    "class-index-as-one-hot": UNEVEN,
    "diagonal-jacobian": UNEVEN,
    "transposed-gradient": UNEVEN,
    "untransposed-weights": SQUARE,
    "preactivation-for-activation": UNEVEN,
    "layer-off-by-one": SQUARE,
    "same-layer-reused": SQUARE,
    "bias-sum-all": UNEVEN,
    "bias-mean": UNEVEN,
    "bias-first-example": UNEVEN,
    "bias-missing": UNEVEN,
    "last-batch-size": UNEVEN,
}
ONE_HIDDEN_LAYER = {
    "updated-weights-first": (4, 3, 2),
    "gradient-for-weights": (4, 3, 2),
    "skips-a-factor": (3, 3, 3),
}


def same(one, other):
    return all(
        a.shape == b.shape and np.allclose(a, b, rtol=1e-9, atol=1e-13)
        for a, b in zip(one, other, strict=True)
    )


def explained(mistake, dWs, dbs, net):
    for variant in find_mistake(mistake).variants(net):
        dW, db = variant.gradients()
        if same(dW.values(), dWs) and same(db.values(), dbs):
            return True
    return False


@pytest.mark.parametrize("widths", [UNEVEN, SQUARE, (3, 2)])
@pytest.mark.parametrize("output", ["softmax", "g"])
@pytest.mark.parametrize("m", [1, 5])
def test_untampered_quantities_are_the_true_gradients(widths, output, m):
    X, Y, W, b = drawn(widths, m)
    dWs, dbs = wrong_backward(X, Y, W, b, None, output=output)
    dW, db = network(X, Y, W, b, output=output).gradients()
    assert same(dW.values(), dWs)
    assert same(db.values(), dbs)


@pytest.mark.parametrize("mistake", BATCH)
@pytest.mark.parametrize("seed", range(3))
def test_mistakes_of_a_batch_in_three_layers(mistake, seed):
    X, Y, W, b = drawn(BATCH[mistake], 7, seed)
    dWs, dbs = wrong_backward(X, Y, W, b, mistake)
    net = network(X, Y, W, b, rate=0.5, batch=10)
    assert explained(mistake, dWs, dbs, net)
    true_dW, true_db = net.gradients()
    assert not (same(true_dW.values(), dWs) and same(true_db.values(), dbs))


@pytest.mark.parametrize("mistake", ONE_HIDDEN_LAYER)
def test_mistakes_of_one_hidden_layer(mistake):
    X, Y, W, b = drawn(ONE_HIDDEN_LAYER[mistake], 7)
    dWs, dbs = wrong_backward(X, Y, W, b, mistake)
    assert explained(mistake, dWs, dbs, network(X, Y, W, b, rate=0.5))


def test_missing_output_derivative():
    X, Y, W, b = drawn(UNEVEN, 7)
    dWs, dbs = wrong_backward(X, Y, W, b, "missing-output-derivative", output="g")
    assert explained("missing-output-derivative", dWs, dbs, network(X, Y, W, b, output="g"))
    # with cross-entropy nothing is missing, so the mistake has nothing to say
    assert not list(find_mistake("missing-output-derivative").variants(network(X, Y, W, b)))


def test_relu_mask_from_output():
    X, Y, W, b = drawn(UNEVEN, 7)
    dWs, dbs = wrong_backward(X, Y, W, b, "relu-mask-from-output", kind="relu")
    net = network(X, Y, W, b, g=analytic_relu)
    assert explained("relu-mask-from-output", dWs, dbs, net)
    assert np.array_equal(net.a[1], relu(net.z[1]))


def test_elementwise_for_product():
    X, Y, W, b = drawn(SQUARE, 1)
    dWs, dbs = wrong_backward(X, Y, W, b, "elementwise-for-product")
    assert explained("elementwise-for-product", dWs, dbs, network(X, Y, W, b))


def test_a_forward_pass_without_biases():
    X, Y, W, b = drawn(UNEVEN, 7)
    dWs, dbs = wrong_backward(X, Y, W, b, "bias-missing forward")
    assert explained("bias-missing", dWs, dbs, network(X, Y, W, b))


def raised_by(call):
    with pytest.raises(ValueError) as raised:
        call()
    return f"ValueError: {raised.value}"


def test_what_shape_errors_tell():
    X, Y, W, b = drawn(UNEVEN, 1)
    net = network(X, Y, W, b)
    delta3, delta2 = np.ones(2), np.ones(3)
    untransposed = raised_by(lambda: W[2] @ delta3)
    paired = raised_by(lambda: delta2 * X[0])
    assert find_mistake("untransposed-weights").raises(net, untransposed)
    assert not find_mistake("untransposed-weights").raises(net, paired)
    assert find_mistake("elementwise-for-product").raises(net, raised_by(lambda: delta3 * delta2))
    assert not find_mistake("elementwise-for-product").raises(net, untransposed)
    assert not find_mistake("elementwise-for-product").raises(net, paired.replace("4", "9"))


def test_one_path_of_a_fork():
    paths = [np.array([1.0, 2.0]), np.array([0.5, 0.5])]
    variants = find_mistake("gradient-overwritten").variants({"paths": paths})
    assert [np.sum(v["paths"], axis=0).tolist() for v in variants] == [[1.0, 2.0], [0.5, 0.5]]


@pytest.mark.parametrize("mistake", all_mistakes())
def test_no_mistake_has_values_to_offer_for_quantities_it_does_not_know(mistake):
    assert not list(find_mistake(mistake).variants({"something": 1}))


def test_network_uses_the_activation_it_is_given():
    X, Y, W, b = drawn(UNEVEN, 3)
    assert np.allclose(network(X, Y, W, b, g=sigmoid).slope[1], 0.25, atol=0.25)
