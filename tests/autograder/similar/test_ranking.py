import time
from dataclasses import replace

import numpy as np
import pytest

from autograder.planted import reference_sources
from autograder.similar.alike import Answer, Task
from autograder.similar.pieces import take_apart
from autograder.similar.ranking import FEWEST, rank

from .written_class import copied, disguised, tasks_of, write_class

WRONG_ALIKE = "d = np.cumsum(p - y)[::-1] / (1 + len(p))\nreturn d * np.roll(p, 2) - 0.37 * y"


@pytest.fixture(scope="module", params=[1, 4])
def compared(request):
    """A class of 200 with 10 right and 10 wrong answers copied in disguise; and what was found."""
    writers = write_class(np.random.default_rng(request.param), 180, 10, 10)
    began = time.perf_counter()
    rankings, wholes = rank(tasks_of(writers))
    seconds = time.perf_counter() - began
    alone = {pair.students for ranking in rankings.values() for pair in ranking.pairs}
    together = {whole.students for whole in wholes}
    return writers, alone, together, seconds


@pytest.mark.slow
class TestClassOf200:
    def test_every_copied_mistake_is_found_by_its_cell(self, compared):
        writers, alone, _, _ = compared
        wrong = {writer.student for writer in writers if writer.after and writer.wrong}
        assert {pair for pair in copied(writers) if wrong & set(pair)} <= alone

    def test_most_copies_of_right_answers_are_found_by_the_whole(self, compared):
        writers, alone, together, _ = compared
        assert len(copied(writers) & (alone | together)) >= 18

    def test_nobody_else_is_shown_but_who_wrote_the_same_to_the_letter(self, compared):
        writers, alone, together, _ = compared
        wrote = {writer.student: writer.wrote for writer in writers}
        others = (alone | together) - copied(writers)
        assert all(wrote[one] == wrote[other] for one, other in others)
        assert len(others) <= 3

    def test_it_is_quick(self, compared):
        assert compared[3] < 20


def answers_of(texts, **more):
    return tuple(Answer(f"s{at:03}", take_apart(text), **more) for at, text in enumerate(texts))


def various(count):
    """Return answers in which everybody has a number of factors of their own."""
    return [f"d = {' @ '.join(['p'] * (2 + at))} - y" for at in range(count)]


def test_a_style_of_many_is_no_news():
    style = (
        "d = np.array([q - t for q, t in zip(p, y)])\n"
        "e = np.where(a > 0, d, d[::-1])\n"
        "return np.einsum('j,i->ji', d, x)"
    )
    for sharing, shown in ((2, 1), (4, 6), (5, 0), (9, 0)):
        texts = [*various(40), *[style] * sharing]
        rankings, _ = rank({"loss": Task(answers_of(texts))})
        assert len(rankings["loss"].pairs) == shown


def test_the_reference_and_what_was_given_count_little():
    own = WRONG_ALIKE
    texts = [*various(40), own, own]
    known = frozenset(take_apart(own).keys)
    assert len(rank({"a": Task(answers_of(texts))})[0]["a"].pairs) == 1
    assert rank({"a": Task(answers_of(texts), reference=known)})[0]["a"].pairs == ()
    assert rank({"a": Task(answers_of(texts), released=known)})[0]["a"].pairs == ()


def test_a_mistake_in_both_weighs_more():
    texts = [*various(40), WRONG_ALIKE, WRONG_ALIKE]

    def beyond(**more):
        answers = list(answers_of(texts, earned=10.0, possible=10.0))
        answers[-2:] = [replace(answer, **more) for answer in answers[-2:]]
        (pair,) = rank({"a": Task(tuple(answers))})[0]["a"].pairs
        return pair.beyond

    right = beyond()
    lost = beyond(earned=3.0)
    named = beyond(earned=3.0, wrong=frozenset({("wrong-sign", True)}))
    own = beyond(earned=3.0, wrong=frozenset({("dW1: off by …", False)}))
    assert right < lost < named < own


def test_the_same_mistake_in_unlike_answers_is_no_likeness():
    texts = various(42)
    answers = list(answers_of(texts, earned=10.0, possible=10.0))
    same = frozenset({("dW1: off by …", False)})
    for at in (10, 35):
        answers[at] = replace(answers[at], earned=0.0, wrong=same)
    assert rank({"a": Task(tuple(answers))})[0]["a"].pairs == ()


def test_the_same_wrong_values_are_alike():
    texts = [f"s = {{'a': {at}.31, 'b': {at}.47, 'c': {at}.53}}" for at in range(40)]
    texts += ["s = {'a': 0.123, 'b': 0.77, 'c': 9.5}"] * 2
    answers = answers_of(texts, earned=1.0, possible=4.0)
    (pair,) = rank({"a": Task(answers)})[0]["a"].pairs
    assert pair.students == ("s040", "s041")
    assert pair.values == {"0.123": 2, "0.77": 2, "9.5": 2}


def test_answers_that_are_no_python_are_compared_too():
    broken = "d = (p - y * np.roll(p, 3) @ W2\ne = d ** 2 / (1 + len(p) - 0.5 * d[::-1]"
    texts = [*various(40), broken, broken.replace("d", "delta")]
    assert len(rank({"a": Task(answers_of(texts))})[0]["a"].pairs) == 1


def test_chance_cannot_be_told_from_a_few():
    texts = [*various(FEWEST - 3), WRONG_ALIKE, WRONG_ALIKE]
    rankings, wholes = rank({"a": Task(answers_of(texts)), "b": Task(())})
    assert not rankings["a"].told
    assert (rankings["a"].pairs, rankings["b"].count, wholes) == ((), 0, ())


def test_a_class_that_writes_one_thing_is_alike_to_nobody():
    texts = [reference_sources("two_layer")["backward"]] * 30
    rankings, wholes = rank({"a": Task(answers_of(texts)), "b": Task(answers_of(texts))})
    assert rankings["a"].pairs == rankings["b"].pairs == wholes == ()


def test_order_of_the_class_and_another_run_change_nothing():
    writers = write_class(np.random.default_rng(3), 40, 2, 2)
    first = rank(tasks_of(writers))
    again = rank(tasks_of(writers[::-1]))
    assert [whole.students for whole in first[1]] == [whole.students for whole in again[1]]
    assert first[0].keys() == again[0].keys()


def test_the_disguise_is_one():
    text = reference_sources("two_layer")["backward"]
    other = disguised(np.random.default_rng(0), text)
    assert other != text
    assert take_apart(other).keys == take_apart(text).keys
