"""Tests whose answer calls another task's: that one's end is not theirs."""

import inspect

import pytest

from autograder.solutions import two_layer
from autograder.verdict.conversation import MOST_RESTARTS
from course.score import SCORE_MIME

from .conftest import check_of, code, graded, points, texts

PARTS = {"forward": (4, ()), "backward": (10, ("forward",)), "train_step": (8, ("backward",))}
"""Name of a task -> its points, and what is handed over beside it."""

IMPORTS = "import ctypes, os, signal\nimport numpy as np\nfrom course import check"
SIGNAL_PROOF = "signal.pthread_sigmask(signal.SIG_BLOCK, {2, 14})\n    while True: pass"
ENDS = [
    ("while True: pass", ""),
    ("os._exit(0)", "came to an end"),
    ("ctypes.string_at(0)", "came to an end"),
    # over which the process has to be killed, when it has had the time that a call may have
    pytest.param(SIGNAL_PROOF, "did not end", marks=pytest.mark.nightly),
]


def unit_with(run, sources, after=(), **limits):
    """Run the unit's tests on its solution, but for the functions whose source is given.

    after : further cells, before the last one.
    """
    solved = {name: inspect.getsource(getattr(two_layer, name)) for name in PARTS}
    tests = [
        check_of(f"two_layer.{name}", name, *beside, points=most)
        for name, (most, beside) in PARTS.items()
    ]
    answers = "\n".join([IMPORTS, *(solved | sources).values()])
    return run(code(answers), *tests, *map(code, after), graded("last", "1"), **limits)


def earned(**less):
    """Return the points of all that is right, but for those given."""
    full = {f"check_{name}": most for name, (most, _) in PARTS.items()}
    return full | {f"check_{name}": few for name, few in less.items()} | {"last": 1}


@pytest.mark.slow
class TestWhatEndsTheProcess:
    @pytest.mark.parametrize(("ends", "why"), ENDS)
    @pytest.mark.parametrize(
        ("name", "after"), [("forward", "backward"), ("backward", "train_step")]
    )
    def test_costs_its_own_task_alone(self, run, name, after, ends, why):
        came = unit_with(run, {name: f"def {name}(*given):\n    {ends}\n"}, cell_seconds=30)
        assert points(came) == earned(**{name: 0})
        if why:
            (said,) = [one for one in came.trouble if f"`check_{after}`" in one]
            assert why in said and said.endswith(f"again with the true values for `{name}`.")
        shown = [cell.outputs[-1] for cell in came.notebook.cells[1:-1]]
        assert all(SCORE_MIME in output.data for output in shown if output.output_type != "error")
        assert [cell.execution_count for cell in came.notebook.cells] == [1, 2, 3, 4, 5]

    def test_is_replaced_for_calls_by_name_too(self, run):
        source = inspect.getsource(two_layer.backward)
        by_name = source.replace(
            "forward(x, W1, b1, W2, b2)", "forward(x, W2=W2, b1=b1, W1=W1, b2=b2)"
        )
        assert by_name != source
        ends = "def forward(*given, **named):\n    os._exit(0)\n"
        came = unit_with(run, {"forward": ends, "backward": by_name})
        assert points(came) == earned(forward=0)
        other = source.replace("forward(x, W1, b1, W2, b2)", "forward(x, W1, b1, W2, bias=b2)")
        came = unit_with(run, {"forward": ends, "backward": other})
        assert points(came) == earned(forward=0, backward=0)
        said = (
            "In the place of your `forward` stands the true one here: it takes x, W1, b1, W2, b2."
        )
        assert said in texts(came.notebook.cells[2])

    def test_is_replaced_where_a_task_calls_it_past_the_one_between(self, run):
        """`train_step` leans on `backward`, and calls `forward` beside it."""
        source = inspect.getsource(two_layer.train_step)
        before = "    dW1, db1, dW2, db2 = backward("
        step = source.replace(before, f"    forward(x, W1, b1, W2, b2)\n{before}")
        assert step != source
        ends = "def forward(*given):\n    os._exit(0)\n"
        came = unit_with(run, {"forward": ends, "train_step": step})
        assert points(came) == earned(forward=0)
        (said,) = [one for one in came.trouble if "`check_train_step`" in one]
        assert said.endswith("again with the true values for `backward` and `forward`.")

    @pytest.mark.parametrize("ends", ["raise ValueError", "os._exit(0)", "while True: pass"])
    def test_is_no_reason_to_replace_what_earned_points_itself(self, run, ends):
        """`forward` is right, and takes what the true one does not."""
        forward = inspect.getsource(two_layer.forward).replace("b2):", "b2, verbose=False):", 1)
        source = inspect.getsource(two_layer.train_step)
        before = "    dW1, db1, dW2, db2 = backward("
        step = source.replace(before, f"    forward(x, W1, b1, W2, b2, verbose=True)\n{before}")
        ends = f"def backward(*given):\n    {ends}\n"
        came = unit_with(run, {"forward": forward, "train_step": step, "backward": ends})
        assert points(came) == earned(backward=0)

    @pytest.mark.parametrize("breaks", ["raise KeyboardInterrupt", "os.kill(os.getpid(), 2)"])
    def test_is_what_passes_every_guard_as_well(self, run, breaks):
        came = unit_with(run, {"forward": f"def forward(*given):\n    {breaks}\n"})
        assert points(came) == earned(forward=0)

    def test_in_the_own_answer_too_costs_both(self, run):
        ends = {
            name: f"def {name}(*given):\n    os._exit(0)\n" for name in ("backward", "train_step")
        }
        came = unit_with(run, ends)
        assert points(came) == earned(backward=0, train_step=0)
        (cause,) = [one.cause for one in came.grades if one.grade_id == "check_train_step"]
        assert cause.startswith("Its process came to an end") and "again" not in cause

    def test_is_no_excuse_for_what_is_wrong_beside_it(self, run):
        step = inspect.getsource(two_layer.train_step).replace("W1 - rate", "W1 + rate")
        ends = "def backward(*given):\n    os._exit(0)\n"
        came = unit_with(run, {"backward": ends, "train_step": step})
        assert points(came) == earned(backward=0, train_step=6)

    def test_of_time_too_short_for_a_call_is_no_others_either(self, run):
        waits = "def backward(*given):\n    signal.pause()\n"
        came = unit_with(run, {"backward": waits}, cell_seconds=2)
        assert points(came) == earned(backward=0)
        (said,) = [one for one in came.trouble if "`check_train_step`" in one]
        assert said.endswith(
            "The time of the cell was up. It was judged again with the true values for `backward`."
        )

    def test_leaves_the_time_of_others_as_it_is(self, run):
        """A second judgement is for when all others are done, and none where no time is left."""
        waits = "def backward(*given):\n    signal.pause()\n"
        came = unit_with(run, {"backward": waits}, cell_seconds=2, notebook_seconds=5)
        got = points(came)
        assert (got["check_forward"], got["check_backward"], got["last"]) == (4, 0, 1)
        said = [one for one in came.trouble if "`check_backward`" in one]
        assert len(said) == 1 and "time" in said[0]
        assert came.notebook.cells[2].outputs[-1].ename == "CellTimeoutError"

    def test_is_said_where_nothing_is_left_to_judge_by(self, run):
        """Each of the cells takes a process with it, and no more than so many are made."""
        ends = "def backward(*given):\n    os._exit(0)\n"
        came = unit_with(run, {"backward": ends}, after=["backward()"] * (MOST_RESTARTS - 2))
        assert points(came)["check_train_step"] == 0
        (said,) = [one for one in came.trouble if "`check_train_step`" in one]
        assert said.endswith("No process was left to judge it again.")
