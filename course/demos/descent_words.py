"""What a step along two weights means, in words: sentence, table, text alternative."""

import math

import numpy as np

from course.demos.words import Row, number, rate_text, told_apart
from course.pictures.numbers import listed

_STRAIGHT = 89.5
_SMALL = 1e-12


def place(point):
    """Return a point as text: "(0.35, −1.2)"."""
    return f"({number(point[0])}, {number(point[1])})"


def square(step):
    """Say whether the arrow meets the contour line at a right angle, as far as degrees show it."""
    return step.angle is None or step.angle >= _STRAIGHT


def meaning(step, path=()):
    """Return what the step means, in a sentence or two computed from its numbers.

    path : the points that earlier steps left, the last one left last.
    """
    if step.trouble:
        return step.trouble
    said = [_fault(step)] if not all(step.agrees) else []
    if step.new_point is None or step.predicted is None:
        said.append("The step is too large for a number.")
    elif step.true_cost is None:
        said.append(f"At the new point, {place(step.new_point)}, your cost gives no number.")
    elif not said:
        said.append(_promise(step))
        turned = turn(step, path)
        if turned is not None and turned > 90:
            said.append(
                f"It turns back on the last one by {turned:.0f}°: the path zig-zags across "
                "the valley, as it does where the rate is too large."
            )
    return " ".join(said)


def _fault(step):
    """Say how the student's gradient differs from the cost's own."""
    parts = []
    for weight, mine, curves, agrees in zip(
        step.weights, step.slopes, step.curve_slopes or (None, None), step.agrees, strict=True
    ):
        if not agrees:
            own, true = told_apart(mine, curves)
            parts.append(f"dC/d{weight} is {own} in your gradient, {true} in the cost")
    said = f"{listed(parts)}."
    if step.uphill:
        return (
            f"{_meets(step)}The step begins uphill: does your gradient have the right sign? {said}"
        )
    if not square(step):
        return f"{_meets(step)}{said}"
    return f"The arrow has the right direction, but not the right length: {said}"


def _meets(step):
    if square(step):
        return ""
    return f"The arrow meets the contour line at {step.angle:.0f}°, not at a right angle. "


def _promise(step):
    """Set what the gradient promised beside what the step brought."""
    promised, gained = step.cost - step.predicted, step.cost - step.true_cost
    if promised <= _SMALL * max(1.0, abs(step.cost)):
        return "The gradient here is 0: the step hardly moves, nor does the cost."
    if gained < 0:
        return (
            f"Too large: the gradient promised {number(promised)} less, the cost rose by "
            f"{number(-gained)}; the step ends on a higher line."
        )
    if number(gained) == number(promised):
        return f"The step lowers the cost by {number(gained)}, as the gradient promised."
    lowers = f"The step lowers the cost by {number(gained)}; the gradient promised"
    if gained < promised / 2:
        return f"{lowers} {number(promised)}, too much for so long a step."
    return f"{lowers} {number(promised)}."


def turn(step, path):
    """Return the degrees by which the step turns from the last one; None without two steps."""
    if not len(path) or step.new_point is None:
        return None
    last, now = np.subtract(step.point, path[-1]), np.subtract(step.new_point, step.point)
    lengths = np.linalg.norm(last) * np.linalg.norm(now)
    if not lengths > 0 or not math.isfinite(lengths):
        return None
    return float(np.degrees(np.arccos(np.clip(last @ now / lengths, -1.0, 1.0))))


def value_texts(step):
    """Return what the slider of each weight says: "W2[0, 1] = 0.35, cost 0.71"."""
    cost = "" if step.cost is None else f", cost {number(step.cost)}"
    return [
        f"{weight} = {number(value)}{cost}"
        for weight, value in zip(step.weights, step.point, strict=True)
    ]


def summary(step, path):
    """Return in one line what the demo shows: where the step starts, and what it means."""
    cost = "" if step.cost is None else f", cost {number(step.cost)}"
    where = f"{listed(step.weights)} at {place(step.point)}{cost}, {rate_text(step.rate)}"
    return f"{where}. {meaning(step, path)}"


def alternative(step, shown, levels, path):
    """Return the text alternative of the picture over the window shown."""
    left, right, bottom, top = map(number, shown)
    one, other = step.weights
    if not levels and step.cost is None:
        return f"An empty picture: there is no cost over {one} and {other} yet."
    said = [
        f"Contour lines of the cost over {one}, from {left} to {right}, and {other}, from "
        f"{bottom} to {top}."
    ]
    if levels:
        said.append(f"The lines go from a cost of {number(levels[0])} to {number(levels[-1])}.")
    if step.cost is None:
        return " ".join(said)
    said.append(f"At {place(step.point)} the cost is {number(step.cost)}.")
    if step.slopes is not None and any(step.slopes):
        meets = "" if step.angle is None else f", at {step.angle:.0f}° to the contour line"
        said.append(f"The arrow against the gradient points {_heading(step.slopes)}{meets}.")
    if step.new_point is not None and step.predicted is not None:
        true = "no number" if step.true_cost is None else number(step.true_cost)
        x, y = step.new_point
        inside = shown[0] <= x <= shown[1] and shown[2] <= y <= shown[3]
        said.append(
            f"The step ends at {place(step.new_point)}{'' if inside else ', outside the picture'}, "
            f"where the gradient predicts a cost of {number(step.predicted)} and the true cost "
            f"is {true}."
        )
    if len(path):
        steps = "1 step" if len(path) == 1 else f"{len(path)} steps"
        said.append(f"The path has come {steps} from {place(path[0])}.")
    return " ".join(said)


def _heading(slopes):
    sizes = np.abs(slopes)
    ways = [
        ("left" if slopes[0] > 0 else "right") if sizes[0] > 0.1 * sizes[1] else "",
        ("down" if slopes[1] > 0 else "up") if sizes[1] > 0.1 * sizes[0] else "",
    ]
    return listed(filter(None, ways))


def table(step):
    """Return the rows of numbers beside the picture."""

    def text(x):
        return "none yet" if x is None else number(x, 6)

    def pair(numbers):
        return "none yet" if numbers is None else ", ".join(number(x) for x in numbers)

    return [
        Row("now", "weights", pair(step.point)),
        Row("slope", "−gradient", pair(step.slopes and [-slope for slope in step.slopes])),
        Row("step", "new weights", pair(step.new_point)),
        Row("cost", "cost now", text(step.cost)),
        Row("predicted", "predicted new cost", text(step.predicted)),
        Row("true", "true new cost", text(step.true_cost)),
    ]
