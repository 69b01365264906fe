"""A small histogram as numbers for an SVG: bars with their counts above, and a text for them."""

from dataclasses import dataclass

BAR, GAP, TOP, BOTTOM = 22, 4, 13, 14
"""In pixels: a bar, the gap between two, the room for counts above and for ticks below."""


@dataclass(frozen=True)
class Bar:
    """One bar: x, y, width and height in pixels from the top left, its count and its tick."""

    x: float
    y: float
    width: float
    height: float
    count: int
    tick: str

    @property
    def middle(self):
        """Where its count and its tick stand, from the left."""
        return self.x + self.width / 2


@dataclass(frozen=True)
class Histogram:
    """The bars of one histogram, the size of the picture, and what it says to a listener.

    bars : of all ranges, empty ones too, which have no height. base : where they stand, from
    the top. says : the counts in words.
    """

    bars: tuple[Bar, ...]
    width: float
    height: float
    base: float
    says: str


def histogram(slices, tall=30, wide=1):
    """Return the Histogram of Slices; tall : the highest bar, in pixels; wide : times the width."""
    most = max((one.count for one in slices), default=0)
    base, width = TOP + tall, BAR * wide
    bars = []
    for k, one in enumerate(slices):
        # a single student among two thousand is still to be seen
        height = max(2.0, tall * one.count / most) if one.count else 0.0
        bars.append(Bar(k * (width + GAP), base - height, width, height, one.count, one.tick))
    counts = "; ".join(f"{one.label}: {one.count}" for one in slices if one.count)
    return Histogram(
        tuple(bars),
        len(slices) * (width + GAP) - GAP,
        base + BOTTOM,
        base,
        f"Students by points. {counts}." if counts else "Nobody was graded.",
    )
