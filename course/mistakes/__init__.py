"""The library of mistakes: what they are called, how they show, what helps.

One entry in one module adds a mistake. Checks, hints, planted tests, feedback and the class
report all read it from here.
"""

from difflib import get_close_matches
from functools import cache
from types import MappingProxyType


@cache
def all_mistakes():
    """Return every mistake as a read-only mapping from id to Mistake."""
    from course.mistakes import (
        arrays,
        averages,
        biases,
        graphs,
        layers,
        numerics,
        output_error,
        starting,
        way_back,
    )

    modules = (layers, way_back, output_error, averages, biases, arrays, numerics, graphs, starting)
    return MappingProxyType({m.id: m for module in modules for m in module.MISTAKES})


def find_mistake(mistake_id):
    """Return the Mistake of that id; raises ValueError, naming the nearest, where none has it."""
    mistakes = all_mistakes()
    if mistake_id in mistakes:
        return mistakes[mistake_id]
    near = get_close_matches(str(mistake_id), mistakes, n=1, cutoff=0)
    raise ValueError(
        f"Got the mistake {mistake_id!r}, but the library has none of that id. The nearest is "
        f"{near[0]!r}."
    )
