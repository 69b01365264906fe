"""Asking a student's functions for a number, and saying plainly what came instead.

Each function here returns (number, ""), or (None, sentence) where no number came. What the
student's code raises, prints or returns gets no further than this file.
"""

import math

import numpy as np

from course.running import TimeUp, is_a_cells, run


def cost_at(cost, arrays):
    """Return the cost of these parameters as a float, or None and what happened."""
    outcome = run(cost, *arrays)
    if isinstance(outcome.error, NotImplementedError):
        said = _unwritten(outcome.error) or "A function behind your cost"
        return None, f"{said} {_NOT_WRITTEN} Run this cell again once it is."
    if outcome.error is not None:
        return None, f"Your cost {raised(outcome.error)}"
    if outcome.value is None:
        return None, "Your cost is None: is a return missing?"
    value = numbers(outcome.value)
    if value is None:
        return None, f"Your cost is {kind(outcome.value)}; it must be one number."
    if value.size != 1:
        return None, f"Your cost has shape {value.shape}; it must be one number."
    if not np.isfinite(value).all():
        return None, f"Your cost is {value.item()} here, so there is nothing to draw."
    return float(value.item()), ""


def gradients_at(gradients, arrays, names):
    """Return the student's gradients, unjudged but as many as names, or None and what happened."""
    outcome = run(gradients, *arrays)
    answer = outcome.value
    if isinstance(outcome.error, NotImplementedError):
        said = _unwritten(outcome.error) or "Your backward"
        said = f"{said} {_NOT_WRITTEN} The picture shows the cost; the step will appear once it is."
        return None, said
    parts = ", ".join(f"d{name}" for name in names)
    expected = f"the tuple ({parts}{',' if len(names) == 1 else ''})"
    if outcome.error is not None:
        said = f"Your backward {raised(outcome.error)}"
    elif answer is None:
        said = "Your backward returned None: is its return missing?"
    elif not isinstance(answer, tuple | list):
        said = f"Your backward returned {kind(answer)}; it must return {expected}."
    elif len(answer) != len(names):
        said = f"Your backward returned {len(answer)} parts; it must return {expected}."
    else:
        return answer, ""
    return None, f"{said} {_STILL}"


def slope_in(answer, parameters, entry):
    """Return the entry's dC/dw out of a student's gradients, or None and what is wrong there."""
    name, index = entry
    part = answer[list(parameters).index(name)]
    wanted = parameters[name].shape
    value = numbers(part)
    if part is None:
        said = f"Your backward returned None for d{name}."
    elif value is None:
        said = f"Your d{name} is {kind(part)}; it must be an array of numbers."
    elif value.shape != wanted:
        said = f"Your d{name} has shape {value.shape}; {name} has shape {wanted}."
    elif not math.isfinite(value[index]):
        where = f"[{', '.join(map(str, index))}]" if index else ""
        said = f"Your d{name}{where} is {value[index]}."
    else:
        return float(value[index]), ""
    return None, f"{said} {_STILL}"


_NOT_WRITTEN = "is not written yet (NotImplementedError)."
_STILL = "The picture shows the cost; the step will appear once this is mended."


def _unwritten(error):
    """Name the function of the notebook's own that raised an error, as "Your f"; "" for others."""
    step = error.__traceback__
    while step.tb_next:
        step = step.tb_next
    code = step.tb_frame.f_code
    own = is_a_cells(code.co_filename) and code.co_name.isidentifier()
    return f"Your {code.co_name}" if own else ""


def failed(error):
    """Say how a call failed, in one sentence without its subject."""
    return _NOT_WRITTEN if isinstance(error, NotImplementedError) else raised(error)


def raised(error):
    """Say what a call raised, in one sentence without its subject."""
    if isinstance(error, TimeUp):
        return "takes too long: is there a loop that never ends?"
    try:
        message = " ".join(str(error).split())
    except Exception:  # a student's exception class may not even print
        message = ""
    if len(message) > 120:
        message = f"{message[:117]}…"
    return f"raised {type(error).__name__}{f': {message}' if message else ''}".rstrip(".") + "."


def numbers(answer):
    """Return the answer as an array of real numbers, or None where it is something else."""
    try:
        array = np.asarray(answer)
    except Exception:  # a ragged list, or an object whose conversion raises
        return None
    return array if array.dtype.kind in "fiu" else None


def kind(answer):
    """Say in two or three words what kind of thing a student returned."""
    if isinstance(answer, np.ndarray):
        return f"an array of {answer.dtype}"
    name = type(answer).__name__
    return f"an {name}" if name[0] in "aeiouAEIOU" else f"a {name}"
