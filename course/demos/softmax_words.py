"""What the logits mean, in words: the sentence below the picture and its text alternative."""

import numpy as np

from course.demos.own_numbers import difference, troubles, two_numbers
from course.demos.words import number


def meaning(now, p, slope):
    """Return the sentences on a softmax_numbers.Numbers and on the student's Own of p and slope."""
    classes = range(len(now.z))
    said = [
        troubles(p, slope),
        difference("Your softmax", [f"p[{k}]" for k in classes], p),
        difference("Your gradient", [f"dC/dz[{k}]" for k in classes], slope),
        _verdict(now),
        _pushes(now),
    ]
    return " ".join(filter(None, said))


def _verdict(now):
    right = now.p[now.label]
    first = now.p[now.label] >= now.p.max()
    if first:
        how = "Right and sure" if right > 0.9 else "Right, but unsure"
    else:
        how = "Badly wrong" if right < 0.05 else "Wrong"
    return f"{how}: the right class, {now.label}, has p = {number(right)}."


def _pushes(now):
    mine, other = abs(now.slope[now.label]), abs(now.other_slope[now.label])
    said = (
        f"Cross-entropy pushes its logit with {number(mine)}, "
        f"the quadratic cost with {number(other)}"
    )
    if other == 0 or mine > 1e6 * other:
        return f"{said}: next to nothing."
    if mine >= 1.5 * other:
        return f"{said}, {float(f'{mine / other:.2g}'):.0f} times less."
    return f"{said}."


def value_text(now, k):
    """Return what the slider of a logit says: "z[0] = 2, p[0] = 0.87, the right class"."""
    right = ", the right class" if k == now.label else ""
    return f"z[{k}] = {number(now.z[k])}, p[{k}] = {number(now.p[k])}{right}"


def places(now, p, slope):
    """Return the lines said of each place of the picture, as {name: [lines of class 0, …]}."""
    said = {"p": [], "slope": [], "other": []}
    for k in range(len(now.z)):
        right = "right" if k == now.label else "wrong"
        said["p"].append(
            two_numbers(f"p[{k}]", p.value[k], now.p[k])
            if p.off[k]
            else [
                f"p[{k}] = {number(now.p[k], 4)}",
                f"class {k} is {right}: y = {right == 'right':d}",
            ]
        )
        said["slope"].append(
            two_numbers(f"dC/dz[{k}]", slope.value[k], now.slope[k])
            if slope.off[k]
            else [f"cross-entropy: dC/dz[{k}] = {number(now.slope[k], 4)}", _way(now.slope[k])]
        )
        said["other"].append(
            [f"quadratic cost: dC/dz[{k}] = {number(now.other_slope[k], 4)}",
             _way(now.other_slope[k])]
        )  # fmt: skip
    return said


def _way(slope):
    if slope == 0:
        return "descent leaves this logit where it is"
    return f"descent {'lowers' if slope > 0 else 'raises'} this logit"


def alternative(now):
    """Return the text alternative of the picture."""
    top = int(np.argmax(now.p))
    ps = ", ".join(number(x) for x in now.p)
    slopes = ", ".join(number(x) for x in now.slope)
    others = ", ".join(number(x) for x in now.other_slope)
    return (
        f"Bars of p for {len(now.p)} classes: {ps}; class {top} has the largest, class "
        f"{now.label} is right. Arrows of the gradient by the logits: {slopes} for the "
        f"cross-entropy, {others} for the quadratic cost after a {now.output}."
    )
