"""The picture of an expression graph as a figure that stays, for print and feedback pages."""

import math
from itertools import pairwise

import numpy as np

from course.demos.chain_words import derivative
from course.pictures.numbers import value_text
from course.pictures.style import (
    BACKWARD,
    BACKWARD_TEXT,
    FORWARD,
    FORWARD_TEXT,
    FORWARD_TINT,
    INK,
    QUIET,
    house_style,
    pixel_figure,
    points,
)


def draw(graph, places_and_routes, now, traced, sentence):
    """Return a matplotlib Figure of a Graph and its Numbers; traced is the path drawn wide."""
    places, routes = places_and_routes
    columns = max(column for column, _ in places.values())
    rows = [row for route in routes for _, row in route]
    path = graph.paths[traced] if traced >= 0 else ()
    lines = [*_paths(graph, now), sentence]
    with house_style():
        height = 120 * (max(rows) - min(rows) + 1)
        figure = pixel_figure(200 * (columns + 1), height + 26 * (len(lines) + 1))
        axes = figure.add_subplot()
        axes.set(xlim=(-0.5, columns + 0.5), ylim=(max(rows) + 0.5, min(rows) - 0.5))
        axes.set_axis_off()
        for k, route in enumerate(routes):
            _edge(axes, graph.edges[k], route, now.slopes[k], k in path, _bend(graph, k))
        formulas = {node.name: f"{node.name} = {node.formula}" for node in graph.nodes}
        for name, (column, row) in places.items():
            _node(axes, formulas.get(name, name), now.values[name], column, row)
        figure.supxlabel("\n".join(lines), color=INK, fontsize=points(13), wrap=True)
        figure.set_layout_engine("constrained")
    return figure


def _paths(graph, now):
    said = []
    for path, product in zip(graph.paths, now.products, strict=True):
        factors = " × ".join(value_text(now.slopes[edge]) for edge in path)
        said.append(f"{graph.named(path)}:  {factors} = {value_text(product)}")
    total = value_text(now.total) if math.isfinite(now.total) else "?"
    return [*said, f"{derivative(graph)} = {total}, their sum"]


def _bend(graph, k):
    same = [n for n, edge in enumerate(graph.edges) if edge[:2] == graph.edges[k][:2]]
    return 0.6 * (same.index(k) - (len(same) - 1) / 2)


def _node(axes, formula, value, column, row):
    from matplotlib.patches import FancyBboxPatch

    axes.add_patch(FancyBboxPatch(
        (column - 0.24, row - 0.24), 0.48, 0.48, boxstyle="round,pad=0.02",
        facecolor=FORWARD_TINT, edgecolor=FORWARD, linewidth=points(1.5), zorder=3,
    ))  # fmt: skip
    axes.text(column, row - 0.09, formula, ha="center", va="center", zorder=4)
    axes.text(column, row + 0.12, value_text(value), ha="center", va="center", zorder=4,
              color=FORWARD_TEXT, weight="bold")  # fmt: skip


def _edge(axes, edge, route, slope, wide, bend):
    from matplotlib.patches import FancyArrowPatch
    from matplotlib.path import Path

    start, end, _ = edge
    corners = np.array(route, dtype=float)
    corners[0, 0] += 0.26
    corners[-1, 0] -= 0.27
    vertices, codes = [corners[0]], [Path.MOVETO]
    for (x0, y0), (x1, y1) in pairwise(corners):
        middle = (x0 + x1) / 2
        vertices += [(middle, y0 + bend), (middle, y1 + bend), (x1, y1)]
        codes += [Path.CURVE4] * 3
    axes.add_patch(FancyArrowPatch(
        path=Path(vertices, codes), arrowstyle="->", mutation_scale=12,
        color=BACKWARD if wide else QUIET, linewidth=points(4 if wide else 1.6),
    ))  # fmt: skip
    x, y = corners.mean(axis=0) if len(corners) == 2 else corners[len(corners) // 2]
    y += bend / 1.33
    axes.text(x, y, f"∂{end}/∂{start}\n{value_text(slope)}", ha="center", va="center",
              color=BACKWARD_TEXT, zorder=5,
              bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5})  # fmt: skip
