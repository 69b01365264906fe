"""Unit 10: the names of mistakes in plain words, of which each broken pass is given one."""

PASSES = tuple(f"fix_{number}" for number in range(1, 9))
"""The tasks in which a pass was mended."""

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


def read_names(answers, arguments):
    """Drive the answers, a dictionary: return its words in the order of the passes."""
    return tuple(_as_listed(answers.get(task)) for task in PASSES)


def _as_listed(said):
    if not isinstance(said, str):
        return said
    plain = " ".join(said.replace("’", "'").split()).rstrip(".").casefold()
    return next((word for word in WORDS if word.casefold() == plain), said)
