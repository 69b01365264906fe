"""Which units of a layer are on for which examples."""

import numpy as np

from course.pictures import style
from course.pictures.picture import Picture

_WIDTH, _LEFT, _CELL = 900, 60, 12


def active_units_picture(layers):
    """Return a Picture of which units are on, one panel a layer: units upward, examples across.

    layers : title -> (m, n) array, the z of each example and unit; a unit is on where its z is
        positive. Units that are on for no example are marked as dead. Up to 3 layers.

    Raises ValueError for no layers or more than 3, and for anything but 2-D arrays.
    """
    layers = {title: np.asarray(z, dtype=float) for title, z in layers.items()}
    if not 0 < len(layers) <= 3 or any(z.ndim != 2 for z in layers.values()):
        raise ValueError(
            f"Got {len(layers)} layers of the shapes {[z.shape for z in layers.values()]}, but "
            "the picture shows 1 to 3 arrays of shape (examples, units)."
        )
    units = max(z.shape[1] for z in layers.values())
    height = max(190, 90 + _CELL * units)
    with style.house_style():
        from matplotlib.colors import ListedColormap

        figure = style.pixel_figure(_WIDTH, height)
        panels = figure.subplots(1, len(layers), squeeze=False)[0]
        for axes, (title, z) in zip(panels, layers.items(), strict=True):
            _draw(axes, title, z, ListedColormap([style.LINE, style.FORWARD]))
        figure.set_layout_engine("constrained", w_pad=0.1)
    return Picture(figure, _words(layers))


def _draw(axes, title, z, colours):
    on, dead = z > 0, ~np.any(z > 0, axis=0)
    axes.pcolormesh(on.T, cmap=colours, vmin=0, vmax=1, edgecolors=style.PANEL, linewidth=0.4)
    axes.set_title(
        f"{title}\n{dead.sum()} of {z.shape[1]} units dead",
        fontsize=style.points(13.5),
        fontweight="bold",
        loc="left",
    )
    axes.set_xlabel("examples", fontsize=style.points(12.5))
    axes.set_ylabel("units", fontsize=style.points(12.5))
    axes.set_xticks([])
    axes.set_yticks(np.flatnonzero(dead) + 0.5, ["dead"] * dead.sum(), fontsize=style.points(9.5))
    axes.tick_params(length=0, labelcolor=style.BACKWARD_TEXT)
    axes.spines[:].set_visible(False)


def _words(layers):
    said = ["Which units are on (blue) and off (grey), a row a unit, a column an example."]
    for title, z in layers.items():
        on = z > 0
        said.append(
            f"{title}: {np.mean(on):.0%} of all entries are on; "
            f"{np.sum(~on.any(axis=0))} of {z.shape[1]} units are on for no example."
        )
    return "\n".join(said)
