"""A network's numbers in words: the text alternative of its picture."""

import re

from course.pictures.numbers import listed, value_text, weight_texts


def network_words(network, labelled):
    """Return the text alternative of NetworkNumbers: every number, layer by layer.

    labelled : L booleans: whether the edges into each layer carry their numbers.
    """
    sizes = [len(layer) for layer in network.values]
    hidden = "".join(f", {_count(size, 'hidden unit')}" for size in sizes[1:-1])
    opening = (
        f"{'Backward' if network.backward else 'Forward'} pass through a fully connected "
        f"network with {_count(sizes[0], 'input')}{hidden} and {_count(sizes[-1], 'output')}. "
        f"{_direction(network)}"
    )
    paragraphs = [f"{network.title}. {opening}" if network.title else opening]
    if network.captions:
        paragraphs.append(f"The layers from left to right: {listed(network.captions)}.")
    named = "; ".join(listed(map(_spoken, layer)) for layer in network.names)
    paragraphs.append(f"The units are called {named}.")
    paragraphs.append(f"Inputs: {listed(value_text(x) for x in network.values[0])}.")
    for layer in range(1, len(sizes)):
        paragraphs.extend(_layer_words(network, layer, labelled[layer - 1]))
    return "\n".join(paragraphs)


def _count(number, noun):
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _spoken(name):
    """Return a name without the marks that only mathtext needs."""
    return re.sub(r"\\mathrm|\\mathbf|\\mathit|[${}\\]", "", name)


def _direction(network):
    edges = "dW" if network.gradients else "W"
    style = f"A dashed edge has a negative {edges}; a wider edge has a larger |{edges}|."
    if not network.backward:
        return f"Arrows point right. {style}"
    rings = " Units with an error δ have a double ring." if network.deltas else ""
    return f"Arrows point left.{rings} {style}"


def _layer_words(network, layer, shown):
    """Yield one sentence a unit, and one for edges whose numbers the picture leaves out."""
    below = "the inputs" if layer == 1 else f"layer {layer - 1}"
    gap = " ".join(network.gaps[layer - 1].split())
    if gap:
        yield f"Below the next units, in place of edges: {gap}."
    elif not shown:
        edges = network.weights[layer - 1].size
        yield (
            f"The {edges} edges into layer {layer} are drawn without their numbers, "
            "since so many would not be readable."
        )
    weights = _rows(network.weights[layer - 1], weight_texts)
    if network.biases:
        biases = weight_texts(network.biases[layer - 1])
    for unit, value in enumerate(network.values[layer]):
        facts = [f"a = {value_text(value)}"]
        if network.deltas:
            facts.append(f"δ = {value_text(network.deltas[layer - 1][unit])}")
        if network.biases:
            facts.append(f"bias {biases[unit]}")
        sentence = f"Layer {layer}, unit {unit + 1}: {', '.join(facts)}"
        if shown:
            sentence += f"; weights from {below} {listed(weights[unit])}"
        if shown and network.gradients:
            row = network.gradients[layer - 1][unit]
            sentence += f"; dW from {below} {listed(value_text(number) for number in row)}"
        yield sentence + "."


def _rows(matrix, texts):
    """Return the texts of a matrix row by row, with the same decimals in all of it."""
    flat = texts(matrix.ravel())
    width = matrix.shape[1]
    return [flat[start : start + width] for start in range(0, len(flat), width)]
