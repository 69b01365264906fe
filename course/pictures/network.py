"""A fully connected network with its numbers: forward in blue, backward in orange."""

import numpy as np

from course.pictures import style
from course.pictures.edge_labels import place_labels
from course.pictures.network_numbers import Network
from course.pictures.network_words import network_words
from course.pictures.numbers import value_text, weight_texts
from course.pictures.picture import Picture

# all lengths in CSS pixels
_WIDTH, _MARGIN, _LEAST_PITCH = 900, 86, 250
_RADIUS, _RING = 39, 5
_HEAD, _FOOT, _CAPTION = 58, 44, 30
_ROW, _TIGHT_ROW = 146, 126
_ARROW = 9
_MOST_LABELS = 16


def network_picture(
    values,
    weights,
    *,
    biases=None,
    names=None,
    deltas=None,
    gradients=None,
    title=None,
    captions=None,
):
    """Return a Picture of a fully connected network, from left to right, with its numbers.

    The layout is that of z = W @ a + b. A negative number has a dashed edge, and an edge is
    the wider the larger its number. With `deltas` or `gradients` it is the picture of a
    backward pass: arrows point left, and each unit that has a δ has a double ring. A pair of
    layers with more than 16 edges is drawn without edge labels, and the text alternative says
    so.

    Parameters
    ----------
    values : L + 1 arrays (n_l,), the input and then each layer's activations.
    weights : L arrays (n_l, n_{l-1}); the label of each edge.
    biases : L arrays (n_l,), written under the units.
    names : L + 1 lists of n_l labels in mathtext; by default x_1, a1_1 and so on.
    deltas : L arrays (n_l,), layers 1 to L, written in the units.
    gradients : L arrays shaped like the weights: edges then show, as dW, these numbers and
        their signs and sizes instead of the weights.
    title : a line above the picture.
    captions : L + 1 lines, one below each layer.

    Raises ValueError where lengths or shapes do not fit together, where a layer has more than
    12 units, or where an entry is not a number. NaN and infinity are drawn as such.
    """
    network = Network.checked(
        values, weights, biases, names, deltas, gradients, title, captions
    )
    with style.house_style():
        figure = _Drawing(network).figure
    return Picture(figure, network_words(network))


class _Drawing:
    """The figure of one network, drawn in pixel coordinates with y upwards."""

    def __init__(self, network):
        self.network = network
        self.accent = style.BACKWARD if network.backward else style.FORWARD
        self.accent_text = style.BACKWARD_TEXT if network.backward else style.FORWARD_TEXT
        sizes = [len(layer) for layer in network.values]
        row = _ROW if max(sizes) <= 4 else _TIGHT_ROW
        foot = _FOOT + (_CAPTION if network.captions else 0)
        self.width = max(_WIDTH, 2 * _MARGIN + _LEAST_PITCH * (len(sizes) - 1))
        self.height = _HEAD + foot + row * max(sizes)
        self.figure = style.pixel_figure(self.width, self.height)
        self.axes = self.figure.add_axes([0, 0, 1, 1])
        self.axes.set(xlim=(0, self.width), ylim=(0, self.height))
        self.axes.axis("off")

        columns = np.linspace(_MARGIN, self.width - _MARGIN, len(sizes))
        middle = foot + row * max(sizes) / 2
        self.places = [
            np.column_stack([np.full(n, x), middle + row * ((n - 1) / 2 - np.arange(n))])
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
        if network.title:
            self._write(24, top, network.title, 17, ha="left", fontweight="bold")
        way = "←  backward: from the output to the input"
        if not network.backward:
            way = "forward: from the input to the output  →"
        self._write(self.width - 24, top, way, 13, ha="right", color=self.accent_text)
        symbol = "dW" if network.gradients else "W"
        key = f"dashed: {symbol} negative   ·   wider: {symbol} larger"
        self._write(self.width - 24, 20, key, 12, ha="right", color=style.QUIET)
        if network.biases:
            self._write(24, 20, "b: bias", 12, ha="left", color=style.QUIET)
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
        raised = 0 if deltas is None else 12
        value = value_text(self.network.values[layer][unit])
        self._write(x, y + raised, value, 14, color=style.FORWARD_TEXT)
        if deltas is not None:
            delta = f"δ {value_text(deltas[unit])}"
            self._write(x, y - 13, delta, 12.5, color=style.BACKWARD_TEXT)
        self._write(x, y + radius + 13, self.network.names[layer][unit], 15)
        if biases is not None:
            self._write(x, y - radius - 12, f"b = {biases[unit]}", 12, color=style.QUIET)
