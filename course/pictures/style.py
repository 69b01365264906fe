"""The look that all pictures share: one typeface, one size for pixels, two accents.

The accents are the blue and the vermilion of Okabe and Ito, "Color universal design" (2008),
which stay apart in every common form of colour blindness. Text takes a darker tone of each,
so that its contrast with the tint behind it is at least 4.5 to 1.
"""

from contextlib import contextmanager

PANEL = "#ffffff"
INK = "#1f2430"
QUIET = "#596170"
LINE = "#c9ced6"

FORWARD = "#0072B2"
FORWARD_TEXT = "#005A8C"
FORWARD_TINT = "#E9F3FA"
BACKWARD = "#D55E00"
BACKWARD_TEXT = "#9C4500"
BACKWARD_TINT = "#FDEFE4"

PIXELS_PER_INCH = 96
POINTS_PER_PIXEL = 72 / PIXELS_PER_INCH

_SETTINGS = {
    "figure.facecolor": PANEL,
    "savefig.facecolor": "auto",
    "figure.dpi": PIXELS_PER_INCH,
    "font.family": ["DejaVu Sans"],
    "mathtext.fontset": "dejavusans",
    "text.color": INK,
    "axes.labelcolor": QUIET,
    "xtick.color": QUIET,
    "ytick.color": QUIET,
    "lines.scale_dashes": False,
    # glyphs drawn as paths look the same wherever the picture is shown
    "svg.fonttype": "path",
    # a fixed salt for the ids inside an SVG, so that its bytes can be reproduced
    "svg.hashsalt": "backprop-course",
}


@contextmanager
def house_style():
    """Draw and save in the look of the course, whatever style the notebook has set."""
    from matplotlib import style

    with style.context(["default", _SETTINGS]):
        yield


def pixel_figure(width, height):
    """Return an empty figure of width × height CSS pixels, made without pyplot."""
    from matplotlib.figure import Figure

    return Figure(figsize=(width / PIXELS_PER_INCH, height / PIXELS_PER_INCH))


def points(pixels):
    """Return a font size or line width in matplotlib's points from one in CSS pixels."""
    return pixels * POINTS_PER_PIXEL
