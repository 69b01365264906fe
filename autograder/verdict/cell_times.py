"""How long each cell of a notebook may take: those without an end leave time for the rest."""

import time

_CELL_UP = "The cell took more than {:g} s and was stopped."
_HALVED = " Each that takes too long halves the time of the cells after it, tests aside."
_LEAST = 1 / 64
_NOTEBOOK_UP = "The notebook's time of {:g} s was up."


class CellTimes:
    """The clock of one notebook, which starts now.

    limits : the Limits. A test always has a cell's whole time. Any other cell has half of it for
    each that took too long before, down to a 64th, so that the first ones together take less than
    twice the time of one: a loop that is called again and again leaves what later tests need.
    """

    def __init__(self, limits):
        self._limits, self._slow = limits, 0
        self._end = time.monotonic() + limits.notebook_seconds

    @property
    def is_up(self):
        """Whether the notebook's time is up."""
        return time.monotonic() >= self._end

    def until(self, test):
        """Return when the time of a cell is up that begins now; test : whether it is a test."""
        return min(time.monotonic() + self._seconds(test), self._end)

    def too_long(self, test):
        """Take note of a cell that took too long, and return why it was stopped, in a sentence."""
        seconds = self._seconds(test)
        self._slow += 1
        if self.is_up:
            return _NOTEBOOK_UP.format(self._limits.notebook_seconds)
        return _CELL_UP.format(seconds) + _HALVED * (seconds < self._limits.cell_seconds)

    def _seconds(self, test):
        share = 1 if test else max(_LEAST, 2.0**-self._slow)
        return self._limits.cell_seconds * share
