"""Unit 01: hints in the terms of plain functions, where those of the library speak of networks."""

_A_FORMULA = "A formula is asked for, not a difference."

SLOPE_HINTS = {
    "derivative-of-activated": (
        "Which variable does σ′ take here, z or a?",
        "Look at what the slope is computed from: is the sigmoid applied once too often?",
    ),
    "a-formula-on-z": (
        "a(1 − a) is written in the activated value.",
        "Look at which variable stands in both places of the product.",
    ),
}

QUOTIENT_HINTS = {
    "factor-of-two": (
        "How far apart are the two points?",
        "Look at what the difference is divided by.",
    ),
    "wrong-sign": (
        "Where f grows, its derivative is positive.",
        "Look at which of the two values is taken from which.",
    ),
    "step-too-small": (
        "Subtracting near-equal numbers costs digits.",
        "Look at the step: is it the h that was passed in?",
    ),
}

COMPOSITE_HINTS = {
    "skips-a-factor": (
        "List every box between x and the result.",
        "Look at the square, the sine and the exponential in turn: each brings one factor.",
    ),
    "factor-of-two": (
        "What is the derivative of a square?",
        "Look at the innermost factor.",
    ),
    "derivative-of-activated": (
        "At which point does each derivative stand?",
        "Look at the argument of the cosine: what goes into the sine on the way forward?",
    ),
    "wrong-sign": (
        "Of sine and cosine, which gets a minus when it is differentiated?",
        "Look at the sign of the middle factor.",
    ),
    "forward-difference": (_A_FORMULA, "Look at the list of boxes: each has a derivative."),
    "numerical-gradient": (
        _A_FORMULA,
        "Look at what is left of the difference where the function turns within a step.",
    ),
}

FORK_HINTS = {
    "missing-activation-derivative": (
        "What happens between x and σ(x) on the way back?",
        "Look at the path through σ: it has two factors.",
    ),
    "derivative-of-activated": (
        "Which variable does σ′ take here, x or σ(x)?",
        "Look at the argument of σ′.",
    ),
    "a-formula-on-z": (
        "a(1 − a) is written in the activated value.",
        "Look at which variable stands in both places of the product.",
    ),
    "skips-a-factor": (
        "List every box on each path.",
        "Look at the path through σ: with what is σ(x) multiplied in f?",
    ),
    "wrong-sign": (
        "Does f shrink when σ(x) grows and x is positive?",
        "Look at the sign between the two paths.",
    ),
    "numerical-gradient": (
        _A_FORMULA,
        "Look at how many digits of the difference are left where x is large.",
    ),
}

NEURON_HINTS = {
    "missing-output-derivative": (
        "What happens between z and a on the way back?",
        "Look at the step from a − t to dC/dz: one more factor is needed.",
    ),
    "derivative-of-activated": SLOPE_HINTS["derivative-of-activated"],
    "a-formula-on-z": SLOPE_HINTS["a-formula-on-z"],
    "wrong-sign": (
        "Which way does the cost go when a moves up from t?",
        "Look at the order of the difference of a and t.",
    ),
    "factor-of-two": (
        "Differentiate the cost yourself: what becomes of the ½?",
        "Look at the constant in front of a − t.",
    ),
    "prediction-for-error": (
        "What are the derivatives where the prediction is perfect?",
        "Look at where t comes in.",
    ),
    "forward-difference": (_A_FORMULA, "Look at the boxes from z to C: each has a derivative."),
    "numerical-gradient": (
        "One way back serves all three.",
        "Look at how often the cost is computed for one derivative.",
    ),
}

DESCENT_HINTS = {
    "wrong-sign": (
        "Step against the derivative: which way does your update go?",
        "Look at the sign of the update.",
    ),
    "factor-of-two": (
        "How long is one step?",
        "Look at what the derivative is multiplied with.",
    ),
    "skips-a-factor": (
        "How long is one step?",
        "Look at what the derivative is multiplied with.",
    ),
}
