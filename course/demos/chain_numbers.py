"""A small expression graph: its values, its edges' local derivatives and its paths."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from course.demos.asking import numbers, raised
from course.differentiate import complex_step_gradient
from course.forward import sigmoid
from course.running import run

MOST_NODES, MOST_PATHS = 12, 12

SWISH = [("s", "σ(x)", sigmoid, ["x"]), ("f", "x · s", lambda x, s: x * s, ["x", "s"])]
"""f = x·σ(x): two paths lead from x to f."""


@dataclass(frozen=True)
class Node:
    """A named value: function(*inputs), written as the formula."""

    name: str
    formula: str
    function: Callable
    inputs: tuple


@dataclass(frozen=True)
class Graph:
    """The input's name, the nodes in order of computing, and what follows from them.

    edges : (from, to, k), where `from` is input k of `to`; paths : lists of edge numbers, each
    path leading from the input to the last node.
    """

    input: str
    nodes: tuple
    edges: tuple
    paths: tuple

    @property
    def names(self):
        """The input and every node, in order of computing."""
        return [self.input, *(node.name for node in self.nodes)]

    def named(self, path):
        """Return a path as text: "x → s → f"."""
        return " → ".join([self.input, *(self.edges[edge][1] for edge in path)])


def graph(nodes):
    """Return the Graph of a list of (name, formula, function, [input names]).

    A name that is no node is the input; there must be exactly one. Raises ValueError where the
    list is no such graph, saying which node is wrong.
    """
    nodes = tuple(_node(given) for given in nodes)
    names = [node.name for node in nodes]
    if not 1 <= len(nodes) <= MOST_NODES or len(set(names)) < len(names):
        raise ValueError(
            f"Got nodes named {names}, but there must be 1 to {MOST_NODES} with different "
            "names; split the expression or rename them."
        )
    free = list(dict.fromkeys(name for n in nodes for name in n.inputs if name not in names))
    if len(free) != 1:
        raise ValueError(
            f"Got {free} as names that are no node, but exactly one, the input, must be none; "
            "name it in every place as in ('s', 'σ(x)', sigmoid, ['x'])."
        )
    known = {free[0]}
    for node in nodes:
        late = [name for name in node.inputs if name not in known]
        if late:
            raise ValueError(
                f"Got node {node.name!r} before its input {late[0]!r}; put {late[0]!r} first."
            )
        known.add(node.name)
    edges = tuple((name, n.name, k) for n in nodes for k, name in enumerate(n.inputs))
    idle = {free[0], *names[:-1]} - {start for start, _, _ in edges}
    if idle:
        raise ValueError(
            f"Got node {min(idle)!r}, which leads to no other; leave it out, or put it last."
        )
    return Graph(free[0], nodes, edges, tuple(_paths(edges, free[0], names[-1])))


def _node(given):
    try:
        name, formula, function, inputs = given
        node = Node(str(name), str(formula), function, tuple(inputs))
    except (TypeError, ValueError):
        node = None
    if node is None or not node.name or not callable(node.function) or not node.inputs:
        raise ValueError(
            f"Got {given!r:.80} as a node, but a node is (name, formula, function, inputs); "
            "write ('s', 'σ(x)', sigmoid, ['x'])."
        )
    return node


def _paths(edges, start, end):
    """Return the paths, shortest first; raise ValueError where they are too many to show."""
    found, open_ = [], [(start, [])]
    while open_:
        at, path = open_.pop()
        if at == end:
            found.append(path)
        open_ += [(edge[1], [*path, k]) for k, edge in enumerate(edges) if edge[0] == at]
        if len(found) > MOST_PATHS:
            raise ValueError(
                f"Got more than {MOST_PATHS} paths from {start} to {end}, too many to show; "
                "give a smaller expression."
            )
    return sorted(found, key=len)


@dataclass(frozen=True)
class Numbers:
    """Everything at one x; nan where there is no number, with a sentence in trouble.

    values : name -> value; slopes (E,) : the local derivative of each edge; products (P,) : of
    the slopes along each path; total : their sum, df/dx.
    """

    x: float
    values: dict
    slopes: np.ndarray
    products: np.ndarray
    total: float
    trouble: str = ""


def look(graph, x):
    """Return the Numbers of a Graph at x; the slopes are complex steps through one node each."""
    values, slopes, said = {graph.input: float(x)}, [], ""
    for node in graph.nodes:
        at = np.array([values[name] for name in node.inputs])
        value, slope, trouble = _through(node, at)
        said = said or trouble
        values[node.name] = value
        slopes += list(slope)
    slopes = np.array(slopes)
    products = np.array([np.prod(slopes[list(path)]) for path in graph.paths])
    return Numbers(float(x), values, slopes, products, float(products.sum()), said)


def _through(node, at):
    unknown = np.full(len(at), np.nan)
    if not np.isfinite(at).all():
        return np.nan, unknown, ""
    outcome = run(node.function, *at)
    value = numbers(outcome.value)
    if outcome.error is not None:
        return np.nan, unknown, f"The node {node.name} {raised(outcome.error)}"
    if value is None or value.size != 1 or not np.isfinite(value).all():
        return np.nan, unknown, f"The node {node.name} has no finite number here."
    stepped = run(complex_step_gradient, lambda v: node.function(*v), at)
    if stepped.error is not None or not np.isfinite(stepped.value).all():
        said = "has no derivative here" if stepped.error is None else raised(stepped.error)
        return float(value.item()), unknown, f"The node {node.name}, at a complex number, {said}"
    return float(value.item()), stepped.value, ""
