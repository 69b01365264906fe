"""Mistakes in how the examples of a batch, or the classes, are averaged."""

from course.mistakes.mistake import Mistake
from course.mistakes.network import Network


def is_a_batch(quantities):
    """Whether examples are averaged there, be it only one: a row is a batch of one."""
    return isinstance(quantities, Network) and (len(quantities.y) > 1 or quantities.rows)


def _shares(tell):
    """Make a tell that yields shares of one example into one that yields networks."""

    def variants(quantities):
        if is_a_batch(quantities):
            for share in tell(quantities):
                cost = quantities.cost * share / quantities.share
                yield quantities.but(share=share, cost=cost)

    return variants


@_shares
def _sum(net):
    yield 1.0


@_shares
def _twice(net):
    yield net.share**2


def _twice_or_below(quantities):
    yield from _twice(quantities)
    if is_a_batch(quantities):
        # once more on the way down: the lower layers alone are too small
        yield quantities.but(wires={k: quantities.share * w for k, w in quantities.wires.items()})


@_shares
def _nominal_size(net):
    if net.batch:
        yield 1 / net.batch


def _by_classes(quantities):
    if isinstance(quantities, Network):
        classes = quantities.y.shape[1]
        yield quantities.but(
            share=quantities.share / classes,
            cost=quantities.cost / classes,
        )


MISTAKES = (
    Mistake(
        "missing-mean",
        "Is your cost a sum or a mean over the batch?",
        "Look for the 1/m: it belongs to the cost, so to every gradient.",
        _sum,
    ),
    Mistake(
        "double-mean",
        "Average once; where else do you divide by m?",
        "Look at the output's δ and at dW: only one of them may carry the 1/m.",
        _twice_or_below,
    ),
    Mistake(
        "mean-over-classes",
        "Over what does your cost average?",
        "Look at the number that the cost is divided by: examples, or examples times classes?",
        _by_classes,
    ),
    Mistake(
        "last-batch-size",
        "How many rows arrived?",
        "Look at the last batch when it is short: what takes its size for granted?",
        _nominal_size,
    ),
)
