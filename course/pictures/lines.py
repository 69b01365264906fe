"""A few lines in one picture, told apart with colour and without."""

from dataclasses import dataclass

import numpy as np

from course.pictures import style
from course.pictures.numbers import listed
from course.pictures.picture import Picture


@dataclass(frozen=True)
class Look:
    """How a line is told from the others, with colour and without."""

    color: str
    dashes: object
    marker: str


LOOKS = (
    Look("#1f2430", "-", "o"),
    Look("#007A5A", (0, (7, 2)), "s"),
    Look("#7B4EA3", (0, (2, 1.5)), "^"),
    Look("#8A6D00", (0, (7, 2, 1.5, 2)), "D"),
    Look("#9C4500", (0, (1, 1)), "v"),
    Look("#005A8C", (0, (4, 1, 1, 1, 1, 1)), "P"),
)
"""Dark enough to be read as text on white, 4.5 to 1."""

_WIDTH, _HEIGHT = 900, 400


def lines_picture(lines, x=None, *, title, xlabel, ylabel, log=True, note=""):
    """Return a Picture of lines over a common axis, with their names beside it.

    Parameters
    ----------
    lines : name -> (n,) numbers, up to 6 lines; nan and, on a logarithmic axis, zeros leave
        gaps.
    x : (n,), where the numbers stand; 1, 2, ... by default.
    title, xlabel, ylabel : what stands above and beside the axes.
    log : whether the axis of the numbers is logarithmic.
    note : what else the text alternative should say.

    Raises ValueError for no lines, more than 6, or lines and x of different lengths.
    """
    lines = {name: np.asarray(line, dtype=float) for name, line in lines.items()}
    if not 0 < len(lines) <= len(LOOKS):
        raise ValueError(
            f"Got {len(lines)} lines, but the picture tells up to {len(LOOKS)} apart; pass a "
            "dictionary of 1 to 6."
        )
    length = len(next(iter(lines.values())))
    x = np.arange(1, length + 1) if x is None else np.asarray(x)
    for name, line in lines.items():
        if line.shape != x.shape:
            raise ValueError(
                f"Got a line {name!r} of shape {line.shape}, but x has the shape {x.shape}; each "
                "line needs one number for each x."
            )
    with style.house_style():
        figure = style.pixel_figure(_WIDTH, _HEIGHT)
        axes = figure.add_axes([0.085, 0.145, 0.66, 0.745])
        shown = {
            name: np.where(np.isfinite(line) & ((line > 0) | (not log)), line, np.nan)
            for name, line in lines.items()
        }
        _draw(axes, x, shown, title, xlabel, ylabel, log)
        _name(axes, shown)
    return Picture(figure, _words(x, lines, title, xlabel, ylabel, note))


def _draw(axes, x, shown, title, xlabel, ylabel, log):
    if log:
        axes.set_yscale("log")
        axes.minorticks_off()
    sparse = len(x) <= 40
    for (name, line), look in zip(shown.items(), LOOKS, strict=False):
        axes.plot(
            x,
            line,
            label=name,
            color=look.color,
            linestyle=look.dashes,
            linewidth=style.points(2.2),
            marker=look.marker if sparse else "",
            markersize=style.points(7),
        )
    axes.set_title(title, fontsize=style.points(15), fontweight="bold", loc="left")
    axes.set_xlabel(xlabel, fontsize=style.points(13))
    axes.set_ylabel(ylabel, fontsize=style.points(13))
    axes.tick_params(labelsize=style.points(12))
    if len(x) <= 20 and np.all(x == np.round(x)):
        axes.set_xticks(x)
    axes.grid(axis="y", color=style.LINE, linewidth=style.points(0.8))
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)


def _name(axes, shown):
    """Write the lines' names beside the axes, the highest line's first, each with a sample."""
    heights = [
        np.nanmean(line) if np.any(np.isfinite(line)) else -np.inf for line in shown.values()
    ]
    handles, names = axes.get_legend_handles_labels()
    order = np.argsort(heights)[::-1]
    axes.legend(
        [handles[k] for k in order],
        [names[k] for k in order],
        loc="center left",
        bbox_to_anchor=(1.01, 0.5),
        frameon=False,
        labelcolor="linecolor",
        fontsize=style.points(13),
        handlelength=3,
        labelspacing=0.8,
    )


def _words(x, lines, title, xlabel, ylabel, note):
    said = [f"{title}. Lines of {ylabel} over {xlabel}, from {x[0]:g} to "
            f"{x[-1]:g}."]  # fmt: skip
    for name, line in lines.items():
        there = np.flatnonzero(np.isfinite(line))
        places = there[np.unique(np.linspace(0, len(there) - 1, min(5, len(there))).astype(int))]
        numbers = listed(f"{line[k]:.2g} at {x[k]:g}" for k in places)
        said.append(f"{name}: {numbers or 'no numbers'}.")
    return "\n".join([*said, *filter(None, [note])])
