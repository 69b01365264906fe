import signal
import sys
import time
import warnings
from functools import partial

import numpy as np
import pytest

from course import running
from course.arguments import changed, fresh
from course.running import BUSY, KEPT_CHARACTERS, SEEN, STARVED, TimeUp, run, unwatched


def test_what_is_printed_is_counted_and_kept_back(capsys):
    def noisy():
        print("x" * 1_000_000)
        print("to stderr", file=sys.stderr)
        warnings.warn("careful", stacklevel=1)
        return 1

    outcome = run(noisy)
    assert outcome.value == 1
    assert outcome.printed == 1_000_011
    assert outcome.kept == "x" * KEPT_CHARACTERS
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "")


@pytest.mark.parametrize(
    "raised", [ValueError("no"), SystemExit(1), RecursionError(), MemoryError(), GeneratorExit()]
)
def test_what_is_raised_is_caught(raised):
    def fails():
        raise raised

    assert run(fails).error is raised


def test_a_reader_pressing_stop_gets_through():
    def stopped():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(stopped)


def test_unbounded_recursion_is_an_outcome():
    def down():
        return down()

    assert isinstance(run(down).error, RecursionError)


def test_a_call_without_end_is_stopped_even_where_it_catches_everything():
    def forever():
        while True:
            try:
                while True:
                    pass
            except Exception:
                pass

    before = signal.getsignal(signal.SIGALRM)
    started = time.perf_counter()
    assert isinstance(run(forever, seconds=0.2).error, TimeUp)
    assert time.perf_counter() - started < 2
    assert signal.getsignal(signal.SIGALRM) is before


def test_a_call_that_had_little_of_the_processor_is_given_more_time():
    """To whoever waits a machine looks as to whoever has to share it."""
    assert run(time.sleep, 0.15, seconds=0.1).error is None
    started = time.perf_counter()
    assert isinstance(run(time.sleep, 5, seconds=0.1).error, TimeUp)
    assert 0.1 * STARVED <= time.perf_counter() - started < 2


def test_numpys_error_settings_are_put_back():
    def rude():
        np.seterr(all="raise")

    before = np.geterr()
    assert run(rude).changed_settings
    assert np.geterr() == before
    assert not run(lambda: None).changed_settings


def test_a_student_who_set_errors_to_raise_earlier_is_judged_like_anyone():
    with np.errstate(all="raise"):
        assert run(lambda: np.exp(np.float64(1000.0))).value == np.inf


def test_changed_arguments_are_named():
    originals = {"x": np.zeros(3), "weights": [np.ones(2), np.ones((2, 2))], "rate": 0.1}
    arguments = fresh(originals)
    assert changed(arguments, originals) == []
    arguments["weights"][1][0, 0] = 5
    assert changed(arguments, originals) == ["weights"]
    arguments["x"].shape = (3, 1)
    assert changed(arguments, originals) == ["x", "weights"]


def test_what_is_unwatched_is_passed_over_and_all_else_still_counted():
    def cost(x):
        return np.sum(x * x)

    def perturbing(f, x):
        for k in range(x.size):
            moved = x.copy()
            moved[k] += 1e-3
            f(moved)

    x = np.ones(5)
    assert run(perturbing, cost, x, watched={"x": x}).calls == 5
    assert run(perturbing, unwatched(cost), x, watched={"x": x}).calls == 0

    def both(x):
        perturbing(unwatched(cost), x)
        perturbing(cost, x)

    assert run(both, x, watched={"x": x}).calls == 5
    assert sys.getprofile() is None


def endless(file, turn="pass"):
    """Return a function that never ends, with the file name of a cell's code or another."""
    names = {"np": np, "time": time}
    exec(compile(f"def f():\n    while True:\n        {turn}", file, "exec"), names)
    return names["f"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "turn", "few", "soon"),
    [
        ("<ipython-input-1-x>", "pass", True, True),
        ("/tmp/ipykernel_7/12.py", "pass", True, True),
        ("<ipython-input-1-x>", "pass", False, False),
        # hardly ever found in a line of its own
        ("<ipython-input-1-x>", "np.cov([1.0, 2.0])", True, True),
        # a library may be compiling or importing
        ("/lib/somewhere.py", "pass", True, False),
        ("/lib/somewhere.py", "np.cov([1.0, 2.0])", True, False),
        # who waits has not worked
        ("<ipython-input-1-x>", "time.sleep(0.01)", True, False),
    ],
)
def test_a_loop_in_a_cell_on_few_numbers_is_stopped_sooner(file, turn, few, soon):
    started, worked = time.monotonic(), time.process_time()
    outcome = run(endless(file, turn), seconds=2.0 if soon else 0.6, few=lambda: few)
    assert isinstance(outcome.error, TimeUp)
    if soon:
        assert BUSY <= time.process_time() - worked < 1.5
    else:
        assert time.monotonic() - started >= 0.6


@pytest.mark.parametrize(
    ("looks", "value", "error"), [(1, "done", type(None)), (SEEN, None, TimeUp)]
)
def test_a_library_that_takes_long_is_not_held_against_the_lines_after_it(
    looks, value, error, monkeypatch
):
    """Once the time for a loop is over, to be found in the notebook's own code once is no loop.

    The looks are taken by hand: how many a timer takes depends on how busy the machine is.
    """
    monkeypatch.setattr(running.signal, "setitimer", lambda *_: (0.0, 0.0))
    worked = [0.0]
    monkeypatch.setattr(running.time, "process_time", lambda: worked[-1])
    names = {
        "work": lambda: worked.append(2 * BUSY),
        "look": partial(signal.raise_signal, signal.SIGALRM),
    }
    library = "def works():\n    work()\n    look()\n    look()\n"
    cell = "def f():\n    works()\n" + looks * "    look()\n" + "    return 'done'\n"
    exec(compile(library, "/lib/somewhere.py", "exec"), names)
    exec(compile(cell, "<ipython-input-1-x>", "exec"), names)
    outcome = run(names["f"], few=lambda: True)
    assert (outcome.value, type(outcome.error)) == (value, error)


def test_a_loop_beside_much_else_is_time_up_whether_or_not_its_numbers_are_known(monkeypatch):
    """Who does not say whether a call is on few numbers gets TimeUp, too, later than at first."""
    clock = time.monotonic
    monkeypatch.setattr(running, "BUSY", 0.01)
    monkeypatch.setattr(running.time, "process_time", lambda: 0.3 * clock())
    started = time.perf_counter()
    loop = endless("<ipython-input-1-x>", "pass")
    assert isinstance(run(loop, seconds=0.1).error, TimeUp)
    assert 0.1 / 2 / 0.3 <= time.perf_counter() - started < 2
