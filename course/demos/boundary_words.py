"""What a network that learns shows, in words: the sentence and the text alternative."""

from dataclasses import dataclass

from course.demos.words import number, told_apart

KEPT = " The picture stays as it was."
SHAPES = ("circle", "square", "triangle", "diamond")


@dataclass(frozen=True)
class Now:
    """What there is to say of the present state.

    steps : since the last reset. loss : or None. right : points in a region of their own
    class, or None where there is no picture yet. total : points. trouble : a sentence or "".
    rise : "uphill" or "too far" where the last steps raised the loss, else "".
    losses : before and after them. taken : how many they were. wanted : how many were asked
    for. unmoved : names of parameters that they left as they were. arrays : how many
    parameters there are. everywhere : the class that the network gives every place, or None.
    """

    steps: int
    loss: float | None
    right: int | None
    total: int
    trouble: str = ""
    rise: str = ""
    losses: tuple = (None, None)
    taken: int = 0
    wanted: int = 0
    unmoved: tuple = ()
    arrays: int = 0
    everywhere: int | None = None


def reading(now):
    """Return the numbers in one line: "Step 120: loss 0.21, 187 of 200 points right."."""
    said = [] if now.loss is None else [f"loss {number(now.loss)}"]
    if now.right is not None:
        said.append(f"{now.right} of {now.total} points right")
    return f"Step {now.steps}{': ' if said else ''}{', '.join(said)}."


def meaning(now):
    """Return the sentences below the picture."""
    said = [reading(now)]
    if now.trouble:
        said.append(now.trouble)
    elif now.rise:
        said.append(_rise(now))
    elif now.taken and len(now.unmoved) == now.arrays:
        said.append("Your step changes nothing: does it return the new parameters?")
    elif now.unmoved:
        said.append(f"Your step leaves {_listed(now.unmoved)} exactly as it found them.")
    elif now.everywhere is not None:
        said.append(f"No boundary: the network says class {now.everywhere} everywhere.")
    elif now.right == now.total:
        said.append("Every point lies in a region of its own class.")
    if not now.trouble and now.taken < now.wanted:
        steps = "step" if now.taken == 1 else "steps"
        said.append(f"In the time of one picture there was room for {now.taken} {steps}.")
    return " ".join(said)


def _rise(now):
    before, after = told_apart(*now.losses)
    rose = f"The loss rose from {before} to {after}"
    if now.rise == "uphill":
        how = "goes uphill from its very start. Does the update go against the gradient?"
    else:
        how = "starts downhill but goes too far. Is the rate too large?"
    return f"{rose}: your step {how}"


def _listed(names):
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def alternative(now, counts, shares):
    """Return the text alternative of the picture.

    counts : points of each class. shares : the part of the plane that is each class's region,
    or None where there is no picture yet.
    """
    points = [f"{n} {SHAPES[k]}{'' if n == 1 else 's'} of class {k}" for k, n in enumerate(counts)]
    said = [f"A plane with {_listed(points)}."]
    if shares is None:
        return f"{said[0]} There are no regions yet."
    regions = [f"class {k} {share:.0%}" for k, share in enumerate(shares)]
    said.append(f"The network's regions: {_listed(regions)} of the plane.")
    wrong = now.total - now.right
    said.append(
        "No point lies in a wrong region."
        if not wrong
        else f"{wrong} {'point is' if wrong == 1 else 'points are'} ringed, in a wrong region."
    )
    return " ".join(said)


def curve_text(history, name):
    """Return the text alternative of the small curve; history: (step, value) pairs."""
    if not history:
        return f"No curve of the {name} yet."
    (first, start), (last, end) = history[0], history[-1]
    if first == last:
        return f"The {name} is {number(end)} at step {last}."
    return f"The {name} from {number(start)} at step {first} to {number(end)} at step {last}."
