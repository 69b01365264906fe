"""Unit 10: the names of mistakes in plain words, and which of them each broken pass had."""

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

# a word stands for its number, and zeros are what comes from those who computed nothing
WORDS = (
    "nothing is wrong",
    "bias summed over all units",
    "factor of two",
    "mask that lets everything through",
    "mean left out",
    "mean taken twice",
    "one layer's slope for all layers",
    "short batch counted as a full one",
    "sign turned around",
    "slope of the activated value",
    "softmax derivative taken twice",
    "transpose left out",
    "weights updated too early",
    "z where a belongs",
)
"""The words, one of which is the answer for each pass."""

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


def read_names(answers, arguments):
    """Drive the answers, a dictionary: return its words in the order of the passes."""
    return tuple(_as_listed(answers.get(task)) for task in MADE)


def _as_listed(said):
    if not isinstance(said, str):
        return said
    plain = " ".join(said.replace("’", "'").split()).rstrip(".").casefold()
    return next((word for word in WORDS if word.casefold() == plain), said)


def _taken_for_another(task):
    """Return a function that yields the answers of those who take a mistake for another one."""

    def answers():
        for word in WORDS:
            if word != MADE[task]:
                yield tuple({**MADE, task: word}.values())

    return answers


NAMES_SHOW = {IDS[task]: _taken_for_another(task) for task in MADE}
"""What is found behind a wrong name is the mistake that was not recognised."""
