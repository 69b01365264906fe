"""Several arrays as one: what a list or a dictionary of gradients is compared as."""

from dataclasses import replace
from operator import attrgetter

import numpy as np
import pytest

from course.driving.calling import as_it_is
from course.judging import judge
from course.stack import Stack, arrays_of, form
from course.task import Case, Part, Task
from course.trying import LocalAnswer

DWS = [np.arange(6.0).reshape(2, 3), np.array([[7.0], [8.0]])]


def test_a_stack_gives_back_what_it_was_made_of():
    for arrays in (DWS, {"w2": DWS[1], "b1": np.array(3.0), "w1": DWS[0]}, []):
        again = Stack.of(arrays).apart()
        assert type(again) is type(arrays)
        np.testing.assert_equal(again, arrays)


def test_a_stack_knows_where_an_entry_stands():
    stack = Stack.of(DWS)
    assert [stack.place(k) for k in (0, 5, 7)] == ["[0][0, 0]", "[0][1, 2]", "[1][1, 0]"]
    assert Stack.of({"w1": DWS[0], "b": 1.0}).place(0) == "['b']"
    with pytest.raises(IndexError, match="past the end"):
        stack.place(8)


def test_the_form_tells_lists_apart_that_have_the_same_numbers():
    other = [DWS[0].T, DWS[1]]
    assert form(Stack.of(DWS)) != form(Stack.of(other))
    assert form(Stack.of(DWS)) == form(Stack.of(DWS).again(np.zeros(8)))
    assert form(Stack.of({"w1": DWS[0]})) != form(Stack.of({"w2": DWS[0]}))


def task(part, **options):
    return Task(
        id="unit.f",
        parts=(part,),
        draw=lambda rng, kind: Case({"x": 2.0}, "x = 2"),
        truth=lambda x: ([DWS[0] * x, DWS[1]],),
        check_kinds=("plain",),
        grade_kinds=("plain",),
        mistakes=(),
        quantities=lambda x: None,
        read=lambda quantities, arguments: (),
        **options,
    )


def finding(part, answer, truth=None, **options):
    described = task(part, **options)
    described = replace(described, truth=truth) if truth else described
    case = described.draw(None, "plain")
    return judge(described, LocalAnswer(described.asked, (answer,)), [case], attrgetter("truth"))[0]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (lambda x: [DWS[0] * x, DWS[1]], ""),
        (lambda x: (DWS[0].tolist() * 1, DWS[1]), "Relative error 0.5, largest at dWs[0][1, 2]"),
        (lambda x: [DWS[0]], "1 array came; expected 2 ("),
        (lambda x: [DWS[0].T, DWS[1]], "dWs[0] has the shape (3, 2); expected (2, 3)"),
        (lambda x: [DWS[0] * x, None], "`dWs[1]`: None came"),
        (lambda x: 3.0, "A float came; expected a list of arrays."),
        (lambda x: [DWS[0] * np.inf, DWS[1]], "dWs[0][0, 0] is nan"),
    ],
)
def test_a_list_of_arrays_is_judged_layer_by_layer(answer, said):
    found = finding(Part("dWs", 2, many="list"), answer)
    assert said in found.message
    assert found.right == (not said)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (lambda x: {"w": DWS[0], "b": DWS[1]}, ""),
        (
            lambda x: {"w": DWS[0], "c": DWS[1]},
            "dW['c'] came, which is not asked for; dW['b'] is missing",
        ),
        (lambda x: {"w": DWS[0]}, "1 array came; expected 2; dW['b'] is missing"),
        (lambda x: {}, "0 arrays came; expected 2; dW['b'] and dW['w'] are missing"),
        (
            lambda x: {"w": DWS[0], "b": DWS[1], "c": DWS[1]},
            "3 arrays came; expected 2; dW['c'] came, which is not asked for",
        ),
        (lambda x: {"w": DWS[0].T, "b": DWS[1]}, "dW['w'] has the shape (3, 2); expected (2, 3)"),
        (
            lambda x: {f"dw{k}": DWS[0] for k in range(6)},
            "dW['dw0'], dW['dw1'], dW['dw2'] and 3 others came, which are not asked for",
        ),
        (lambda x: [DWS[0], DWS[1]], "A list came; expected a dictionary of arrays."),
        (
            lambda x: {"w": DWS[0], "b": DWS[1], "c" * 10**6: DWS[1]},
            f"dW['{'c' * 58} … came, which is not asked for",
        ),
    ],
)
def test_a_dictionary_of_arrays_is_judged_name_by_name(answer, said):
    part = Part("dW", 2, many="dict")
    found = finding(part, answer, truth=lambda x: ({"b": DWS[1], "w": DWS[0]},))
    assert said in found.message
    assert found.right == (not said)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("delta1", ""),
        ("delta2", "'delta2' is not the answer"),
        ("delta3", "'delta3' came; the answer is one of 'delta1', 'delta2'."),
        (1, "An int came; the answer is one of the words"),
        (None, "Not filled in yet."),
    ],
)
def test_a_word_is_judged_as_a_word(answer, said, monkeypatch):
    part = Part("a", 1, among=("delta1", "delta2"))
    monkeypatch.setattr("course.driving.DRIVES", {"unit.f": as_it_is})
    found = finding(part, answer, truth=lambda x: ("delta1",), wants="value")
    assert said in found.message
    assert found.right == (not said)


def test_objects_that_belong_together_are_driven_together(monkeypatch):
    def both_ways(both, arguments):
        return both[1](both[0](**arguments))

    described = task(Part("dx", 2), objects=("forward", "backward"))
    described = replace(described, truth=lambda x: (2 * x,))
    monkeypatch.setattr("course.driving.DRIVES", {described.id: both_ways})
    case = described.draw(None, "plain")

    def findings(*objects):
        return judge(described, LocalAnswer(described.asked, objects), [case], attrgetter("truth"))[
            0
        ]

    assert findings(lambda x: x, lambda cache: 2 * cache).right
    assert "Got" not in findings(lambda x: x).message
    assert "`forward` and `backward` together" in findings(lambda x: x).message
    assert "`backward` should be a function" in findings(lambda x: x, 3).message


def test_the_arrays_of_a_value_are_those_of_a_stack_or_itself():
    np.testing.assert_equal(arrays_of(Stack.of(DWS)), DWS)
    np.testing.assert_equal(arrays_of(Stack.of({"w2": DWS[1], "w1": DWS[0]})), DWS)
    assert arrays_of(DWS[0])[0] is DWS[0]
