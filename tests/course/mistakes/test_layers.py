"""Mistakes with lists of layers, held against passes with the mistake written into them."""

import re

import numpy as np
import pytest

from autograder.planted import edited, reference_sources
from course.mistakes import find_mistake
from course.reading import UnreadableError, as_parts
from course.tasks import find_task
from tests.proof.planting import loaded

DELTAS, BATCH = find_task("deep.deltas"), find_task("deep.backward_batch")


def made(task, old, new, kind, seed=0):
    """Return (arguments, parts or error) of the reference solution with one text replaced."""
    arguments = task.draw(np.random.default_rng(seed), kind).arguments
    sources = edited(reference_sources("deep"), [(task.name, old, new)])
    student = loaded(sources)[task.name]
    try:
        return arguments, task.drive(student, arguments)
    except (ValueError, IndexError) as error:
        return arguments, error


def explained(task, mistake, arguments, parts):
    return any(
        all(
            np.allclose(part.value(a), part.value(b), rtol=1e-9, atol=1e-13)
            for part, a, b in zip(task.parts, task.read(variant, arguments), parts, strict=True)
        )
        for variant in find_mistake(mistake).variants(task.quantities(**arguments))
    )


DOWN = "(weights[k].T @ delta) * a * (1 - a)"
SQUARE = [
    ("layer-off-by-one", DELTAS, "a = activations[k]", "a = activations[k - 1]"),
    ("layer-off-by-one", DELTAS, DOWN, DOWN.replace("weights[k]", "weights[k - 1]")),
    ("layer-off-by-one", DELTAS, "return result", "return result[::-1]"),
    ("same-layer-reused", DELTAS, DOWN, DOWN.replace("weights[k]", "weights[-1]")),
    ("same-layer-reused", DELTAS, "a = activations[k]", "a = activations[1]"),
    ("skips-a-factor", DELTAS, DOWN, "delta * a * (1 - a)"),
    ("elementwise-for-product", BATCH, "A.T @ delta", "A * delta"),
    ("gradient-for-weights", BATCH, "delta @ weights[k].T", "delta @ dws[0].T"),
]


@pytest.mark.parametrize(("mistake", "task", "old", "new"), SQUARE)
@pytest.mark.parametrize("seed", range(3))
def test_in_square_layers_the_values_tell(mistake, task, old, new, seed):
    arguments, parts = made(task, old, new, "square", seed)
    assert explained(task, mistake, arguments, parts)
    true = task.truth(**arguments)
    assert not all(
        np.allclose(part.value(a), part.value(b))
        for part, a, b in zip(task.parts, true, parts, strict=True)
    )


@pytest.mark.parametrize(
    ("mistake", "task", "old", "new"),
    [(m, t, o, n) for m, t, o, n in SQUARE if "return" not in o and m != "gradient-for-weights"],
)
def test_in_uneven_layers_the_error_tells(mistake, task, old, new):
    arguments, error = made(task, old, new, "uneven")
    said = f"{type(error).__name__}: {error}"
    quantities = task.quantities(**arguments)
    assert find_mistake(mistake).raises(quantities, said)
    # the same text with sizes that no layer has is somebody else's
    other = re.sub(r"\d+", "97", said)
    assert not find_mistake(mistake).raises(quantities, other)


def test_a_list_read_past_its_end_is_off_by_one():
    old, new = "a = activations[k]", "a = activations[k + 9]"
    arguments, error = made(DELTAS, old, new, "plain")
    assert isinstance(error, IndexError)
    said = f"IndexError: {error}"
    assert find_mistake("layer-off-by-one").raises(DELTAS.quantities(**arguments), said)


def test_a_mistake_that_makes_no_difference_leaves_the_field_to_a_second_one():
    arguments = BATCH.draw(np.random.default_rng(0), "one layer").arguments
    net = BATCH.quantities(**arguments)
    true = BATCH.truth(**arguments)
    for mistake in ("missing-activation-derivative", "same-layer-reused", "skips-a-factor"):
        assert explained(BATCH, mistake, arguments, true), mistake
        assert list(find_mistake(mistake).variants(net))


def test_a_list_put_into_itself_is_read_in_no_time():
    task = find_task("deep.backward")
    arguments = task.draw(np.random.default_rng(0), "plain").arguments
    dWs, dbs = task.truth(**arguments)
    dbs.insert(0, dbs)
    read, said = as_parts(task, (dWs, dbs))
    assert not isinstance(read, str)
    assert "nested too deeply" in said
    with pytest.raises(UnreadableError):
        as_parts(task, None)
