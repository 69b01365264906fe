"""One step of gradient descent along one weight: what the tangent promises, what comes true.

Numbers only, and no widget: from a student's functions, the chosen weight, its value and the
learning rate to a Step.
"""

from dataclasses import dataclass

import numpy as np

from course.demos.asking import cost_at, gradients_at, slope_in
from course.demos.parameters import entries, moved

TOLERANCE = 1e-4
"""The relative difference from which a slope clearly is not the curve's."""


@dataclass(frozen=True)
class Step:
    """The step from `value` to `new_value`; None stands for a number that cannot be had.

    weight, value, rate : which weight, what it is now, the learning rate.
    cost : the student's cost now.
    slope : the student's own gradient entry, dC/dw.
    curve_slope : the slope of the student's cost here, by a central difference.
    agrees : whether the two slopes agree; True where one of them is missing.
    new_value : value - rate * slope.
    predicted : the cost at new_value by the tangent, cost - rate * slope**2.
    true_cost : the student's cost at new_value.
    trouble : a sentence on what the student's functions did instead of answering, or "".
    """

    weight: str
    value: float
    rate: float
    cost: float | None = None
    slope: float | None = None
    curve_slope: float | None = None
    agrees: bool = True
    new_value: float | None = None
    predicted: float | None = None
    true_cost: float | None = None
    trouble: str = ""


def look(cost, gradients, parameters, weight, value, rate):
    """Return the Step that the student's functions give, whatever they do.

    cost(*parameters) -> float, gradients(*parameters) -> a tuple in the order of parameters;
    parameters is a dict of float64 arrays and is not changed; weight is a name such as
    "W2[0, 1]", counted from zero.
    """
    entry = entries(parameters)[weight]
    here = moved(parameters, entry, value)
    now, trouble = cost_at(cost, [array.copy() for array in here])
    if now is None:
        return Step(weight, value, rate, trouble=trouble)

    answer, trouble = gradients_at(gradients, here, list(parameters))
    slope = None
    if answer is not None:
        slope, trouble = slope_in(answer, parameters, entry)
    if slope is None:
        return Step(weight, value, rate, cost=now, trouble=trouble)

    def along(at):
        return cost_at(cost, moved(parameters, entry, at))[0]

    curve_slope, agrees = compare(along, value, now, slope)
    with np.errstate(over="ignore"):
        new_value = float(np.subtract(value, np.multiply(rate, slope)))
        predicted = float(np.subtract(now, np.multiply(rate, np.square(slope))))
    return Step(
        weight, value, rate, now, slope, curve_slope, agrees,
        new_value if np.isfinite(new_value) else None,
        predicted if np.isfinite(predicted) else None,
        along(new_value) if np.isfinite(new_value) else None,
    )  # fmt: skip


def compare(along, value, now, slope):
    """Return the central difference of `along` at value, and whether `slope` agrees with it.

    The difference takes h = eps**(1/3), which balances rounding against truncation (Press et
    al., Numerical Recipes, section 5.7), with the eps of float32 where every cost is a float32
    number. At a kink any slope between the one-sided ones agrees.
    """
    for precision in (np.float64, np.float32):
        noise = float(np.finfo(precision).eps) ** (1 / 3)
        h = noise * max(1.0, abs(value))
        left, right = along(value - h), along(value + h)
        if left is None or right is None:
            return None, True
        if not _all_float32(left, now, right):
            break
    sides = [(now - left) / h, (right - now) / h]
    central = (right - left) / (2 * h)
    allowed = TOLERANCE * max(abs(slope), abs(central)) + 10 * noise**2 * max(1.0, abs(now))
    return central, bool(min(sides) - allowed <= slope <= max(sides) + allowed)


def _all_float32(*costs):
    with np.errstate(over="ignore"):
        return all(float(np.float32(cost)) == cost for cost in costs)


def strongest(gradients, parameters):
    """Return the weight with the largest |dC/dw| by the student's gradients, else the first."""
    return by_strength(gradients, parameters)[0]


def by_strength(gradients, parameters):
    """Return all weights, the largest |dC/dw| by the student's gradients first.

    They stay in the order of the parameters where the student's gradients give no numbers.
    """
    known = entries(parameters)
    arrays = [array.copy() for array in parameters.values()]
    answer, _ = gradients_at(gradients, arrays, list(parameters))
    if answer is None:
        return list(known)
    slopes = {weight: slope_in(answer, parameters, entry)[0] for weight, entry in known.items()}
    return sorted(known, key=lambda weight: -abs(slopes[weight] or 0.0))
