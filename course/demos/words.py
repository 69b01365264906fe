"""What a step means, in words: the sentence below the picture, its text alternative, the table."""

from dataclasses import dataclass


def number(x, digits=3):
    """Return a number as short text with so many significant digits: "0.02", "−1.2e−7"."""
    if x == 0:
        return "0"
    mantissa, _, exponent = f"{x:.{digits}g}".partition("e")
    text = f"{mantissa}e{int(exponent)}" if exponent else mantissa
    return text.replace("-", "−")


def told_apart(x, y):
    """Return two numbers as texts with as many digits, from 3 up to 8, as tell them apart."""
    for digits in range(3, 9):
        texts = number(x, digits), number(y, digits)
        if texts[0] != texts[1]:
            break
    return texts


def meaning(step):
    """Return what the step means, in a sentence or two computed from its numbers."""
    if step.trouble:
        return step.trouble
    said = []
    if not step.agrees:
        mine, curves = told_apart(step.slope, step.curve_slope)
        said.append(f"Your gradient says {mine} here, the curve's slope is {curves}.")
    if step.new_value is None or step.predicted is None:
        said.append("The step is too large for a number.")
    elif step.true_cost is None:
        said.append(f"At the new weight, {number(step.new_value)}, your cost gives no number.")
    elif step.agrees:
        said.append(_promise(step))
    elif step.slope * step.curve_slope < 0:
        said.append("The step goes uphill: does your gradient have the right sign?")
    return " ".join(said)


def _promise(step):
    """Set what the tangent promised beside what the step brought; the slope is the curve's."""
    promised, gained = step.cost - step.predicted, step.cost - step.true_cost
    if promised <= 1e-12 * max(1.0, abs(step.cost)):
        return f"The slope here is {number(step.slope)}: the step hardly moves, nor does the cost."
    if gained < 0:
        return (
            f"Too large: the tangent promised {number(promised)} less, "
            f"the cost rose by {number(-gained)}."
        )
    if number(gained) == number(promised):
        return f"The step lowers the cost by {number(gained)}, as the tangent promised."
    lowers = f"The step lowers the cost by {number(gained)}; the tangent promised"
    if gained < promised / 2:
        return f"{lowers} {number(promised)}, too much for so long a step."
    return f"{lowers} {number(promised)}."


def summary(step):
    """Return in one line what the demo shows: where the step starts, and what it means."""
    return f"{value_text(step)}, {rate_text(step.rate)}. {meaning(step)}"


def value_text(step):
    """Return what the slider of the weight says: "W2[0, 1] = 0.35, cost 0.71"."""
    if step.cost is None:
        return f"{step.weight} = {number(step.value)}"
    return f"{step.weight} = {number(step.value)}, cost {number(step.cost)}"


def rate_text(rate):
    """Return what the slider of the learning rate says: "rate 0.02"."""
    return f"rate {number(rate)}"


def alternative(step, shown):
    """Return the text alternative of the picture over the weights `shown`, (low, high)."""
    low, high = map(number, shown)
    if step.cost is None:
        return f"An empty picture: there is no cost along {step.weight} yet."
    said = [
        f"The cost along {step.weight} from {low} to {high}.",
        f"At {number(step.value)} the cost is {number(step.cost)}.",
    ]
    if step.slope is not None:
        beside = "" if step.agrees else ", which does not touch the curve but cuts it"
        said.append(f"The tangent has slope {number(step.slope)}{beside}.")
    if step.new_value is not None and step.predicted is not None:
        true = "no number" if step.true_cost is None else number(step.true_cost)
        outside = "" if shown[0] <= step.new_value <= shown[1] else ", outside the picture"
        said.append(
            f"The step ends at {number(step.new_value)}{outside}, where the tangent predicts "
            f"a cost of {number(step.predicted)} and the true cost is {true}."
        )
    return " ".join(said)


@dataclass(frozen=True)
class Row:
    """One row of the table: mark names the sign in the picture, so that the table is its key."""

    mark: str
    label: str
    text: str


def table(step):
    """Return the rows of numbers below the picture."""

    def text(x):
        return "none yet" if x is None else number(x, 6)

    return [
        Row("now", "w", text(step.value)),
        Row("slope", "dC/dw", text(step.slope)),
        Row("step", "new w", text(step.new_value)),
        Row("cost", "cost now", text(step.cost)),
        Row("predicted", "predicted new cost", text(step.predicted)),
        Row("true", "true new cost", text(step.true_cost)),
    ]
