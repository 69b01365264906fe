"""The steps through a network: what is known after each, its formula, and its words."""

from dataclasses import dataclass

from course.demos import network_words as words
from course.demos.network_truth import WRONG
from course.pictures.numbers import listed


@dataclass(frozen=True)
class Step:
    """One step: kind is "start", "forward", "backward" or "update"; keys, what it computes."""

    kind: str
    layer: int
    title: str
    label: str
    keys: tuple


def steps_of(description, backward=True, update=True):
    """Return the steps in order: the input, each layer forward, each backward, the update."""
    numbers = range(1, len(description.layers) + 1)
    steps = [Step("start", 0, "The input", description.input, ())]
    for k in numbers:
        steps.append(Step("forward", k, f"Forward, layer {k}", f"{k} →", (f"z{k}", f"a{k}")))
    for k in reversed(numbers) if backward else ():
        keys = [f"delta{k}", f"dW{k}"] + [f"db{k}"] * bool(description.layers[k - 1].b)
        steps.append(Step("backward", k, f"Backward, layer {k}", f"← {k}", tuple(keys)))
    if update:
        keys = [f"newW{k}" for k in numbers]
        keys += [f"newb{k}" for k in numbers if description.layers[k - 1].b]
        steps.append(Step("update", 0, "Update", "update", tuple(keys)))
    return steps


def drawn(description, steps, answers, true, marks):
    """Return what the front end shows at each step, a dict a step."""
    named = words.names(description)
    found = []
    for at, step in enumerate(steps):
        said = [words.meaning(description, step, answers.values, true)]
        off = words.differences(description, step, marks)
        trouble = answers.trouble.get(step.kind, "")
        if trouble and not all(key in answers.values for key in step.keys):
            said = [trouble]
        said.append(off)
        if step.kind == "backward" and step.layer == max(answers.inferred, default=0):
            said.append(_read_off(description, answers.inferred))
        sentence = " ".join(filter(None, said))
        results = [words.numbers_of(named, answers.values, key) for key in step.keys[:2]]
        # weights are many; the table beside the picture has them
        short = results[1:] if step.kind == "forward" else results[:1]
        short = [] if step.kind == "update" else short
        place = f"step {at + 1} of {len(steps)}: {step.title.lower()}"
        value_text = "; ".join([place, *short, *([off] if off else [])])
        found.append(
            {
                "kind": step.kind,
                "layer": step.layer,
                "title": step.title,
                "label": step.label,
                "long_label": f"{step.kind} {step.layer}" if step.layer else step.label,
                "sentence": sentence,
                "off": bool(off),
                "value_text": value_text,
                "alternative": _alternative(description, step, short, off),
                "formula": formula(description, step, answers, marks, named),
                **_picture(description, steps[: at + 1]),
            }
        )
    return found


def _read_off(description, inferred):
    own = [description.layers[layer - 1] for layer in sorted(inferred, reverse=True)]
    deltas = listed(layer.delta for layer in own)
    beside = listed(f"d{layer.b}" if layer.b else f"d{layer.W}" for layer in own)
    reason = "; for one example they are equal" if all(layer.b for layer in own) else ""
    return f"{deltas} {'is' if len(own) == 1 else 'are'} read off your {beside}{reason}."


def _alternative(description, step, short, off):
    sizes = description.sizes
    units = listed(map(str, sizes))
    said = [f"A fully connected network with layers of {units} units. {step.title}."]
    return " ".join([*said, *(f"{text}." for text in short), off]).strip()


def _picture(description, steps):
    """Return the keys that the picture shows after these steps, column by column."""
    last, done = len(description.layers), {key for step in steps for key in step.keys}
    now = steps[-1]
    known = done | {"a0"}
    columns = range(last + 1)
    edges = []
    for k in range(1, last + 1):
        key, way, lit = f"W{k}", "", False
        if now.kind == "forward" and k == now.layer:
            way, lit = "forward", True
        if now.kind == "backward":
            way = "backward" if k == now.layer + 1 else ""
            key, lit = (f"dW{k}", True) if k == now.layer else (key, False)
        if now.kind == "update":
            key, lit = f"newW{k}", True
        edges.append({"key": key, "way": way, "lit": lit})
    biased = {"forward": "b", "backward": "db", "update": "newb"}.get(now.kind)
    return {
        "values": [f"a{k}" if f"a{k}" in known else "" for k in columns],
        "deltas": [f"delta{k}" if f"delta{k}" in done else "" for k in columns],
        "biases": [
            f"{biased}{k}"
            if k and biased and description.layers[k - 1].b and now.layer in (0, k)
            else ""
            for k in columns
        ],
        "edges": edges,
    }


def formula(description, step, answers, marks, named):
    """Return the formula of a step as lines of tokens.

    A token is {"key": …}, which stands for its name and its numbers, with "turned" where it is
    transposed, or {"sign": …}.
    """

    def equals(key):
        wrong = key in marks and (marks[key] == WRONG).any()
        return {"sign": "≠" if wrong else "="}

    def sign(text):
        return {"sign": text}

    def key(name, turned=False):
        return {"key": name, "turned": turned}

    k, last, rows = step.layer, len(description.layers), description.rows
    softmax = description.output == "softmax"
    if step.kind == "start":
        return [[key("a0")], [key("y")]]
    if step.kind == "forward":
        z, a, W = f"z{k}", f"a{k}", f"W{k}"
        product = [key(f"a{k - 1}"), key(W)] if rows else [key(W), key(f"a{k - 1}")]
        bias = [sign("+"), key(f"b{k}")] if description.layers[k - 1].b else []
        squeeze = "softmax" if softmax and k == last else description.symbol
        outer = [key(a), equals(a), sign(f"{squeeze}({named[z]})")]
        return [[key(z), equals(z), *product, *bias], outer]
    if step.kind == "backward":
        delta, dW, db = f"delta{k}", f"dW{k}", f"db{k}"
        turned, above = key(f"a{k - 1}", turned=True), f"delta{k + 1}"
        if k == last:
            right = [key(f"a{k}"), sign("−"), key("y")]
        else:
            W = key(f"W{k + 1}", turned=True)
            right = [key(above), W] if rows else [W, key(above)]
        if k < last or not softmax:
            right = [sign("("), *right, sign(")"), sign("⊙"), key(f"slope{k}")]
        outer = [turned, key(delta)] if rows else [key(delta), turned]
        lines = [[key(delta), equals(delta), *right], [key(dW), equals(dW), *outer]]
        if description.layers[k - 1].b:
            lines.append([key(db), equals(db), sign(named[delta])])
        return lines
    lines = []
    for layer, own in enumerate(description.layers, start=1):
        lines.append([key(f"W{layer}"), sign("→"), key(f"newW{layer}")])
        if own.b:
            lines.append([key(f"b{layer}"), sign("→"), key(f"newb{layer}")])
    return lines
