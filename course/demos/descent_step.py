"""One step of gradient descent along two weights at once: where it goes, what it brings.

Numbers only, and no widget: from a student's functions, two weights, where they stand and the
learning rate to a PlaneStep.
"""

from dataclasses import dataclass

import numpy as np

from course.demos.asking import cost_at, gradients_at, slope_in
from course.demos.parameters import entries, placed
from course.demos.step import compare


@dataclass(frozen=True)
class PlaneStep:
    """The step from `point` to `new_point`; None stands for a number that cannot be had.

    weights, point : which two weights, and what they are now. rate : the learning rate.
    cost : the student's cost now.
    slopes : the student's own two gradient entries.
    curve_slopes : the slopes of the student's cost here, by central differences.
    agrees : for each of the two, whether the slopes agree; True where one of them is missing.
    angle : degrees, 0 to 90, between the student's gradient and the contour line through the
        point, which is perpendicular to curve_slopes; 90 where they agree.
    new_point : point - rate * slopes.
    predicted : the cost at new_point by the gradient, cost - rate * the sum of slopes**2.
    true_cost : the student's cost at new_point.
    trouble : a sentence on what the student's functions did instead of answering, or "".
    """

    weights: tuple
    point: tuple
    rate: float
    cost: float | None = None
    slopes: tuple | None = None
    curve_slopes: tuple | None = None
    agrees: tuple = (True, True)
    angle: float | None = None
    new_point: tuple | None = None
    predicted: float | None = None
    true_cost: float | None = None
    trouble: str = ""

    @property
    def uphill(self):
        """Whether a step against the student's gradient begins by raising the cost."""
        if self.slopes is None or self.curve_slopes is None:
            return False
        with np.errstate(all="ignore"):
            return bool(not all(self.agrees) and np.dot(self.slopes, self.curve_slopes) < 0)


def look(cost, gradients, parameters, weights, point, rate):
    """Return the PlaneStep that the student's functions give, whatever they do.

    cost(*parameters) -> float, gradients(*parameters) -> a tuple in the order of parameters;
    parameters is a dict of float64 arrays and is not changed; weights are two names such as
    "W2[0, 1]", counted from zero.
    """
    known = entries(parameters)
    chosen = [known[weight] for weight in weights]

    def at(x, y):
        return cost_at(cost, placed(parameters, chosen, [x, y]))

    now, trouble = at(*point)
    if now is None:
        return PlaneStep(weights, point, rate, trouble=trouble)
    answer, trouble = gradients_at(gradients, placed(parameters, chosen, point), list(parameters))
    slopes = []
    for entry in chosen if answer is not None else ():
        slope, said = slope_in(answer, parameters, entry)
        slopes.append(slope)
        trouble = trouble or said
    if not slopes or None in slopes:
        return PlaneStep(weights, point, rate, cost=now, trouble=trouble)

    x, y = point
    curve_slopes, agrees = zip(
        compare(lambda value: at(value, y)[0], x, now, slopes[0]),
        compare(lambda value: at(x, value)[0], y, now, slopes[1]),
        strict=True,
    )
    with np.errstate(all="ignore"):
        new_point = np.subtract(point, np.multiply(rate, slopes))
        predicted = float(now - rate * np.sum(np.square(slopes)))
    there = bool(np.isfinite(new_point).all())
    return PlaneStep(
        weights, point, rate, now, tuple(slopes),
        None if None in curve_slopes else curve_slopes,
        agrees,
        _angle(slopes, curve_slopes, agrees),
        tuple(map(float, new_point)) if there else None,
        predicted if np.isfinite(predicted) else None,
        at(*map(float, new_point))[0] if there else None,
    )  # fmt: skip


def _angle(slopes, curve_slopes, agrees):
    """Return the degrees between a gradient and the line across another, None where one is 0."""
    if all(agrees):
        return 90.0 if any(slopes) else None
    if None in curve_slopes or not any(slopes) or not any(curve_slopes):
        return None
    one, other = (np.divide(pair, np.max(np.abs(pair))) for pair in (slopes, curve_slopes))
    along = abs(one @ other) / (np.linalg.norm(one) * np.linalg.norm(other))
    return float(np.degrees(np.arcsin(min(1.0, along))))
