"""Unit 10: which mistake each broken pass had."""

import hashlib

from course.driving.naming import PASSES, WORDS

CALLED = {
    "bias summed over all units": "bias-sum-all",
    "factor of two": "factor-of-two",
    "mask that lets everything through": "relu-mask-from-output",
    "mean left out": "missing-mean",
    "mean taken twice": "double-mean",
    "one layer's slope for all layers": "same-layer-reused",
    "short batch counted as a full one": "last-batch-size",
    "sign turned around": "wrong-sign",
    "slope of the activated value": "derivative-of-activated",
    "softmax derivative taken twice": "softmax-derivative-twice",
    "transpose left out": "untransposed-weights",
    "weights updated too early": "updated-weights-first",
    "z where a belongs": "preactivation-for-activation",
}
"""Words for a mistake -> its id in the library."""

# students have this file too: nobody should read the answers in passing
_DIGESTS = (
    "223da2ca5936",
    "52ffc5cefab1",
    "48c60ae7146b",
    "3dd587598e31",
    "708856b4ee99",
    "db1143f1575d",
    "4dd85b0bb523",
    "a89aa9508f0a",
)


def _answer(task, digest):
    def digest_of(word):
        return hashlib.sha256(f"bugs.name {task}: {word}".encode()).hexdigest()

    return next(word for word in WORDS if digest_of(word).startswith(digest))


MADE = {task: _answer(task, digest) for task, digest in zip(PASSES, _DIGESTS, strict=True)}
"""Task -> the words for the mistake in it."""

IDS = {task: CALLED[word] for task, word in MADE.items()}
"""Task -> the id of the mistake in it."""


def _taken_for_another(task):
    """Return a function that yields the answers of those who take a mistake for another one."""

    def answers():
        for word in WORDS:
            if word != MADE[task]:
                yield tuple({**MADE, task: word}.values())

    return answers


NAMES_SHOW = {IDS[task]: _taken_for_another(task) for task in MADE}
"""What is found behind a wrong name is the mistake that was not recognised."""
