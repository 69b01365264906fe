"""Unit 05: linear + sigmoid, linear + softmax, cross-entropy, one example at a time."""

import numpy as np

from course.differentiate import complex_step_gradient
from course.forward import cross_entropy, sigmoid, softmax, two_layer_forward
from course.task import Case, Part, Task

RATE = 0.02
PARAMETERS = ("W1", "b1", "W2", "b2")

HIDDEN, INPUTS, CLASSES = "hidden units", "inputs", "classes"


def worked_example():
    """Return the arguments x, y, W1, b1, W2, b2 of the worked example, as new arrays.

    Two inputs, three hidden units, two classes; the network starts out believing the wrong
    class, so there is something to learn.
    """
    return {
        "x": np.array([0.5, -1.0]),
        "y": np.array([0.0, 1.0]),
        "W1": np.array([[0.8, 0.2], [-0.4, 0.9], [0.3, -0.6]]),
        "b1": np.array([0.1, -0.2, 0.05]),
        "W2": np.array([[0.6, -0.5, 0.4], [-0.3, 0.6, -0.8]]),
        "b2": np.array([0.05, -0.1]),
    }


def _draw_network(rng, kind):
    """Draw x, y and the parameters of a network of the given kind, with words for the kind."""
    if kind == "worked":
        return worked_example(), "the numbers of the worked example"
    if kind == "uneven":
        widths, says = (4, 3, 5), "4 inputs, 3 hidden units and 5 classes"
    elif kind.startswith("hidden "):
        widths = (2, int(kind.removeprefix("hidden ")), 3)
        says = f"{widths[1]} hidden unit{'s' if widths[1] > 1 else ''}"
    else:
        widths, says = (2, 3, 2), "2 inputs, 3 hidden units and 2 classes"
    n0, n1, n2 = widths
    arguments = {
        "x": rng.normal(size=n0),
        "y": np.eye(n2)[rng.integers(n2)],
        "W1": rng.normal(size=(n1, n0)),
        "b1": rng.normal(size=n1),
        "W2": rng.normal(size=(n2, n1)),
        "b2": rng.normal(size=n2),
    }
    if kind == "dominated":
        arguments["b2"][rng.integers(n2)] += 9.0
        says = "one class that dominates"
    elif kind == "large":
        arguments["W1"] *= 4.0
        arguments["W2"] *= 4.0
        says = "large weights"
    elif kind == "float32":
        arguments = {name: value.astype(np.float32) for name, value in arguments.items()}
        says = "float32 arrays"
    elif kind == "integer":
        arguments = {
            name: value if name == "y" else rng.choice((-2, -1, 1, 2), size=value.shape)
            for name, value in arguments.items()
        }
        arguments["y"] = arguments["y"].astype(int)
        says = "integer arrays"
    return arguments, says


def _pick(names):
    def draw(rng, kind):
        arguments, says = _draw_network(rng, kind)
        return Case({name: arguments[name] for name in names}, says)

    return draw


def _draw_loss(rng, kind):
    arguments, says = _draw_network(rng, kind)
    y = arguments.pop("y")
    x = arguments.pop("x")
    return Case({"p": two_layer_forward(x, **arguments)[-1], "y": y}, says)


def _draw_step(rng, kind):
    arguments, says = _draw_network(rng, kind)
    # one kind of case leaves the rate out, so that the default is tried as well
    if kind == "worked":
        return Case(arguments, f"{says} and no rate given")
    arguments["rate"] = float(rng.choice([0.1, 0.5, 2.0]))
    return Case(arguments, f"{says} and a rate of {arguments['rate']}")


def gradients(x, y, **parameters):
    """Return the true gradients of the cost by W1, b1, W2, b2, each by a complex step."""

    def gradient(name):
        def cost(value):
            *_, p = two_layer_forward(x, **{**parameters, name: value})
            return cross_entropy(p, y)

        return complex_step_gradient(cost, parameters[name])

    return tuple(gradient(name) for name in PARAMETERS)


def _stepped(x, y, rate=RATE, **parameters):
    return tuple(
        parameters[name] - rate * slope
        for name, slope in zip(PARAMETERS, gradients(x, y, **parameters), strict=True)
    )


def stages():
    """Return the true values of the worked example's gaps: name -> number.

    Names follow NumPy: z1[2] belongs to the third hidden unit. Sensitivities come from a
    complex step through what is left of the forward pass.
    """
    example = worked_example()
    x, y = example.pop("x"), example.pop("y")
    z1, a1, z2, p = two_layer_forward(x, **example)
    W2, b2 = example["W2"], example["b2"]

    def cost_from_z2(z2):
        return cross_entropy(softmax(z2), y)

    def cost_from_a1(a1):
        return cost_from_z2(W2 @ a1 + b2)

    def cost_from_z1(z1):
        return cost_from_a1(sigmoid(z1))

    delta2 = complex_step_gradient(cost_from_z2, z2)
    delta1 = complex_step_gradient(cost_from_z1, z1)
    dW1, _, dW2, _ = gradients(x, y, **example)
    new = dict(zip(PARAMETERS, _stepped(x, y, **example), strict=True))
    return {
        "z1[2]": z1[2],
        "a1[2]": a1[2],
        "z2[1]": z2[1],
        "p[1]": p[1],
        "loss": cross_entropy(p, y),
        "delta2[1]": delta2[1],
        "dW2[1, 2]": dW2[1, 2],
        "da1[2]": complex_step_gradient(cost_from_a1, a1)[2],
        "sigma_prime[2]": complex_step_gradient(sigmoid, z1[2]),
        "delta1[2]": delta1[2],
        "dW1[2, 1]": dW1[2, 1],
        "new_loss": cross_entropy(two_layer_forward(x, **new)[-1], y),
    }


STAGES = (
    "z1[2]", "a1[2]", "z2[1]", "p[1]", "loss", "delta2[1]",
    "dW2[1, 2]", "da1[2]", "sigma_prime[2]", "delta1[2]", "dW1[2, 1]", "new_loss",
)  # fmt: skip


def _read_stages(answers, arguments):
    return tuple(answers.get(name) for name in STAGES)


NETWORK = ("x", *PARAMETERS)
EXAMPLE = ("x", "y", *PARAMETERS)
SHAPES = {
    "W1": (HIDDEN, INPUTS),
    "b1": (HIDDEN,),
    "W2": (CLASSES, HIDDEN),
    "b2": (CLASSES,),
}
CHECK = ("worked", "plain", "uneven")
GRADE = (
    "worked", "plain", "plain", "uneven", "uneven", "dominated", "large", "float32", "integer",
    *(f"hidden {width}" for width in range(1, 7)),
)  # fmt: skip

TASKS = (
    Task(
        id="two_layer.stages",
        # the loss after the step moves in the fourth decimal only, and a hand's chain of
        # roundings may cost one unit there
        parts=tuple(Part(name, 0.5, within=1.01e-4) for name in STAGES),
        draw=lambda rng, kind: Case(says="the worked example"),
        truth=lambda: tuple(stages().values()),
        check_kinds=("worked",),
        grade_kinds=("worked",),
        drive=_read_stages,
        wants="dict",
    ),
    Task(
        id="two_layer.forward",
        parts=(
            Part("z1", 1, (HIDDEN,)),
            Part("a1", 1, (HIDDEN,)),
            Part("z2", 1, (CLASSES,)),
            Part("p", 1, (CLASSES,)),
        ),
        draw=_pick(NETWORK),
        truth=two_layer_forward,
        check_kinds=CHECK,
        grade_kinds=GRADE,
    ),
    Task(
        id="two_layer.loss",
        parts=(Part("loss", 2),),
        draw=_draw_loss,
        truth=lambda p, y: (cross_entropy(p, y),),
        check_kinds=CHECK,
        grade_kinds=tuple(kind for kind in GRADE if kind != "integer"),
    ),
    Task(
        id="two_layer.backward",
        parts=(
            Part("dW1", 3, SHAPES["W1"]),
            Part("db1", 2, SHAPES["b1"]),
            Part("dW2", 3, SHAPES["W2"]),
            Part("db2", 2, SHAPES["b2"]),
        ),
        draw=_pick(EXAMPLE),
        truth=gradients,
        check_kinds=CHECK,
        grade_kinds=GRADE,
    ),
    Task(
        id="two_layer.train_step",
        parts=tuple(Part(name, 2, SHAPES[name]) for name in PARAMETERS),
        draw=_draw_step,
        truth=_stepped,
        check_kinds=CHECK,
        grade_kinds=GRADE,
    ),
)
