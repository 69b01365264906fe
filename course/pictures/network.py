"""A fully connected network with its numbers: forward in blue, backward in orange."""

from course.pictures.network_drawing import NetworkDrawing
from course.pictures.network_numbers import NetworkNumbers
from course.pictures.network_words import network_words
from course.pictures.picture import Picture
from course.pictures.style import house_style


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
    gaps=None,
):
    """Return a Picture of a fully connected network, from left to right, with its numbers.

    The layout is that of z = W @ a + b. A negative number has a dashed edge, and an edge is
    the wider the larger its number. With `deltas` or `gradients` it is the picture of a
    backward pass: arrows point left, and each unit that has a δ has a double ring. A pair of
    layers with more than 16 edges, or with no room for its labels, is drawn without them, and
    the text alternative says so.

    Parameters
    ----------
    values : L + 1 arrays (n_l,), the input and then each layer's activations; nan, here and
        below, is a number not known yet, and drawn as a question mark.
    weights : L arrays (n_l, n_{l-1}); the label of each edge.
    biases : L arrays (n_l,), written under the units.
    names : L + 1 lists of n_l labels in mathtext; by default x_1, a1_1 and so on.
    deltas : L arrays (n_l,), layers 1 to L, written in the units.
    gradients : L arrays shaped like the weights: edges then show, as dW, these numbers and
        their signs and sizes instead of the weights.
    title : a line above the picture, of up to some 40 characters.
    captions : L + 1 lines, one below each layer.
    gaps : L texts, one for each layer above the input: what stands in place of the edges into
        it where layers below it are left out, and "" where none are.

    Raises ValueError where lengths or shapes do not fit together, where a layer has more than
    10 units, where an entry is not a number and where the title is too long. NaN and infinity
    are drawn as such.
    """
    network = NetworkNumbers.checked(
        values, weights, biases, names, deltas, gradients, title, captions, gaps
    )
    with house_style():
        drawing = NetworkDrawing(network)
    return Picture(drawing.figure, network_words(network, drawing.labelled))
