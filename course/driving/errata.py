"""Unit 03: how a reader's answers on the printed derivation are read."""

LINES = range(1, 9)
"""The numbers of the printed lines."""

# a word stands for its number, and zeros are what comes from those who computed nothing
WORDS = ("a0", "right", "a1", "a2", "z1", "z2", "W1", "W2", "b1", "b2", "delta1", "delta2")
"""The words, one of which is the answer to each line."""


def read_errata(said, arguments):
    """Drive the answers, a dictionary: return its words in the order of the lines."""
    return tuple(_in_house_spelling(said.get(line)) for line in LINES)


def _in_house_spelling(said):
    # δ², delta_2 and Delta2 are the same answer
    if not isinstance(said, str):
        return said
    plain = said.strip().replace("δ", "delta").translate(str.maketrans("⁰¹²₀₁₂", "012012", "^_ "))
    return next((word for word in WORDS if word.casefold() == plain.casefold()), said)
