"""What an expression graph shows, in words."""

import math

import numpy as np

from course.demos.own_numbers import troubles
from course.demos.words import number, told_apart
from course.pictures.numbers import listed

COUNTS = {1: "One path leads", 2: "Two paths lead", 3: "Three paths lead", 4: "Four paths lead"}


def meaning(graph, now, given):
    """Return the sentences on the chain_numbers.Numbers and the Own of the derivative."""
    said = [now.trouble, troubles(given), _difference(graph, now, given), _sum(graph, now)]
    return " ".join(filter(None, said))


def _sum(graph, now):
    if not math.isfinite(now.total):
        return ""
    start, end = graph.input, graph.names[-1]
    count = len(graph.paths)
    opening = f"{COUNTS.get(count, f'{count} paths lead')} from {start} to {end}"
    if count == 1:
        return f"{opening}; the product along it is {derivative(graph)} = {number(now.total)}."
    products = listed(number(product) for product in now.products)
    return (
        f"{opening}; the products {products} add up to {derivative(graph)} = {number(now.total)}."
    )


def _difference(graph, now, given):
    if given.value is None or not given.off.any():
        return ""
    mine, true = told_apart(given.value.item(), now.total)
    said = f"Your {derivative(graph)} is {mine}, the true number is {true}"
    alone = [
        path
        for path, product in zip(graph.paths, now.products, strict=True)
        if np.isclose(given.value, product, rtol=1e-7, atol=0)
    ]
    if alone and len(graph.paths) > 1:
        return f"{said}: yours is the path {graph.named(alone[0])} alone, and paths add."
    return f"{said}."


def derivative(graph):
    """Return the name of the derivative: "df/dx"."""
    return f"d{graph.names[-1]}/d{graph.input}"


def value_text(graph, now):
    """Return what the slider says: "x = 1, f = 0.731, df/dx = 0.928"."""
    last = graph.names[-1]
    parts = [(graph.input, now.x), (last, now.values[last]), (derivative(graph), now.total)]
    return ", ".join(f"{name} = {_text(value)}" for name, value in parts)


def places(graph, now):
    """Return the lines said of every node, then of every edge."""
    formulas = {node.name: node.formula for node in graph.nodes}
    said = []
    for name in graph.names:
        lines = [f"{name} = {_text(now.values[name], 6)}"]
        said.append([*lines, f"{name} = {formulas[name]}"] if name in formulas else lines)
    for (start, end, _), slope in zip(graph.edges, now.slopes, strict=True):
        said.append([
            f"∂{end}/∂{start} = {_text(slope, 6)}",
            f"how {end} changes with this {start}, all else as it is",
        ])  # fmt: skip
    return said


def alternative(graph, now):
    """Return the text alternative of the picture."""
    values = ", ".join(f"{name} = {_text(now.values[name])}" for name in graph.names)
    slopes = ", ".join(
        f"∂{end}/∂{start} = {_text(slope)}"
        for (start, end, _), slope in zip(graph.edges, now.slopes, strict=True)
    )
    return f"A graph of {len(graph.names)} nodes: {values}. Its edges: {slopes}."


def _text(value, digits=3):
    return number(value, digits) if math.isfinite(value) else "no number"
