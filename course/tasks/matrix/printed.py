"""Unit 03: the printed derivation with its misprints."""

import hashlib

from course.driving.errata import LINES, WORDS

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


def misprints_believed():
    """Yield the answers of a reader who takes every printed line for right."""
    yield tuple("right" for _ in LINES)
