"""The library as a whole, and the tasks' lists of plausible mistakes."""

from dataclasses import replace

import numpy as np
import pytest

from course.mistakes import all_mistakes, find_mistake
from course.mistakes.mistake import Mistake
from course.tasks import all_tasks
from tests.course.mistakes.plausible import trouble_with_list

IDS = [
    "missing-activation-derivative",
    "derivative-of-activated",
    "a-formula-on-z",
    "relu-mask-from-output",
    "wrong-sign",
    "missing-mean",
    "double-mean",
    "mean-over-classes",
    "factor-of-two",
    "updated-weights-first",
    "softmax-derivative-twice",
    "extra-output-derivative",
    "missing-output-derivative",
    "prediction-for-error",
    "class-index-as-one-hot",
    "diagonal-jacobian",
    "transposed-gradient",
    "untransposed-weights",
    "elementwise-for-product",
    "gradient-for-weights",
    "preactivation-for-activation",
    "layer-off-by-one",
    "same-layer-reused",
    "skips-a-factor",
    "bias-sum-all",
    "bias-mean",
    "bias-first-example",
    "bias-missing",
    "last-batch-size",
    "no-max-shift",
    "global-max-shift",
    "log-of-zero",
    "sigmoid-overflow",
    "inputs-mutated",
    "aliased-cache",
    "integer-arithmetic",
    "column-broadcast",
    "gradient-overwritten",
    "gradient-accumulated",
    "forward-difference",
    "step-too-small",
    "symmetric-initialisation",
    "unscaled-initialisation",
    "numerical-gradient",
]


def test_the_ids_are_fixed():
    assert sorted(all_mistakes()) == sorted(IDS)
    assert len(IDS) == len(set(IDS)) == 44


@pytest.mark.parametrize("mistake", IDS)
def test_every_mistake_has_two_hints_and_a_way_to_show(mistake):
    entry = find_mistake(mistake)
    for hint in (entry.hint, entry.look):
        assert hint.endswith((".", "?"))
        assert len(hint) < 120
        # a hint is a question or a rule, never the line of code
        assert "np." not in hint and " @ " not in hint and " = " not in hint
    assert entry.hint != entry.look
    ways = (entry.variants, entry.raises, entry.seen, entry.habit)
    silent = Mistake("none", "", "")
    assert any(
        way is not other
        for way, other in zip(ways, (silent.variants, silent.raises, silent.seen, silent.habit),
                              strict=True)
    )  # fmt: skip


def test_an_unknown_id_names_the_nearest():
    with pytest.raises(ValueError, match="nearest is 'wrong-sign'"):
        find_mistake("wrong-signs")


@pytest.mark.parametrize("task_id", all_tasks())
def test_lists_of_plausible_mistakes(task_id):
    assert trouble_with_list(all_tasks()[task_id]) == []


BACKWARD = all_tasks()["two_layer.backward"]


@pytest.mark.parametrize(
    ("listed", "said"),
    [
        ((), "lists no plausible mistakes"),
        (("wrong-sing",), "nearest is 'wrong-sign'"),
        (("last-batch-size",), "'last-batch-size' changes nothing"),
        (("missing-activation-derivative", "relu-mask-from-output"), "cannot be told apart"),
        (("wrong-sign", "wrong-sign"), "lists 'wrong-sign' twice"),
    ],
)
def test_a_bad_list_is_said(listed, said):
    trouble = trouble_with_list(replace(BACKWARD, mistakes=listed))
    assert len(trouble) == 1
    assert said in trouble[0]
    assert "two_layer.backward" in trouble[0]


def test_library_values_are_reproducible():
    case = BACKWARD.draw(np.random.default_rng(1), "plain")
    net = BACKWARD.quantities(**case.arguments)
    for listed in BACKWARD.mistakes:
        one, two = (
            [BACKWARD.read(v, case.arguments) for v in find_mistake(listed).variants(net)]
            for _ in range(2)
        )
        for a, b in zip(one, two, strict=True):
            assert all(np.array_equal(x, y) for x, y in zip(a, b, strict=True))
