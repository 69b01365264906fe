"""How a network is drawn: units in columns, edges between them, a label on each edge."""

import numpy as np

from course.pictures import style
from course.pictures.edge_labels import place_labels
from course.pictures.numbers import value_text, weight_texts

# all lengths in CSS pixels
_WIDTH, _MARGIN, _LEAST_PITCH = 900, 86, 290
_RADIUS, _RING = 39, 5
_HEAD, _FOOT, _CAPTION = 58, 44, 30
_ROW = 146
_ARROW = 9
_MOST_LABELS = 16


class NetworkDrawing:
    """The figure of one network, drawn in pixel coordinates with y upwards.

    Attributes: figure; labelled, L booleans: whether the edges into each layer got labels.
    """

    def __init__(self, network):
        from matplotlib.backends.backend_agg import FigureCanvasAgg

        self.network = network
        self.labelled = []
        self.accent = style.BACKWARD if network.backward else style.FORWARD
        self.accent_text = style.BACKWARD_TEXT if network.backward else style.FORWARD_TEXT
        sizes = [len(layer) for layer in network.values]
        foot = _FOOT + (_CAPTION if network.captions else 0)
        # tall networks are drawn wider, so that edges stay flat enough to pass between units
        pitch = max(_LEAST_PITCH, 0.36 * _ROW * max(sizes))
        self.width = max(_WIDTH, 2 * _MARGIN + pitch * (len(sizes) - 1))
        self.height = _HEAD + foot + _ROW * max(sizes)
        self.figure = style.pixel_figure(self.width, self.height)
        self.renderer = FigureCanvasAgg(self.figure).get_renderer()
        self.axes = self.figure.add_axes([0, 0, 1, 1])
        self.axes.set(xlim=(0, self.width), ylim=(0, self.height))
        self.axes.axis("off")

        columns = np.linspace(_MARGIN, self.width - _MARGIN, len(sizes))
        middle = foot + _ROW * max(sizes) / 2
        self.places = [
            np.column_stack([np.full(n, x), middle + _ROW * ((n - 1) / 2 - np.arange(n))])
            for x, n in zip(columns, sizes, strict=True)
        ]
        self._draw_frame(columns)
        for layer in range(len(sizes)):
            self._draw_units(layer)
        for layer in range(1, len(sizes)):
            self._draw_edges(layer)

    def _write(self, x, y, text, pixels, **look):
        look = {"ha": "center", "va": "center", "color": style.INK, "zorder": 6} | look
        return self.axes.text(x, y, text, fontsize=style.points(pixels), **look)

    def _draw_frame(self, columns):
        """Draw what stands around the network: title, direction, captions, key."""
        network = self.network
        top = self.height - 26
        way = "←  backward: from the output to the input"
        if not network.backward:
            way = "forward: from the input to the output  →"
        way = self._write(self.width - 24, top, way, 13, ha="right", color=self.accent_text)
        if network.title:
            title = self._write(24, top, network.title, 17, ha="left", fontweight="bold")
            if self._extent(title)[2] + 16 > self._extent(way)[0]:
                raise ValueError(
                    f"Got title={network.title!r}, but it must leave room for the direction of "
                    "the pass; shorten it to some 40 characters."
                )
        symbol = "dW" if network.gradients else "W"
        key = f"dashed: {symbol} negative   ·   wider: |{symbol}| larger"
        self._write(self.width - 24, 20, key, 12, ha="right", color=style.QUIET)
        key = [("b: bias", network.biases), ("δ: the error of a unit", network.deltas)]
        key = "   ·   ".join(words for words, there in key if there)
        self._write(24, 20, key, 12, ha="left", color=style.QUIET)
        for x, caption in zip(columns, network.captions or (), strict=False):
            self._write(x, _FOOT + 8, caption, 13.5)

    def _outer_radius(self, layer):
        ringed = self.network.deltas and layer > 0
        return _RADIUS + (_RING if ringed else 0)

    def _draw_units(self, layer):
        from matplotlib.patches import Circle, Wedge

        network = self.network
        deltas = network.deltas[layer - 1] if network.deltas and layer else None
        biases = weight_texts(network.biases[layer - 1]) if network.biases and layer else None
        radius = self._outer_radius(layer)
        for unit, (x, y) in enumerate(self.places[layer]):
            look = {"linewidth": style.points(1.4), "zorder": 4}
            if deltas is None:
                tint = {"facecolor": style.FORWARD_TINT, "edgecolor": style.FORWARD}
                self.axes.add_patch(Circle((x, y), _RADIUS, **tint, **look))
            else:
                ring = {"facecolor": style.PANEL, "edgecolor": style.BACKWARD}
                self.axes.add_patch(Circle((x, y), radius, **ring, **look))
                halves = ((0, 180, style.FORWARD_TINT), (180, 360, style.BACKWARD_TINT))
                for start, stop, color in halves:
                    self.axes.add_patch(
                        Wedge((x, y), _RADIUS, start, stop, facecolor=color, zorder=4)
                    )
                ring["facecolor"] = "none"
                self.axes.add_patch(Circle((x, y), _RADIUS, **ring, **look))
            self._write_unit(layer, unit, deltas, biases)

    def _write_unit(self, layer, unit, deltas, biases):
        x, y = self.places[layer][unit]
        radius = self._outer_radius(layer)
        value = value_text(self.network.values[layer][unit])
        raised = 0 if deltas is None else 12.5
        self._write(x, y + raised, value, 14, color=style.FORWARD_TEXT)
        if deltas is not None:
            delta = f"δ {value_text(deltas[unit])}"
            self._write(x, y - 12.5, delta, 12, color=style.BACKWARD_TEXT)
        # a panel behind the text, since steep edges of a large network pass here
        panel = {"facecolor": style.PANEL, "edgecolor": "none", "pad": style.points(2)}
        name = self.network.names[layer][unit]
        self._write(x, y + radius + 14, name, 15, bbox=panel)
        if biases is not None:
            bias = f"b = {biases[unit]}"
            self._write(x, y - radius - 13, bias, 12, color=style.QUIET, bbox=panel)

    def _draw_edges(self, layer):
        """Draw the edges into a layer, with arrowheads and, where they fit, labels."""
        network = self.network
        if network.gaps[layer - 1]:
            x, y = (self.places[layer - 1].mean(axis=0) + self.places[layer].mean(axis=0)) / 2
            self._write(x, y, network.gaps[layer - 1], 15, color=style.QUIET, linespacing=1.5)
            self.labelled.append(False)
            return
        shown = (network.gradients or network.weights)[layer - 1]
        starts, ends = self._edge_ends(layer)
        numbers = shown.T.ravel()
        widths = _line_widths(numbers)
        for start, end, number, width in zip(starts, ends, numbers, widths, strict=True):
            self._draw_edge(start, end, dashed=number < 0, width=width)
        self.labelled.append(numbers.size <= _MOST_LABELS and self._label_edges(layer, shown))

    def _edge_ends(self, layer):
        """Return where the edges into a layer leave and arrive, two (E, 2), source by source."""
        below, above = self.places[layer - 1], self.places[layer]
        starts = np.repeat(below, len(above), axis=0)
        ends = np.tile(above, (len(below), 1))
        way = ends - starts
        way /= np.linalg.norm(way, axis=1, keepdims=True)
        gap = 2.5
        return (
            starts + way * (self._outer_radius(layer - 1) + gap),
            ends - way * (self._outer_radius(layer) + gap),
        )

    def _draw_edge(self, start, end, dashed, width):
        from matplotlib.lines import Line2D
        from matplotlib.patches import Polygon

        tip, tail = (start, end) if self.network.backward else (end, start)
        way = (tip - tail) / np.linalg.norm(tip - tail)
        across = np.array([-way[1], way[0]]) * (0.36 * _ARROW + 0.3 * width)
        base = tip - way * _ARROW
        dashes = (0, (style.points(6), style.points(4))) if dashed else "solid"
        line = Line2D(
            *np.transpose([tail, base + way]),
            color=self.accent,
            linewidth=style.points(width),
            linestyle=dashes,
            solid_capstyle="butt",
            zorder=2,
        )
        self.axes.add_line(line)
        head = Polygon([tip, base + across, base - across], facecolor=self.accent, zorder=3)
        self.axes.add_patch(head)

    def _label_edges(self, layer, shown):
        """Put its number on each edge and return True; return False where they cannot all fit."""
        inputs, outputs = shown.shape[1], shown.shape[0]
        if self.network.gradients:
            texts = [f"dW {value_text(number)}" for number in shown.T.ravel()]
        else:
            texts = weight_texts(shown.T.ravel())
        written = [self._extent(text) for text in self.axes.texts]
        labels = [self._write(0, 0, text, 12.5, zorder=5) for text in texts]
        left_bottom, right_top = np.split(np.array([self._extent(label) for label in labels]), 2, 1)
        sizes = right_top - left_bottom + 6
        units = [
            (x, y, self._outer_radius(around) + _ARROW)
            for around in (layer - 1, layer)
            for x, y in self.places[around]
        ]
        flipped = np.arange(len(texts)).reshape(inputs, outputs)[::-1, ::-1].ravel()
        starts, ends = self._edge_ends(layer)
        centres = place_labels(starts, ends, sizes, flipped, units, written)
        if centres is None:
            for label in labels:
                label.remove()
            return False
        for label, centre, way in zip(labels, centres, ends - starts, strict=True):
            label.set_position(centre)
            label.set_rotation(np.degrees(np.arctan2(way[1], way[0])))
            label.set_bbox({"facecolor": style.PANEL, "edgecolor": "none", "pad": 3})
        return True

    def _extent(self, text):
        """Return left, bottom, right and top of a text, in pixels."""
        return text.get_window_extent(self.renderer).extents


def _line_widths(numbers):
    """Return line widths from 0.9 to 3.4 pixels that grow with the size of the numbers."""
    sizes = np.abs(np.nan_to_num(numbers, nan=0.0, posinf=0.0, neginf=0.0))
    return 0.9 + 2.5 * sizes / max(sizes.max(), 1e-300)
