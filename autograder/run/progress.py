"""How far a run over a class has come: a bar on a terminal, now and then a line elsewhere."""

import sys
from collections import Counter
from time import monotonic

SECONDS = 5.0
"""Between two lines where there is no terminal."""


def follow(run, verb="Grading", file=None):
    """Yield what a run yields, and show how far it has come, how fast, and what is left.

    run : an iterable of Graded that has a length. verb : what is being done.
    file : where to show it, standard error where none is given.
    """
    file = file or sys.stderr
    show = (_bar(verb, len(run), file) if file.isatty() else None) or _Lines(verb, len(run), file)
    with show:
        for graded in run:
            show.add(graded)
            yield graded


def kind(graded):
    """Return under what a Graded is counted."""
    if graded.failure:
        return "failed"
    if graded.skipped:
        return "left as they were"
    return "mended" if graded.mends else "done"


class _Lines:
    """A line every few seconds, for a log; a short run has none."""

    def __init__(self, verb, total, file):
        self._verb, self._total, self._file = verb, total, file
        self._done = self._skipped = 0
        self._started = self._said = monotonic()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def add(self, graded):
        self._done += 1
        self._skipped += graded.skipped
        now = monotonic()
        if now - self._said >= SECONDS:
            self._said = now
            rate = (self._done - self._skipped) / (now - self._started)
            left = f", {_in_words((self._total - self._done) / rate)} left" if rate else ""
            print(
                f"{self._verb}: {self._done} of {self._total}, {rate:.1f} a second{left}",
                file=self._file,
                flush=True,
            )


def _in_words(seconds):
    return f"{seconds:.0f} s" if seconds < 100 else f"{seconds / 60:.0f} min"


def _bar(verb, total, file):
    """Return a bar drawn by rich, or None where rich is not installed."""
    try:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
        )
    except ImportError:
        return None

    class Bar(Progress):
        """Progress with the counts of what came of the submissions so far."""

        def start(self):
            self.counts = Counter()
            self.task = self.add_task(verb, total=total, counts="", rate="")
            super().start()

        def add(self, graded):
            self.counts[kind(graded)] += 1
            speed = self.tasks[0].speed
            self.update(
                self.task,
                advance=1,
                rate=f"{speed:.1f}/s" if speed else "",
                counts=" · ".join(f"{n} {what}" for what, n in self.counts.items()),
            )

    return Bar(
        TextColumn("{task.description}"),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(compact=True, elapsed_when_finished=True),
        TextColumn("{task.fields[counts]}"),
        console=Console(file=file),
        transient=True,
    )
