"""The three products of a way back: matrix times vector, entry by entry, and outer."""

import numpy as np

from course.pictures import style
from course.pictures.numbers import value_text, weight_texts
from course.pictures.picture import Picture

MOST_ROWS, MOST_COLUMNS = 5, 4

# all lengths in CSS pixels
_CELL, _TALL, _GAP, _MARGIN = 72, 38, 40, 28
_ABOVE, _BELOW, _BETWEEN = 116, 58, 66
_TONES = {
    "plain": (style.PANEL, style.INK),
    "back": (style.BACKWARD_TINT, style.BACKWARD_TEXT),
    "known": (style.FORWARD_TINT, style.FORWARD_TEXT),
}
_JOBS = (
    ("matrix times vector", "sums over the shared index"),
    ("entry by entry  ⊙", "pairs entries"),
    ("outer", "multiplies every pair"),
)


def three_products_picture(matrix, vector, factors, row, *, names=None, entry=(1, 0)):
    """Return a Picture of u = M v, then w = u ⊙ f, then the outer product of w and a row.

    In the pictures of the course M, v are on their way back, f and the row are known from the
    way forward. One entry of each result is framed, with all that it is made of.

    Parameters
    ----------
    matrix : (n, k). vector : (k,). factors : (n,). row : (m,); n up to 5, k and m up to 4.
    names : what M, v, u, f, w, the row and the outer product are called, in mathtext without
        dollars; by default M, v, u, f, w, r and P.
    entry : the row and the column of the outer product's framed entry.

    Raises ValueError where shapes do not fit together or are too large.
    """
    M, v, f, r = (np.asarray(array, dtype=float) for array in (matrix, vector, factors, row))
    _check(M, v, f, r)
    names = names or ("M", "v", "u", "f", "w", r"r^\top", "P")
    u = M @ v
    w = u * f
    j, i = entry
    panels = [
        [
            _Block(names[0], M, "plain", (M[j : j + 1], j, 0)),
            " ",
            _Block(names[1], v[:, None], "back", (v[:, None], 0, 0)),
            "=",
            _Block(names[2], u[:, None], "back", (u[j : j + 1, None], j, 0)),
        ],
        [
            _Block(names[2], u[:, None], "back", (u[j : j + 1, None], j, 0)),
            "⊙",
            _Block(names[3], f[:, None], "known", (f[j : j + 1, None], j, 0)),
            "=",
            _Block(names[4], w[:, None], "back", (w[j : j + 1, None], j, 0)),
        ],
        [
            _Block(names[4], w[:, None], "back", (w[j : j + 1, None], j, 0)),
            " ",
            _Block(names[5], r[None, :], "known", (r[None, i : i + 1], 0, i)),
            "=",
            _Block(names[6], np.outer(w, r), "back", (np.outer(w, r)[j : j + 1, [i]], j, i)),
        ],
    ]
    with style.house_style():
        figure = _drawn(panels, len(M))
    return Picture(figure, _words(names, M, v, u, f, w, r, entry))


def _check(M, v, f, r):
    fits = M.ndim == 2 and v.shape == (M.shape[1],) and f.shape == (M.shape[0],) and r.ndim == 1
    if not fits:
        raise ValueError(
            f"Got shapes {M.shape}, {v.shape}, {f.shape} and {r.shape}, but they must be (n, k), "
            "(k,), (n,) and (m,); look at which of them does not fit."
        )
    if M.shape[0] > MOST_ROWS or max(M.shape[1], len(r)) > MOST_COLUMNS:
        raise ValueError(
            f"Got shapes {M.shape} and {r.shape}, but cells that can be read are up to "
            f"{MOST_ROWS} rows by {MOST_COLUMNS} columns; pass a smaller example."
        )


class _Block:
    """An array with its name, its tone and the part that is framed: (values, row, column)."""

    def __init__(self, name, values, tone, framed):
        self.name, self.values, self.tone, self.framed = name, values, tone, framed
        self.rows, self.columns = values.shape

    @property
    def shape_text(self):
        return f"({self.rows}, {self.columns})"


def _width(panel):
    return sum(p.columns * _CELL if isinstance(p, _Block) else _GAP for p in panel)


def _drawn(panels, rows):
    # the first two side by side, the outer product below with room of its own
    upper = [panels[0], panels[1]]
    wide = max(_width(panels[0]) + _BETWEEN + _width(panels[1]), _width(panels[2])) + 2 * _MARGIN
    band = _ABOVE + rows * _TALL + _BELOW
    high = 2 * band
    figure = style.pixel_figure(wide, high)
    axes = figure.add_axes([0, 0, 1, 1])
    axes.set(xlim=(0, wide), ylim=(high, 0))
    axes.axis("off")
    left = _MARGIN
    for number, panel in enumerate(upper):
        _panel(axes, panel, number, left, 0, rows)
        left += _width(panel) + _BETWEEN
    _panel(axes, panels[2], 2, _MARGIN, band, rows)
    return figure


def _panel(axes, panel, number, left, top, rows):
    kind, job = _JOBS[number]
    axes.text(left, top + 34, f"{number + 1}  {kind}", fontsize=style.points(16), weight="bold")
    axes.text(left, top + 58, job, fontsize=style.points(14), color=style.QUIET)
    middle = top + _ABOVE + rows * _TALL / 2
    for piece in panel:
        if isinstance(piece, _Block):
            _block(axes, piece, left, middle - piece.rows * _TALL / 2)
            left += piece.columns * _CELL
        else:
            look = {"fontsize": style.points(20), "ha": "center", "va": "center"}
            axes.text(left + _GAP / 2, middle, piece, **look)
            left += _GAP


def _block(axes, block, left, top):
    from matplotlib.patches import Rectangle

    tint, ink = _TONES[block.tone]
    centre = left + block.columns * _CELL / 2
    above = {"fontsize": style.points(16), "ha": "center", "va": "bottom", "color": ink}
    axes.text(centre, top - 8, f"${block.name}$", **above)
    below = {"fontsize": style.points(12.5), "ha": "center", "va": "top", "color": style.QUIET}
    axes.text(centre, top + block.rows * _TALL + 8, block.shape_text, **below)
    texts = _texts(block.values)
    for (k, c), text in np.ndenumerate(texts):
        place = left + c * _CELL, top + k * _TALL
        line = {"edgecolor": style.LINE, "linewidth": style.points(1)}
        axes.add_patch(Rectangle(place, _CELL, _TALL, facecolor=tint, **line))
        tone = {"fontsize": style.points(14), "ha": "center", "va": "center", "color": ink}
        axes.text(place[0] + _CELL / 2, place[1] + _TALL / 2, text, **tone)
    values, k, c = block.framed
    size = values.shape[1] * _CELL, values.shape[0] * _TALL
    frame = {"fill": False, "edgecolor": style.INK, "linewidth": style.points(2.5), "zorder": 5}
    axes.add_patch(Rectangle((left + c * _CELL, top + k * _TALL), *size, **frame))


def _texts(values):
    """Return the texts of an array's numbers: whole numbers as such, others alike in decimals."""
    if all(float(value).is_integer() for value in values.flat):
        return np.array([_short(value) for value in values.flat]).reshape(values.shape)
    return np.array(weight_texts(values.flat)).reshape(values.shape)


def _short(value):
    """Return a whole number as such, and any other with 4 decimals."""
    whole = float(value).is_integer() and abs(value) < 1000
    return str(int(value)).replace("-", "−") if whole else value_text(float(value))


def _words(names, M, v, u, f, w, r, entry):
    """Return the text alternative: each product with its shapes and its framed entry."""
    plain = [
        name.replace("^\\top", " transposed").replace("\\", "").replace("_", "") for name in names
    ]
    j, i = entry
    sums = " + ".join(f"{_short(a)} times {_short(b)}" for a, b in zip(M[j], v, strict=True))
    return (
        f"Three products. First {plain[0]} {M.shape} times {plain[1]} {v.shape} gives {plain[2]} "
        f"{u.shape}: entry {j} is a sum over the shared index, {sums} = {_short(u[j])}. Then "
        f"{plain[2]} and {plain[3]} {f.shape} are paired entry by entry and give {plain[4]}: "
        f"entry {j} is {_short(u[j])} times {_short(f[j])} = {_short(w[j])}. Last, every entry "
        f"of {plain[4]} is multiplied with every entry of {plain[5]} {r.shape} and gives "
        f"{plain[6]} {(len(w), len(r))}: entry {j}, {i} is {_short(w[j])} times {_short(r[i])} = "
        f"{_short(w[j] * r[i])}."
    )
