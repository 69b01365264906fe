"""Unit 11: the operations that a Value knows, each in the forms in which it is written."""

from course.driving.graphs import slope_by

FORMS = {
    "add": (lambda a, b: a + b, lambda a, b: a + 2.0, lambda a, b: 2.0 + a, lambda a, b: a + a),
    "sub": (lambda a, b: a - b, lambda a, b: a - 2.0, lambda a, b: 2.0 - a, lambda a, b: -a),
    "mul": (lambda a, b: a * b, lambda a, b: a * 3.0, lambda a, b: 3.0 * a, lambda a, b: a * a),
    "div": (lambda a, b: a / b, lambda a, b: a / 3.0, lambda a, b: 3.0 / a, lambda a, b: a / a),
    "pow": (lambda a, b: a**3, lambda a, b: a**2, lambda a, b: b**-1, lambda a, b: b**0.5),
    "exp": (lambda a, b: a.exp(), lambda a, b: (a * b).exp()),
    "tanh": (lambda a, b: a.tanh(), lambda a, b: (a * b).tanh()),
    "relu": (lambda a, b: a.relu(), lambda a, b: (-a).relu(), lambda a, b: (a * b).relu()),
}
"""Operation -> functions of two Values; a, and sometimes b, is used in them."""


def tables(value_class, arguments):
    """Return a table of each operation, by a student's class, or what the class raised.

    A table has a row for each form, with its value, its slope by a and its slope by b.
    """
    return tuple(_table_of(value_class, forms, **arguments) for forms in FORMS.values())


def _table_of(value_class, forms, a, b):
    rows = []
    for form in forms:
        try:
            of_a, of_b = value_class(a), value_class(b)
            made = form(of_a, of_b)
            rows.append((made.data, slope_by(made, of_a), slope_by(made, of_b)))
        except Exception as error:
            # what one operation raises says nothing of the others
            return error
    return rows
