"""How pictures and their text alternatives write numbers."""

import math


def value_text(value):
    """Return a number with 4 decimals, or in powers of ten where 4 decimals do not fit it.

    nan stands for a number that is not known yet and becomes a question mark.
    """
    if math.isnan(value):
        return "?"
    if not math.isfinite(value):
        return str(float(value)).replace("-", "−")
    if value != 0 and (abs(value) < 0.00005 or abs(value) >= 999.99995):
        return f"{value:.1e}".replace("-", "−")
    return f"{value + 0.0:.4f}".replace("-", "−")


def weight_texts(weights):
    """Return the texts of numbers with the same decimals: from 4 down to 2, as zeros allow.

    Initial weights are short (0.80) and stay short; weights after a step of training get the
    decimals in which the step shows.
    """
    texts = [value_text(float(weight)) for weight in weights]
    if all("." in text and "e" not in text for text in texts):
        for zeros in ("00", "0"):
            if all(text.endswith(zeros) for text in texts):
                return [text.removesuffix(zeros) for text in texts]
    return texts


def listed(words):
    """Return words joined as a sentence joins them: "a", "a and b", "a, b and c"."""
    words = list(words)
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
