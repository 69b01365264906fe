"""A class as it might write: by themselves, after the notebook, and a few after one another."""

import re
from dataclasses import dataclass
from importlib import import_module

from autograder.example_class.two_layer import STYLES
from autograder.planted import edited, function_sources, mistakes, reference_sources
from autograder.similar.alike import Answer, Task
from autograder.similar.oddities import oddities, words_of
from autograder.similar.pieces import take_apart
from tests.proof.units import two_layer as known

STYLE_SHARE, REFERENCE_SHARE, MISTAKE_SHARE = 0.2, 0.35, 0.15
NAMES = {
    "z1": ("z1", "hidden_in", "pre1", "net1", "u"),
    "a1": ("a1", "hidden", "h", "act1", "sig"),
    "z2": ("z2", "scores", "logits", "net2", "out"),
    "p": ("p", "probs", "softmax_out", "yhat", "prediction"),
    "delta2": ("delta2", "d2", "err_out", "dz2", "grad_out"),
    "delta1": ("delta1", "d1", "err_hidden", "dz1", "grad_hidden"),
    "dW1": ("dW1", "gW1", "grad_W1", "first", "dA"),
    "dW2": ("dW2", "gW2", "grad_W2", "second", "dB"),
    "back": ("back", "passed", "upstream", "tmp", "from_above"),
    "slope": ("slope", "deriv", "sp", "local", "gate"),
}
ODD = (
    "delta1 = delta1 * (W1.sum(axis=1) > 0) / len(x)",
    "delta1 = delta1 - delta1.mean() * np.sign(z1)",
    "delta2 = delta2 * p.max() - 0.37 * p",
    "delta1 = np.cumsum(delta1)[::-1] / (1 + len(delta1))",
    "delta2 = np.roll(delta2, 1) * (2 - p)",
    "delta1 = np.where(a1 > 0.25, delta1, 7 * delta2[0])",
    "delta1 = delta1 @ np.tril(np.ones((len(a1), len(a1))))",
    "delta2 = np.maximum(delta2, -0.11) - min(p)",
    "delta1 = (delta1 + delta1[0]) / 1.7 ** np.arange(len(z1))",
    "delta2 = np.divide(delta2, y + 0.9) if y[0] else delta2 * 3.3",
)
"""Mistakes that nobody else makes, as a line after the two errors."""


@dataclass(frozen=True)
class Writer:
    """One student: who they copied from, and what they wrote, function -> text."""

    student: str
    wrote: dict[str, str]
    after: str = ""
    wrong: str = ""


def write_class(rng, count, copies=0, wrong_copies=0):
    """Return a list of Writer: `count` of their own, then those who copied from one of them.

    rng : numpy's. Each copy is disguised, and of another student; `wrong_copies` of them copy
    an answer that is wrong as nobody else's is.
    """
    writers = []
    named = list(mistakes("two_layer").items())
    reference = {
        name: text
        for name, text in reference_sources("two_layer").items()
        if name in ("forward", "loss", "backward", "train_step")
    }
    for at in range(count):
        student = f"s{at:04}"
        original = at < copies + wrong_copies
        drawn = rng.random()
        if original or drawn > STYLE_SHARE + REFERENCE_SHARE + MISTAKE_SHARE:
            odd = ODD[at % len(ODD)] if at < wrong_copies else ""
            writers.append(Writer(student, _own(rng, odd), wrong=f"odd {at}" if odd else ""))
        elif drawn < STYLE_SHARE:
            style = STYLES[rng.integers(len(STYLES))]
            module = import_module(f"autograder.example_class.two_layer.{style}")
            writers.append(Writer(student, function_sources(module)))
        elif drawn < STYLE_SHARE + REFERENCE_SHARE:
            writers.append(Writer(student, dict(reference)))
        else:
            name, edits = named[rng.integers(len(named))]
            writers.append(Writer(student, edited(reference, edits), wrong=name))
    for at in range(copies + wrong_copies):
        first = writers[at]
        wrote = {name: disguised(rng, text) for name, text in first.wrote.items()}
        writers.append(Writer(f"t{at:04}", wrote, first.student, first.wrong))
    return writers


def _own(rng, odd=""):
    """Draw four functions, written by somebody who thinks for themselves."""

    def pick(options, **names):
        return str(options[rng.integers(len(options))]).format(**names)

    forward = [
        "def forward(x, W1, b1, W2, b2):",
        f"    z1 = {pick(known.LINEAR, W='W1', a='x', b='b1')}",
        f"    a1 = {pick(known.SIGMOIDS, z='z1')}",
        f"    z2 = {pick(known.LINEAR, W='W2', a='a1', b='b2')}",
        f"    p = {pick(known.SOFTMAXES, z='z2')}",
        "    return z1, a1, z2, p",
    ]
    loss = ["def loss(p, y):", f"    return {pick(known.LOSSES)}"]
    parts = [f"    delta2 = {pick(known.DELTA2)}"]
    if rng.random() < 0.5:
        parts.append(f"    back = {pick(known.BACK)}")
        parts.append(f"    delta1 = {pick(known.SLOPES, e='back')}")
    else:
        parts.append(f"    delta1 = {pick(known.SLOPES, e=pick(known.BACK))}")
    if odd:
        parts.append(f"    {odd}")
    backward = [
        "def backward(x, y, W1, b1, W2, b2):",
        "    z1, a1, z2, p = forward(x, W1, b1, W2, b2)",
        *parts,
        f"    dW1 = {pick(known.OUTER, d='delta1', a='x')}",
        f"    dW2 = {pick(known.OUTER, d='delta2', a='a1')}",
        "    return dW1, delta1, dW2, delta2",
    ]
    step = [
        "def train_step(x, y, W1, b1, W2, b2, rate=0.02):",
        "    dW1, d1, dW2, d2 = backward(x, y, W1, b1, W2, b2)",
        "    return W1 - rate * dW1, b1 - rate * d1, W2 - rate * dW2, b2 - rate * d2",
    ]
    texts = {"forward": forward, "loss": loss, "backward": backward, "train_step": step}
    chosen = {name: others[rng.integers(len(others))] for name, others in NAMES.items()}
    return {name: renamed("\n".join(lines), chosen) for name, lines in texts.items()}


def renamed(text, names):
    """Return a text with other names in it, but for those of its parameters."""
    head, _, rest = text.partition("\n")
    given = set(re.findall(r"\w+", head))
    names = {old: new for old, new in names.items() if old not in given}
    pattern = r"(?<!\.)\b(" + "|".join(map(re.escape, names)) + r")\b(?!\()"
    return f"{head}\n" + re.sub(pattern, lambda found: names[found[0]], rest) if names else text


def disguised(rng, text):
    """Return a copy as somebody might hide it: other names, order, layout and remarks."""
    head, *lines = text.split("\n")
    own = {name for line in lines for name in re.findall(r"^ +(\w+) = ", line)}
    lines = renamed(
        "\n".join([head, *lines]), {name: f"var_{at}" for at, name in enumerate(sorted(own))}
    ).split("\n")[1:]
    # two lines that do not need each other may trade places
    for at in range(len(lines) - 1):
        first, second = lines[at : at + 2]
        made = re.match(r" +(\w+) = ", first)
        other = re.match(r" +(\w+) = ", second)
        if not (made and other):
            continue
        if not re.search(rf"\b{made[1]}\b", second) and not re.search(rf"\b{other[1]}\b", first):
            lines[at : at + 2] = [second, first]
            break
    lines = [line.replace(" * ", "*") for line in lines]
    lines.insert(int(rng.integers(len(lines))), "    # my own idea")
    return "\n".join([head, *lines])


def tasks_of(writers):
    """Return name of a task -> Task of what a class wrote, as a grading would have found it."""
    reference = reference_sources("two_layer")
    given = frozenset(reference)
    tasks = {}
    for name in ("forward", "loss", "backward", "train_step"):
        words = words_of(reference[name])
        answers = []
        for writer in writers:
            text, wrong = writer.wrote[name], writer.wrong if name == "backward" else ""
            named = not wrong.startswith("odd")
            answers.append(
                Answer(
                    writer.student,
                    take_apart(text, given),
                    oddities(text, words),
                    4.0 if wrong else 10.0,
                    10.0,
                    frozenset({(wrong, named)}) if wrong else frozenset(),
                )
            )
        tasks[name] = Task(
            tuple(answers), reference=frozenset(take_apart(reference[name], given).keys)
        )
    return tasks


def copied(writers):
    """Return the pairs of students of whom one copied from the other."""
    return {tuple(sorted((writer.after, writer.student))) for writer in writers if writer.after}
