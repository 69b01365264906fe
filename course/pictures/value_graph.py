"""A graph of values that remember what they were made of, drawn from their parents alone."""

from course.pictures import style
from course.pictures.picture import Picture

_STEP, _ROW, _BOX = 200, 96, (116, 66)
_MOST = 40


def value_graph_picture(value, names=None, *, title=""):
    """Return a Picture of the graph behind a value: boxes, and the local slope on each arrow.

    value : an object with `data`, `grad` and `parents`, pairs (object, slope), as the notebook
        on automatic differentiation has it.
    names : list of pairs (object, name), for the boxes that should have one.
    title : a line above the picture.

    Raises ValueError for a graph of more than 40 values, or one that runs in a circle.
    """
    nodes = _from_the_end(value)
    called = {id(node): name for node, name in names or ()}
    columns = _columns(nodes)
    places = _places(nodes, columns)
    with style.house_style():
        figure = _drawn(nodes, called, places, title)
    told = "; ".join(_told(node, called) for node in reversed(nodes))
    return Picture(figure, f"A graph of {len(nodes)} values. {told}.")


def _from_the_end(value):
    """Return the nodes so that each comes before all that it was made of."""
    left = {}
    waiting = [value]
    met = {id(value): value}
    while waiting:
        here = waiting.pop()
        for parent, _ in here.parents:
            left[id(parent)] = left.get(id(parent), 0) + 1
            if id(parent) not in met:
                met[id(parent)] = parent
                waiting.append(parent)
        if len(met) > _MOST:
            raise ValueError(
                f"Got a graph of more than {_MOST} values, which no page can show; draw a part "
                "of it, from a value further up."
            )
    ready, order = [value] * (not left.get(id(value))), []
    while ready:
        here = ready.pop(0)
        order.append(here)
        for parent, _ in here.parents:
            left[id(parent)] -= 1
            if not left[id(parent)]:
                ready.append(parent)
    if len(order) < len(met):
        raise ValueError("Got a graph in which a value is made of itself; parents come first.")
    return order


def _columns(nodes):
    """Return id -> how many arrows lie between a node and the end, at most."""
    columns = {id(node): 0 for node in nodes}
    for node in nodes:
        for parent, _ in node.parents:
            columns[id(parent)] = max(columns[id(parent)], columns[id(node)] + 1)
    return columns


def _places(nodes, columns):
    """Return id -> (x, y) in pixels, the end on the right, each column about the middle."""
    last = max(columns.values())
    members = [[n for n in nodes if columns[id(n)] == k] for k in range(last + 1)]
    places = {}
    for k, column in enumerate(members):
        for row, node in enumerate(column):
            y = ((len(column) - 1) / 2 - row) * _ROW
            places[id(node)] = (last - k) * _STEP, y
    return places


def _drawn(nodes, called, places, title):
    xs, ys = zip(*places.values(), strict=True)
    left, right = min(xs) - 80, max(xs) + 80
    bottom, top = min(ys) - 50, max(ys) + (86 if title else 50)
    figure = style.pixel_figure(right - left, top - bottom)
    axes = figure.add_axes([0, 0, 1, 1])
    axes.set(xlim=(left, right), ylim=(bottom, top))
    axes.axis("off")
    if title:
        axes.text(left + 22, top - 24, title, fontsize=11, weight="bold", va="center")
    for node in nodes:
        for k, (parent, slope) in enumerate(node.parents):
            # two uses of one value by another must not lie over one another
            twice = [p for p, _ in node.parents].count(parent) > 1
            _arrow(axes, places[id(parent)], places[id(node)], slope, 14 * (k - 0.5) * twice)
    for node in nodes:
        _box(axes, *places[id(node)], called.get(id(node), ""), node)
    return figure


def _arrow(axes, start, end, slope, shift):
    x0, y0, x1, y1 = start[0] + _BOX[0] / 2, start[1] + shift, end[0] - _BOX[0] / 2, end[1] + shift
    line = {"arrowstyle": "-|>", "color": style.FORWARD, "lw": 1.3, "shrinkA": 0, "shrinkB": 0}
    axes.annotate("", (x1, y1), (x0, y0), arrowprops=line)
    at = 0.45
    axes.text(
        x0 + at * (x1 - x0), y0 + at * (y1 - y0), f"{slope:.3g}".replace("-", "−"), fontsize=9,
        color=style.FORWARD_TEXT, ha="center", va="center",
        bbox={"fc": style.PANEL, "ec": "none", "pad": 1.0},
    )  # fmt: skip


def _box(axes, x, y, name, node):
    from matplotlib.patches import FancyBboxPatch

    width, height = _BOX
    axes.add_patch(
        FancyBboxPatch(
            (x - width / 2 + 6, y - height / 2 + 6),
            width - 12,
            height - 12,
            zorder=2,
            boxstyle="round,pad=6",
            fc=style.PANEL,
            ec=style.QUIET,
            lw=1.2,
        )
    )
    number = f"{node.data:.4g}".replace("-", "−")
    text = f"{name} = {number}" if name else number
    axes.text(x, y + 13, text, fontsize=10, ha="center", va="center", zorder=3)
    grad = f"grad {node.grad:.4g}".replace("-", "−")
    axes.text(
        x, y - 13, grad, fontsize=9, color=style.BACKWARD_TEXT, ha="center", va="center", zorder=3
    )


def _told(node, called):
    def name(one):
        return called.get(id(one), f"{one.data:.4g}")

    made = ", ".join(f"{name(parent)} (slope {slope:.3g})" for parent, slope in node.parents)
    said = f"{name(node)} is {node.data:.4g}, grad {node.grad:.4g}"
    return f"{said}, made of {made}" if made else said
