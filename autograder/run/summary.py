"""What came of a run over a class, in a few lines at its end."""

from collections import Counter

from autograder.report.table import printable
from autograder.run.progress import kind

MOST = 10
"""How many submissions are listed under one heading."""


class Summary:
    """Counts what a run yields, and keeps what is to be said of single submissions."""

    def __init__(self):
        self.counts = Counter()
        self.failures, self._mends, self._trouble = [], [], []
        self._slowest = []

    def add(self, graded):
        """Count a Graded."""
        self.counts[kind(graded)] += 1
        if graded.failure:
            self.failures.append((graded.student, graded.failure))
        self._mends += [(graded.student, " ".join(graded.mends))] if graded.mends else []
        self._trouble += [(graded.student, " ".join(graded.trouble))] if graded.trouble else []
        if graded.seconds:
            self._slowest.append((graded.seconds, graded.student))
            self._slowest = sorted(self._slowest, reverse=True)[:3]

    @property
    def done(self):
        """How many have been counted."""
        return self.counts.total()

    def lines(self, seconds):
        """Return the summary of a run of so many seconds, a line each."""
        new = self.done - self.counts["left as they were"]
        if not new:
            return []
        rate = f", {new / seconds:.1f} a second" if seconds else ""
        said = [f"{n} {what}" for what, n in self.counts.items() if n]
        lines = [f"{new} graded in {seconds:.1f} s{rate}: {', '.join(said)}."]
        if self._slowest:
            slowest = ", ".join(f"{printable(who)} {taken:.1f} s" for taken, who in self._slowest)
            lines.append(f"Slowest: {slowest}.")
        lines += _listed("Mended before they were graded:", self._mends)
        lines += _listed("Stopped or broken off while they ran:", self._trouble)
        return lines + _listed("Not graded:", self.failures)


def _listed(head, entries):
    """Return a heading and a line for each entry, as far as they are few; none for none."""
    if not entries:
        return []
    lines = [f"  {printable(f'{student}: {said[:300]}')}" for student, said in entries[:MOST]]
    more = [f"  … and {len(entries) - MOST} more"] if len(entries) > MOST else []
    return [head, *lines, *more]
