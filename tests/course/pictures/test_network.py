"""What the picture of a network shows, read back from the drawn figure."""

from collections import Counter
from itertools import chain, combinations, pairwise

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.patches import Circle, Polygon
from matplotlib.path import Path

from course.pictures import network_picture


def example(sizes):
    """Return the arguments of a forward and of a backward picture of a two-layer network."""
    if sizes == (2, 3, 2):
        x, y = np.array([0.5, -1.0]), np.array([0.0, 1.0])
        weights = [
            np.array([[0.8, 0.2], [-0.4, 0.9], [0.3, -0.6]]),
            np.array([[0.7, -0.5, 0.4], [-0.3, 0.6, -0.8]]),
        ]
        biases = [np.array([0.1, -0.2, 0.05]), np.array([0.05, -0.1])]
    else:
        rng = np.random.default_rng(3)
        x, y = rng.normal(size=sizes[0]), np.eye(sizes[2])[0]
        weights = [rng.normal(size=(above, below)).round(2) for below, above in pairwise(sizes)]
        biases = [rng.normal(size=above).round(2) for above in sizes[1:]]
    a1 = 1 / (1 + np.exp(-(weights[0] @ x + biases[0])))
    raised = np.exp(weights[1] @ a1 + biases[1])
    p = raised / raised.sum()
    delta2 = p - y
    delta1 = weights[1].T @ delta2 * a1 * (1 - a1)
    forward = {
        "values": [x, a1, p],
        "weights": weights,
        "biases": biases,
        "title": "The example",
        "captions": [f"input x ({x.size},)", f"hidden a1 ({a1.size},)", f"output p ({p.size},)"],
    }
    backward = {
        "deltas": [delta1, delta2],
        "gradients": [np.outer(delta1, x), np.outer(delta2, a1)],
    }
    return forward, forward | backward


CASES = [
    pytest.param(example(sizes)[way], id=f"{'-'.join(map(str, sizes))} {name}")
    for sizes in [(2, 3, 2), (3, 4, 2)]
    for way, name in enumerate(["forward", "backward"])
]
FORWARD, BACKWARD = example((2, 3, 2))


@pytest.fixture(scope="module", params=CASES)
def case(request):
    """Return the arguments of a picture, and the picture."""
    return request.param, network_picture(**request.param)


def minus(text):
    return text.replace("-", "−")


def boxes(picture):
    """Return each drawn text with the corners of its box in pixels, as Agg renders it."""
    renderer = FigureCanvasAgg(picture.figure).get_renderer()
    found = []
    for text in picture.figure.axes[0].texts:
        turn = np.radians(text.get_rotation())
        # the frame of a turned text is upright; its own box is that of the same text laid flat
        text.set_rotation(0)
        flat = text.get_window_extent(renderer)
        text.set_rotation(np.degrees(turn))
        middle = np.array([flat.x0 + flat.x1, flat.y0 + flat.y1]) / 2
        corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * [flat.width / 2, flat.height / 2]
        turned = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
        found.append((text.get_text(), middle + corners @ turned.T))
    return found


def closed(corners):
    return Path(np.vstack([corners, corners[:1]]), closed=True)


def circles(picture):
    return [patch for patch in picture.figure.axes[0].patches if isinstance(patch, Circle)]


def edges(picture):
    """Return the lines of the edges, layer by layer and source by source."""
    return picture.figure.axes[0].lines


def in_order(matrices):
    """Return the entries of the matrices in the order of the edges."""
    return np.concatenate([np.asarray(matrix).T.ravel() for matrix in matrices])


def test_no_text_touches_another(case):
    _, picture = case
    for (one, box), (other, frame) in combinations(boxes(picture), 2):
        assert not closed(box).intersects_path(closed(frame), filled=True), (one, other)


def test_every_text_lies_within_one_circle_or_outside_all(case):
    arguments, picture = case
    inside = 0
    for text, corners in boxes(picture):
        for circle in circles(picture):
            if np.all(np.hypot(*(corners - circle.center).T) < circle.radius):
                inside += 1
            else:
                ring = Path.circle(circle.center, circle.radius)
                assert not closed(corners).intersects_path(ring, filled=True), text
    # each value and each δ is written in its unit, whose rings are one or two circles
    units = sum(len(value) for value in arguments["values"])
    ringed = sum(len(delta) for delta in arguments.get("deltas", ()))
    assert inside == units + 3 * ringed


def test_every_text_lies_within_the_picture(case):
    _, picture = case
    width, height = picture.figure.bbox.size
    assert width == 900
    for text, corners in boxes(picture):
        assert np.all(corners > 8) and np.all(corners < [width - 8, height - 8]), text


def test_every_edge_carries_its_own_number(case):
    arguments, picture = case
    gradients = arguments.get("gradients")
    texts = [
        minus(f"dW {number:.4f}" if gradients else f"{number:.2f}")
        for number in in_order(gradients or arguments["weights"])
    ]
    lines = edges(picture)
    assert len(lines) == len(texts)
    carried = [[] for _ in lines]
    for text, corners in boxes(picture):
        middle = corners.mean(axis=0)
        for line, found in zip(lines, carried, strict=True):
            start, end = line.get_xydata()
            way = (end - start) / np.linalg.norm(end - start)
            along = (middle - start) @ way
            off = np.linalg.norm(middle - start - along * way)
            if off < 2 and 0 < along < np.linalg.norm(end - start):
                found.append(text)
    assert carried == [[text] for text in texts]


def test_negative_edges_are_dashed_and_larger_ones_wider(case):
    arguments, picture = case
    lines = edges(picture)
    numbers = in_order(arguments.get("gradients") or arguments["weights"])
    assert [line.is_dashed() for line in lines] == list(numbers < 0)
    pairs = len(arguments["weights"][0].ravel())
    for layer in (slice(None, pairs), slice(pairs, None)):
        order = np.argsort(np.abs(numbers[layer]), kind="stable")
        widths = [line.get_linewidth() for line in np.array(lines, dtype=object)[layer][order]]
        assert widths == sorted(widths) and widths[0] < widths[-1]


def test_arrows_point_right_going_forward_and_left_going_back(case):
    arguments, picture = case
    heads = [p.get_xy() for p in picture.figure.axes[0].patches if isinstance(p, Polygon)]
    assert len(heads) == len(edges(picture))
    way = -1 if "deltas" in arguments else 1
    for tip, one, other, _ in heads:
        assert np.sign(tip[0] - one[0]) == np.sign(tip[0] - other[0]) == way
        ends = [end for line in edges(picture) for end in line.get_xydata()]
        assert min(np.linalg.norm((one + other) / 2 - end) for end in ends) < 1.5


def test_forward_and_backward_are_told_apart_without_colour():
    forward, backward = network_picture(**FORWARD), network_picture(**BACKWARD)
    assert Counter(Counter(c.center for c in circles(forward)).values()) == {1: 7}
    assert Counter(Counter(c.center for c in circles(backward)).values()) == {1: 2, 2: 5}
    shown = [text for text, _ in boxes(backward)]
    for delta in in_order(BACKWARD["deltas"]):
        assert minus(f"δ {delta:.4f}") in shown
    assert not any("δ" in text or "←" in text for text, _ in boxes(forward))
    assert any("←" in text for text in shown)


def test_values_biases_names_and_captions_are_shown():
    names = [["$x_1$", "$x_2$"], ["$h_1$", "$h_2$", "$h_3$"], ["$p_1$", "$p_2$"]]
    shown = Counter(text for text, _ in boxes(network_picture(**FORWARD, names=names)))
    wanted = [minus(f"{value:.4f}") for value in np.concatenate(FORWARD["values"])]
    wanted += [minus(f"b = {bias:.2f}") for bias in np.concatenate(FORWARD["biases"])]
    wanted += [*chain(*names), *FORWARD["captions"], FORWARD["title"]]
    assert not Counter(wanted) - shown


def test_without_options_there_are_only_values_weights_and_generic_names():
    picture = network_picture(FORWARD["values"], FORWARD["weights"])
    shown = [text for text, _ in boxes(picture)]
    assert {"$x_{1}$", "$a1_{3}$", "$a2_{2}$"} < set(shown)
    assert not any("b =" in text for text in shown)
    assert "bias" not in picture.alt


def test_deltas_alone_leave_the_weights_on_the_edges():
    picture = network_picture(FORWARD["values"], FORWARD["weights"], deltas=BACKWARD["deltas"])
    shown = [text for text, _ in boxes(picture)]
    assert "0.80" in shown and not any(text.startswith("dW ") for text in shown)


def test_the_words_of_a_forward_pass():
    lines = network_picture(**FORWARD).alt.split("\n")
    assert lines[0].startswith(
        "The example. Forward pass through a fully connected network with 2 inputs, "
        "3 hidden units and 2 outputs. Arrows point right."
    )
    assert lines[1:5] == [
        "The layers from left to right: input x (2,), hidden a1 (3,) and output p (2,).",
        "The units are called x_1 and x_2; a1_1, a1_2 and a1_3; a2_1 and a2_2.",
        "Inputs: 0.5000 and −1.0000.",
        "Layer 1, unit 1: a = 0.5744, bias 0.10; weights from the inputs 0.80 and 0.20.",
    ]
    assert len(lines) == 9
    assert lines[8].endswith("bias −0.10; weights from layer 1 −0.30, 0.60 and −0.80.")


def test_the_words_hold_every_number(case):
    arguments, picture = case
    alt = picture.alt
    four = [*arguments["values"], *arguments.get("deltas", ()), *arguments.get("gradients", ())]
    two = [*arguments["weights"], *arguments["biases"]]
    wanted = [f"{number:.4f}" for part in four for number in np.ravel(part)]
    wanted += [f"{number:.2f}" for part in two for number in np.ravel(part)]
    words = Counter(alt.replace(",", " ").replace(";", " ").replace(".\n", " \n").split())
    words[alt.split()[-1].removesuffix(".")] += 1
    assert not Counter(map(minus, wanted)) - words


def test_the_words_of_a_backward_pass_name_delta_and_gradients():
    alt = network_picture(**BACKWARD).alt
    assert "Backward pass" in alt and "Arrows point left." in alt
    delta, row = BACKWARD["deltas"][0][1], BACKWARD["gradients"][0][1]
    assert minus(f"Layer 1, unit 2: a = 0.2142, δ = {delta:.4f}, bias −0.20; ") in alt
    assert minus(f"; dW from the inputs {row[0]:.4f} and {row[1]:.4f}.") in alt


def test_so_many_edges_that_their_numbers_would_not_be_readable_go_without():
    ones = [np.ones(4), np.ones(4), np.ones(5)]
    picture = network_picture(ones, [np.full((4, 4), 0.25), np.full((5, 4), 0.75)])
    shown = Counter(text for text, _ in boxes(picture))
    assert shown["0.25"] == 16 and shown["0.75"] == 0
    assert "The 20 edges into layer 2 are drawn without their numbers" in picture.alt
    assert "into layer 1" not in picture.alt and "0.75" not in picture.alt
    assert len(edges(picture)) == 36


@pytest.mark.parametrize("strange", [np.nan, np.inf, -np.inf, 0.0, 1e-300, 1e300, 12345.678])
def test_strange_numbers_are_drawn(strange):
    picture = network_picture(
        [[strange], [strange]], [[[strange]]], biases=[[strange]], deltas=[[strange]]
    )
    picture._repr_html_()
    assert len(boxes(picture)) > 5
