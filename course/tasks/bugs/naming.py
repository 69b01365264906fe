"""Unit 10: which mistake each broken pass had."""

from course.driving.naming import WORDS

MADE = {
    "fix_1": "slope of the activated value",
    "fix_2": "bias summed over all units",
    "fix_3": "mean taken twice",
    "fix_4": "mask that lets everything through",
    "fix_5": "softmax derivative taken twice",
    "fix_6": "weights updated too early",
    "fix_7": "one layer's slope for all layers",
    "fix_8": "short batch counted as a full one",
}
"""Task -> the words for the mistake in it."""

IDS = {
    "fix_1": "derivative-of-activated",
    "fix_2": "bias-sum-all",
    "fix_3": "double-mean",
    "fix_4": "relu-mask-from-output",
    "fix_5": "softmax-derivative-twice",
    "fix_6": "updated-weights-first",
    "fix_7": "same-layer-reused",
    "fix_8": "last-batch-size",
}
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
