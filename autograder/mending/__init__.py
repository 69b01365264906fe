"""Notebooks put right before they are graded: what is handed in against what is expected.

`mend` takes the bytes of a file and the Pattern of the notebook that it should be, and returns a
notebook in which every expected cell stands exactly once, and sentences on what was done.
"""

from autograder.mending.mend import Mended, mend
from autograder.mending.pattern import ExpectedCell, Pattern, pattern_of, patterns_of

__all__ = ["ExpectedCell", "Mended", "Pattern", "mend", "pattern_of", "patterns_of"]
