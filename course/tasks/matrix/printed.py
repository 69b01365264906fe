"""Unit 03: the printed derivation with its misprints, and how a reader's answers are read."""

import hashlib

LINES = range(1, 9)
"""The numbers of the printed lines."""

# a word stands for its number, and zeros are what comes from those who computed nothing
WORDS = ("a0", "right", "a1", "a2", "z1", "z2", "W1", "W2", "b1", "b2", "delta1", "delta2")
"""The words, one of which is the answer to each line."""

# students have this file too: nobody should read the answers in passing
_DIGESTS = (
    "df50182d462f",
    "f220e25db8e0",
    "17c5b6f66caa",
    "426f48d7c098",
    "bda889d170b9",
    "620405786f9b",
    "cc12a7638d18",
    "58db5c30a8c5",
)


def answers():
    """Return line -> "right", or the one letter and number that the line should have."""
    return {line: _answer(line, digest) for line, digest in zip(LINES, _DIGESTS, strict=True)}


def _answer(line, digest):
    def digest_of(word):
        return hashlib.sha256(f"matrix.errata line {line}: {word}".encode()).hexdigest()

    return next(word for word in WORDS if digest_of(word).startswith(digest))


def read_errata(said, arguments):
    """Drive the answers, a dictionary: return its words in the order of the lines."""
    return tuple(_in_house_spelling(said.get(line)) for line in LINES)


def _in_house_spelling(said):
    # δ², delta_2 and Delta2 are the same answer
    if not isinstance(said, str):
        return said
    plain = said.strip().replace("δ", "delta").translate(str.maketrans("⁰¹²₀₁₂", "012012", "^_ "))
    return next((word for word in WORDS if word.casefold() == plain.casefold()), said)


def misprints_believed():
    """Yield the answers of a reader who takes every printed line for right."""
    yield tuple("right" for _ in LINES)
