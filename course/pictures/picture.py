"""A figure that carries its own text alternative."""

from base64 import b64encode
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

from course.pictures.style import PANEL, house_style


class Picture:
    """A matplotlib figure with its text alternative, shown in a notebook as an image.

    The image is an SVG inside the page, on a light rounded panel of its own, so that it reads
    the same in a light and a dark theme. Equal figures give equal bytes.

    Parameters
    ----------
    figure : a matplotlib.figure.Figure; pyplot neither needs to know it nor is told of it.
    alt : what the picture says, in words, for those who do not see it.

    Attributes: figure, alt, as given. Raises ValueError where alt is empty.
    """

    def __init__(self, figure, alt):
        if not isinstance(alt, str) or not alt.strip():
            raise ValueError(
                f"Got alt={alt!r}, but a picture needs a text alternative, since some readers "
                "cannot see it; say in a sentence or two what it shows."
            )
        self.figure = figure
        self.alt = alt

    def save(self, path):
        """Write the figure to `path`, in the format that its suffix names (.svg, .png, .pdf).

        Raises ValueError where there is no suffix or matplotlib does not know it.
        """
        path = Path(path)
        kind = path.suffix.removeprefix(".").lower()
        known = self.figure.canvas.get_supported_filetypes()
        if kind not in known:
            raise ValueError(
                f"Got path={str(path)!r}, but its suffix must name a format that matplotlib "
                f"writes; use one of {', '.join(f'.{name}' for name in sorted(known))}."
            )
        self._write(path, kind)

    def _write(self, target, kind):
        # the date is the one thing in an SVG or a PDF that differs from run to run
        undated = {"svg": {"Date": None}, "svgz": {"Date": None}, "pdf": {"CreationDate": None}}
        with house_style():
            self.figure.savefig(target, format=kind, dpi=192, metadata=undated.get(kind))

    def _repr_html_(self):
        drawn = BytesIO()
        self._write(drawn, "svg")
        source = f"data:image/svg+xml;base64,{b64encode(drawn.getvalue()).decode('ascii')}"
        panel = f"max-width: 100%; height: auto; border-radius: 12px; background: {PANEL}"
        image = ElementTree.Element("img", {"alt": self.alt, "style": panel, "src": source})
        return ElementTree.tostring(image, encoding="unicode", method="html")

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/html": self._repr_html_(), "text/plain": self.alt}

    def __repr__(self):
        return f"Picture({self.alt!r})"
