"""How pictures and their text alternatives write numbers."""

import math


def value_text(value):
    """Return a number with 4 decimals, or in powers of ten where 4 decimals do not fit it."""
    if not math.isfinite(value):
        return str(float(value)).replace("-", "−")
    if value != 0 and (abs(value) < 0.00005 or abs(value) >= 999.99995):
        return f"{value:.1e}".replace("-", "−")
    return f"{value + 0.0:.4f}".replace("-", "−")


def weight_texts(weights):
    """Return each number with the same decimals: as few from 2 to 4 as show all of them whole.

    Initial weights are short (0.80) and stay short; weights after a step of training get the
    decimals in which the step shows.
    """
    numbers = [float(weight) for weight in weights]
    for places in (2, 3):
        if all(math.isfinite(n) and abs(n) < 999 and abs(n - round(n, places)) < 1e-12
               for n in numbers):
            return [f"{n + 0.0:.{places}f}".replace("-", "−") for n in numbers]
    return [value_text(n) for n in numbers]


def listed(words):
    """Return words joined as a sentence joins them: "a", "a and b", "a, b and c"."""
    words = list(words)
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
