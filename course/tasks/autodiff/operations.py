"""Unit 11: what the operations of a Value should give, and what mistakes make of it."""

import numpy as np

from course.driving.operations import FORMS


class Numbers(complex):
    """A complex number with the methods of a Value, to step through the same forms."""

    def exp(self):
        """Return e to the number."""
        return Numbers(np.exp(complex(self)))

    def tanh(self):
        """Return the hyperbolic tangent of the number."""
        return Numbers(np.tanh(complex(self)))

    def relu(self):
        """Return the number where its real part is positive, else 0."""
        return self if self.real > 0 else Numbers(0.0)

    def __mul__(self, other):
        return Numbers(complex(self) * other)

    def __neg__(self):
        return Numbers(-complex(self))


def table(forms, a, b):
    """Return value, slope by a and slope by b of each form, (forms, 3), by a complex step."""
    h = 1e-20
    rows = []
    for form in forms:
        by_a = complex(form(Numbers(a + 1j * h), Numbers(b)))
        by_b = complex(form(Numbers(a), Numbers(b + 1j * h)))
        rows.append((by_a.real, by_a.imag / h, by_b.imag / h))
    return np.array(rows)


def _with(operation, *changes):
    """Return a function of a and b that yields the tables with one operation's changed.

    changes : (true table (forms, 3), a, b) -> the table that a mistake makes of it, in one way.
    """

    def made(a, b):
        tables = {name: table(forms, a, b) for name, forms in FORMS.items()}
        for change in changes:
            changed = {operation: change(tables[operation].copy(), a, b)}
            yield tuple({**tables, **changed}.values())

    return made


def _second_operand_as_first(rows, a, b):
    rows[0, 2] = 1.0
    return rows


def _second_operand_as_first_everywhere(rows, a, b):
    rows[0, 2] = rows[2, 1] = 1.0
    return rows


def _without_exponent(rows, a, b):
    rows[:, 1:] = [(a**2, 0.0), (a, 0.0), (0.0, b**-2), (0.0, b**-0.5)]
    return rows


def _inner(a, b):
    """Return what stands under the one-argument operations, and its slopes by a and b."""
    return [(a, 1.0, 0.0), (a * b, b, a)]


def _slope_from(formula):
    def change(rows, a, b):
        for row, (z, by_a, by_b) in zip(rows, _inner(a, b), strict=True):
            row[1:] = formula(z) * by_a, formula(z) * by_b
        return rows

    return change


def _all_through(rows, a, b):
    rows[:, 1:] = [(1.0, 0.0), (-1.0, 0.0), (b, a)]
    return rows


SHOWS = {
    "wrong-sign": _with("sub", _second_operand_as_first, _second_operand_as_first_everywhere),
    "skips-a-factor": _with("pow", _without_exponent),
    "missing-activation-derivative": _with("exp", _slope_from(lambda z: 1.0)),
    "a-formula-on-z": _with("tanh", _slope_from(lambda z: 1 - z**2)),
    "derivative-of-activated": _with("tanh", _slope_from(lambda z: 1 - np.tanh(np.tanh(z)) ** 2)),
    "relu-mask-from-output": _with("relu", _all_through),
}
