"""How a mistake is described: once, for hints, planted tests, feedback and reports."""

from collections.abc import Callable
from dataclasses import dataclass


def _no_variants(quantities):
    return ()


def _never(*arguments):
    return False


@dataclass(frozen=True)
class Mistake:
    """One mistake that people make, and how it shows.

    id : its fixed name.
    hint : the least that gets a reader moving: a question or a rule, never the line of code.
    look : the second hint: the part of the formula to look at.
    variants : quantities -> the same quantities as the mistake would make them, one for each
        way of making it; empty where the quantities are not of a kind that it can touch.
    raises : (quantities, text of an exception) -> whether the mistake raises just that there.
    seen : (Evidence, part) -> whether what happened around the values of a part shows it:
        their shapes, or the cases in which they fail.
    at_output : whether it is made in the output's error, so that it cannot be behind a part
        whose own predecessors are right.
    gives_zeros : whether zeros are how it shows; no other mistake explains zeros.
    spoils : (Evidence, part, Trial) -> whether it may be behind whatever came in that trial;
        asked only of a mistake that is one of two made at once.
    habit : (Evidence, part) -> whether the call does it, right values or not. Half the points.
    stops_with : the trait of those cases in which a habit may stop the call, so that the other
        cases judge its values; a call that is stopped anywhere else is wrong there.
    """

    id: str
    hint: str
    look: str
    variants: Callable = _no_variants
    raises: Callable = _never
    seen: Callable = _never
    spoils: Callable = _never
    habit: Callable = _never
    stops_with: str = ""
    at_output: bool = False
    gives_zeros: bool = False

    @property
    def is_habit(self):
        """Whether it is something that a call does besides the values it returns."""
        return self.habit is not _never
