"""Small square images in a grid, each with a caption: digits, or the weights of hidden units."""

import math

import numpy as np

from course.pictures import style
from course.pictures.picture import Picture

MOST = 60
_TILE, _CAPTION, _TITLE, _EDGE, _WIDTH = 84, 24, 46, 18, 900


def images_picture(images, captions=None, *, title, signed=False, note=""):
    """Return a Picture of square images in rows, white paper and dark ink.

    Parameters
    ----------
    images : (m, side²), up to 60 images, the pixels of each row by row from the top.
    captions : m short texts, one under each image; none by default.
    title : what stands above.
    signed : whether the numbers have signs, as weights do: each image then goes from vermilion
        (negative, struck through where clearly so) over white (0) to blue (positive), by its
        own largest entry.
    note : what the text alternative should say besides.

    Raises ValueError for no images or more than 60, images that are not square, and captions
    of another number.
    """
    images = np.asarray(images, dtype=float)
    side = math.isqrt(images.shape[-1]) if images.ndim == 2 else 0
    if images.ndim != 2 or not 0 < len(images) <= MOST or side**2 != images.shape[1]:
        raise ValueError(
            f"Got images of shape {images.shape}, but they are (m, side²), 1 to {MOST} images a "
            "row each; pass X[:20]."
        )
    captions = [""] * len(images) if captions is None else [str(text) for text in captions]
    if len(captions) != len(images):
        raise ValueError(
            f"Got {len(captions)} captions for {len(images)} images; pass one for each."
        )
    below = _CAPTION * (1 + max(text.count("\n") for text in captions)) * any(captions)
    columns = (_WIDTH - 2 * _EDGE) // (_TILE + 10)
    rows = -(-len(images) // columns)
    height = _TITLE + rows * (_TILE + 10 + below) + _EDGE
    with style.house_style():
        figure = style.pixel_figure(_WIDTH, height)
        figure.text(
            _EDGE / _WIDTH, 1 - 24 / height, title,
            fontsize=style.points(15), fontweight="bold", va="center",
        )  # fmt: skip
        for k, (image, caption) in enumerate(zip(images, captions, strict=True)):
            left = _EDGE + (k % columns) * (_TILE + 10)
            top = _TITLE + (k // columns) * (_TILE + 10 + below)
            box = [left / _WIDTH, 1 - (top + _TILE) / height, _TILE / _WIDTH, _TILE / height]
            axes = figure.add_axes(box)
            _draw(axes, image.reshape(side, side), signed)
            axes.text(
                0.5, -5 / _TILE, caption, transform=axes.transAxes, ha="center", va="top",
                fontsize=style.points(13), linespacing=1.3,
            )  # fmt: skip
    return Picture(figure, _words(captions, title, signed, note))


def _draw(axes, image, signed):
    axes.set(xticks=[], yticks=[])
    axes.spines[:].set_color(style.LINE)
    if not signed:
        axes.imshow(image, cmap="gray_r", vmin=0, vmax=max(image.max(), 1e-12))
        return
    from matplotlib.colors import LinearSegmentedColormap

    colors = LinearSegmentedColormap.from_list(
        "signs", [style.BACKWARD, style.PANEL, style.FORWARD]
    )
    reach = max(np.abs(image).max(), 1e-12)
    axes.imshow(image, cmap=colors, vmin=-reach, vmax=reach)
    # a stroke through what is clearly negative, for those who cannot tell the colours apart
    for row, column in np.argwhere(image < -0.25 * reach):
        axes.plot(
            [column - 0.28, column + 0.28], [row, row],
            color=style.BACKWARD_TEXT, linewidth=style.points(1.4),
        )  # fmt: skip


def _words(captions, title, signed, note):
    what = "images of weights, negative ones struck through" if signed else "images"
    said = [f"{title}. {len(captions)} {what}."]
    if any(captions):
        said.append("In order: " + "; ".join(text.replace("\n", ", ") for text in captions) + ".")
    return "\n".join([*said, *filter(None, [note])])
