"""Unit 11: a small automatic differentiator, and the deltas of unit 05 once more."""

from course.differentiate import complex_step_gradient
from course.driving.operations import FORMS
from course.forward import sigmoid
from course.mistakes.network import network
from course.task import Case, Part, Task
from course.tasks.autodiff import expressions, operations
from course.tasks.two_layer.cases import draw_network
from course.tasks.two_layer.truth import cost_of_logits

TABLE = ("forms", "value and slopes")
POINTS = {"add": 1, "sub": 1, "mul": 2, "div": 2, "pow": 2, "exp": 1, "tanh": 2, "relu": 1}


def _draw_numbers(rng, kind):
    """Draw a and b: b positive, so that it has a root; a of either sign, away from zero."""
    sign = {"positive": 1.0, "negative": -1.0}[kind]
    arguments = {"a": sign * float(rng.uniform(0.3, 2.0)), "b": float(rng.uniform(0.3, 2.0))}
    return Case(arguments, f"a = {arguments['a']:.3g} and b = {arguments['b']:.3g}")


def _draw_leaves(rng, kind):
    arguments = {name: float(rng.uniform(-1.5, 1.5)) for name in "xyz"}
    return Case(arguments, "leaves " + ", ".join(f"{k} = {v:.3g}" for k, v in arguments.items()))


def _truth_of_operations(a, b):
    return tuple(operations.table(forms, a, b) for forms in FORMS.values())


VALUE_TASK = Task(
    id="autodiff.Value",
    parts=tuple(Part(name, POINTS[name], TABLE) for name in FORMS),
    draw=_draw_numbers,
    truth=_truth_of_operations,
    check_kinds=("positive", "negative"),
    grade_kinds=("positive", "negative") * 4,
    mistakes=tuple(operations.SHOWS),
    shows=operations.SHOWS,
)

BACKWARD_TASK = Task(
    id="autodiff.backward",
    parts=(
        Part("a tree", 1.5, ("leaves",)),
        Part("a fork", 1, ("leaves",)),
        Part("called twice", 0.5, ("leaves",)),
        Part("10,000 deep", 1, ("leaves",)),
    ),
    draw=_draw_leaves,
    truth=expressions.truth,
    check_kinds=("leaves",),
    grade_kinds=("leaves",) * 2,
    mistakes=("gradient-overwritten", "gradient-accumulated"),
    shows={
        "gradient-overwritten": expressions.one_path_only,
        "gradient-accumulated": expressions.never_from_zero,
    },
    objects=("Value", "backward"),
    seconds=5.0,
)


def _deltas(x, y, W1, b1, W2, b2):
    z1 = W1 @ x + b1

    def cost_from_z1(z1):
        return cost_of_logits(W2 @ sigmoid(z1) + b2, y)

    z2 = W2 @ sigmoid(z1) + b2
    return (
        complex_step_gradient(cost_from_z1, z1),
        complex_step_gradient(lambda z2: cost_of_logits(z2, y), z2),
    )


def _quantities(x, y, W1, b1, W2, b2):
    return network(x, y, [W1, W2], [b1, b2])


def _errors(net, arguments):
    errors = net.errors()
    return errors[1][0], errors[2][0]


SAME_DELTAS_TASK = Task(
    id="autodiff.same_deltas",
    parts=(Part("delta1", 2, ("hidden units",)), Part("delta2", 2, ("classes",))),
    draw=draw_network(("x", "y", "W1", "b1", "W2", "b2")),
    truth=_deltas,
    check_kinds=("worked", "plain", "uneven"),
    grade_kinds=("worked", "plain", "plain", "uneven", "uneven", "square", "hidden 1"),
    mistakes=("missing-activation-derivative", "wrong-sign", "bias-missing"),
    quantities=_quantities,
    read=_errors,
)

TASKS = (VALUE_TASK, BACKWARD_TASK, SAME_DELTAS_TASK)
