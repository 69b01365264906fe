"""What was measured of a demo, which bars it misses, and the table of it all in Markdown."""

from dataclasses import dataclass

MEGABYTE = 2**20


@dataclass(frozen=True)
class Measured:
    """What was measured of one demo, in milliseconds and bytes."""

    name: str
    median: float
    slow: float
    interact: float
    first: float
    queued: int
    last: float
    kernel: tuple
    heap: tuple

    def misses(self):
        """Return the bars that are missed, in words."""
        bars = {
            f"median {self.median:.0f} ms, bar 50 ms": self.median <= 50,
            f"95th percentile {self.slow:.0f} ms, bar 100 ms": self.slow <= 100,
            f"first picture {self.first:.0f} ms, bar 1000 ms": self.first <= 1000,
            f"last picture {self.last:.0f} ms after the release, bar 100 ms": self.last <= 100,
            f"kernel grew {_growth(self.kernel):.1f} MB, bar 5 MB": _growth(self.kernel) <= 5,
            f"page grew {_growth(self.heap):.1f} MB, bar 5 MB": _growth(self.heap) <= 5,
        }
        return [f"{self.name}: {said}" for said, held in bars.items() if not held]


def _growth(sizes):
    return (sizes[1] - sizes[0]) / MEGABYTE


def table(measured):
    """Return the table of what was measured, in Markdown."""
    lines = [
        "| demo | key to picture, median (ms) | 95th percentile (ms)"
        " | interact + matplotlib, median (ms) | ratio | first picture (ms)"
        " | held key, moves a second | last picture after release (ms)"
        " | kernel, before → after 2,000 moves (MB) | page's heap (MB) |",
        "| --- |" + " ---: |" * 9,
    ]
    for one in measured:
        kernel, heap = (
            " → ".join(f"{size / MEGABYTE:.1f}" for size in sizes)
            for sizes in (one.kernel, one.heap)
        )
        lines.append(
            f"| {one.name} | {one.median:.0f} | {one.slow:.0f} | {one.interact:.0f}"
            f" | {one.interact / one.median:.1f} | {one.first:.0f} | {one.queued}"
            f" | {one.last:.0f} | {kernel} | {heap} |"
        )
    return "\n".join(lines)
