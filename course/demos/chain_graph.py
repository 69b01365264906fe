"""The demo of the chain rule: an expression as a graph, its input under the finger."""

import math
import numbers

import numpy as np
import traitlets

from course.demos import chain_words as words
from course.demos.chain_layout import layout
from course.demos.chain_numbers import SWISH, graph, look
from course.demos.demo import SLID, Demo, in_bytes, joined
from course.demos.own_numbers import own


class ChainGraph(Demo):
    """An expression as a graph: values, local derivatives, and their product along each path.

    The student's own derivative stands beside the sum of the paths, hatched where it differs.
    What it prints is dropped; where it fails, a sentence says how.

    Parameters
    ----------
    nodes : list of (name, formula, function, input names) in order of computing; the last is
        the output, and the one name that is no node is the input. The functions take and give
        one number each and let complex numbers through. By default f = x·σ(x), with a fork:
        [("s", "σ(x)", sigmoid, ["x"]), ("f", "x · s", lambda x, s: x * s, ["x", "s"])].
    x : the input to begin with.
    derivative : the student's derivative(x) -> float of the output; may be left out. The true
        one is the sum over the paths of complex steps through one node each.
    reach : (low, high) of the slider.

    Attributes that may be set, and that the controls set: x; path, the number of the path that
    is traced, or −1. To be read: numbers, the true ones.

    Raises ValueError for nodes that make no such graph, more than 12 nodes or paths, an x
    outside the reach, a path that there is not, and a derivative that cannot be called.
    """

    _esm = joined("drawing.js", "sliders.js", "tips.js", "chain_graph_picture.js",
                  "chain_graph.js")  # fmt: skip
    _css = joined("demo.css", "places.css", "chain_graph.css")

    x = traitlets.Float().tag(**SLID)
    path = traitlets.Int(-1).tag(sync=True)

    graph = traitlets.Dict().tag(sync=True)
    picture = traitlets.Dict().tag(sync=True)
    values = traitlets.Bytes(help="nodes, edges, paths, their sum, the student's").tag(sync=True)

    def __init__(self, nodes=None, x=1.0, *, derivative=None, reach=(-4.0, 4.0)):
        if derivative is not None and not callable(derivative):
            raise ValueError(
                f"Got derivative={derivative!r:.80}, but derivative must be a function of x; "
                "write derivative=derivative, without calling it."
            )
        self._graph, self._function = graph(SWISH if nodes is None else nodes), derivative
        self._low, self._high = _ordered(reach)
        self._layout = layout(self._graph)
        self.numbers = None
        start = self._within(x)
        super().__init__()
        with self._together():
            self.x = start
            self.graph = self._drawn()

    def figure(self):
        """Return the present picture as a matplotlib Figure, for print and feedback pages."""
        from course.demos.chain_graph_figure import draw

        return draw(self._graph, self._layout, self.numbers, self.path, self.picture["sentence"])

    def in_words(self):
        """Return in one line what the demo shows at present."""
        return (
            f"Chain rule, {words.value_text(self._graph, self.numbers)}. {self.picture['sentence']}"
        )

    def _look(self):
        now = self.numbers = look(self._graph, self.x)
        # without a true number there is nothing to hold the student's against
        asked = self._function if math.isfinite(now.total) else None
        given = own(asked, [now.x], now.total, "derivative")
        mine = np.nan if given.value is None else given.value
        values = [now.values[name] for name in self._graph.names]
        self.values = in_bytes([*values, *now.slopes, *now.products, now.total, mine])
        self.picture = {
            "off": bool(given.off),
            "said": words.places(self._graph, now),
            "value_text": words.value_text(self._graph, now),
            "sentence": words.meaning(self._graph, now, given),
            "alternative": words.alternative(self._graph, now),
        }

    def _drawn(self):
        """Return what of the graph does not move with x."""
        places, routes = self._layout
        formulas = {node.name: node.formula for node in self._graph.nodes}
        return {
            "low": self._low,
            "high": self._high,
            "nodes": [
                {"name": name, "formula": formulas.get(name, ""), "place": places[name]}
                for name in self._graph.names
            ],
            "edges": [
                {"name": f"∂{end}/∂{start}", "route": route, "twin": self._twin(k)}
                for k, ((start, end, _), route) in enumerate(
                    zip(self._graph.edges, routes, strict=True)
                )
            ],
            "paths": [list(path) for path in self._graph.paths],
            "path_names": [self._graph.named(path) for path in self._graph.paths],
            "derivative": words.derivative(self._graph),
            "asked": self._function is not None,
        }

    def _twin(self, k):
        """Return how far an edge bends away from others between the same nodes."""
        same = [
            n for n, edge in enumerate(self._graph.edges) if edge[:2] == self._graph.edges[k][:2]
        ]
        return same.index(k) - (len(same) - 1) / 2

    def _within(self, x):
        if isinstance(x, numbers.Real) and self._low <= x <= self._high:
            return float(x)
        raise ValueError(
            f"Got x={x!r:.80}, but x goes from {self._low} to {self._high}; set a number there, "
            "or give another reach."
        )

    @traitlets.observe("x")
    def _on_setting(self, change):
        with self._together():
            pass

    @traitlets.validate("x")
    def _valid_x(self, proposal):
        return self._within(proposal.value)

    @traitlets.validate("path")
    def _valid_path(self, proposal):
        count = len(self._graph.paths)
        if -1 <= proposal.value < count:
            return proposal.value
        raise ValueError(
            f"Got path={proposal.value}, but the paths are counted from 0 to {count - 1}; "
            "set one of them, or −1 for none."
        )


def _ordered(reach):
    try:
        low, high = map(float, reach)
    except (TypeError, ValueError):
        low = high = math.nan
    if math.isfinite(low) and math.isfinite(high) and low < high:
        return low, high
    raise ValueError(
        f"Got reach={reach!r:.80}, but the reach must be two numbers, the lower one first; "
        "write reach=(-4, 4)."
    )
