"""Notebooks whose author knows this grader: nothing that they send is taken for a verdict."""

import pytest

from course.score import SCORE_MIME

from .conftest import check_of, code, graded, points, texts

AFFINE = "from course import check\nimport numpy as np\ndef affine(w, x, b):\n    return w @ x + b"
WRONG = AFFINE.replace("+ b", "")
SESSION = "import gc\nsession = get_ipython().session\n"


def affine(*more, source=WRONG):
    return code(source), *map(code, more), check_of("start.affine", points=2)


class TestForgedVerdicts:
    @pytest.mark.parametrize(
        "attack",
        [
            # a score of one's own, in every way that IPython shows things
            f"get_ipython().display_pub.publish({{'{SCORE_MIME}': {{}}, 'text/plain': '2.0'}})",
            "import builtins\nbuiltins.grade = lambda *a: 2.0\ngrade = builtins.grade",
            "import sys\nsys.modules['autograder'].grade = lambda *a: 2.0",
            "from course.score import Score\nScore.__new__ = lambda cls, *a: float.__new__(cls, 2)",
            "import course.judging as j\nj.judge = lambda *a: []",
            # names that the test hands over are looked up, and judged as what they are
            "class All(float):\n    def __call__(self, *a): return self\naffine = All(2)",
        ],
    )
    def test_a_wrong_answer_stays_wrong(self, run, attack):
        came = run(*affine(attack))
        assert points(came)["check_affine"] == 0
        assert [o.output_type for o in came.notebook.cells[-1].outputs] == ["execute_result"]

    def test_what_an_answer_shows_stays_out_of_its_verdict(self, run):
        shows = (
            "from IPython.display import display, HTML\n"
            "def affine(w, x, b):\n    display(HTML('<b>2 of 2 points</b>'))\n"
            "    print('2.0')\n    import sys; sys.displayhook(2.0)\n    return 0"
        )
        came = run(*affine(shows))
        (only,) = came.notebook.cells[-1].outputs
        assert only.output_type == "execute_result" and only.data["text/plain"] == "0.0"
        assert "2 of 2" not in only.data["text/html"]

    def test_a_score_is_no_output_of_a_students(self, run):
        came = run(code(f"get_ipython().display_pub.publish({{'{SCORE_MIME}': {{}}}})"))
        assert SCORE_MIME not in came.notebook.cells[0].outputs[0].data

    def test_a_session_that_tells_lies_is_found_out(self, run):
        lies = SESSION + (
            "def told(event, **more):\n    session._channel.send({'event': event, **more})\n"
            "session._ops['calls'] = lambda op: told('done', ok=True)"
        )
        came = run(*affine(lies))
        assert points(came) == {"check_affine": 0}
        assert "out of turn" in came.grades[0].cause

    def test_an_ok_that_is_none_fails_a_plain_test(self, run):
        lies = SESSION + (
            "session._ops['run'] = lambda op: session._channel.send({'event': 'done', 'ok': 1})"
        )
        assert points(run(code(lies), graded("t", "assert False"))) == {"t": 0}

    def test_another_class_of_answer_at_each_call(self, run):
        changing = (
            "calls = []\ndef affine(w, x, b):\n    calls.append(1)\n"
            "    return [w @ x + b, 'text', None, {}, 1j, [[]], float('nan')][len(calls) % 7]"
        )
        assert points(run(*affine(changing))) == {"check_affine": 0}

    @pytest.mark.parametrize(
        "returned",
        ["np.zeros(10**7)", "[[[[[[[[[[1]]]]]]]]]]", "Own()", "np.ones(3).view(Sub)", "10**5000"],
    )
    def test_returning_what_is_no_answer(self, run, returned):
        source = (
            "class Sub(np.ndarray):\n    pass\n"
            "class Own:\n    def __array__(self, *a, **k): raise SystemExit\n"
            f"def affine(w, x, b):\n    return {returned}"
        )
        came = run(*affine(source), graded("t", "1"))
        assert points(came) == {"check_affine": 0, "t": 1}

    def test_the_right_function_of_the_grader_is_none_of_a_later_call(self, run):
        stash = (
            "kept = []\n"
            "def sigmoid(z):\n    return None\n"
            "def sigmoid_prime(z):\n"
            "    kept.append(globals()['sigmoid'])\n    s = sigmoid(z)\n    return s * (1 - s)"
        )
        later = "def later(z):\n    return kept[-1](z)"
        came = run(
            code(f"import numpy as np\n{stash}\n{later}"),
            check_of("chain.sigmoid_prime", "sigmoid_prime", "sigmoid", points=2),
            graded("check_sigmoid", 'grade("chain.sigmoid", later)', 2),
        )
        assert points(came) == {"check_sigmoid_prime": 2, "check_sigmoid": 0}
        assert "a call that is over" in texts(came.notebook.cells[2])

    def test_an_answer_may_not_have_another_checked(self, run):
        asks = AFFINE.replace("return", "check('start.affine', affine)\n    return")
        assert "cannot be called by an answer" in texts(run(*affine(source=asks)).notebook.cells[1])


class TestFloods:
    def test_more_checks_than_a_cell_may_ask_for(self, run):
        came = run(code(AFFINE + "\nfor _ in range(60):\n    check('start.affine', affine)"))
        assert "50 checks" in texts(came.notebook.cells[0])

    @pytest.mark.slow
    def test_printing_without_an_end(self, run):
        flood = code("while True: print('x' * 1000)")
        came = run(flood, graded("t", "1"), cell_seconds=2)
        assert points(came) == {"t": 1}
        assert len(texts(came.notebook.cells[0])) < 1_100_000

    def test_more_outputs_than_the_process_itself_would_send(self, run):
        sends = SESSION + (
            "output = {'output_type': 'stream', 'name': 'stdout', 'text': 'x' * 100_000}\n"
            "for _ in range(50): session._channel.send({'event': 'output', 'output': output})"
        )
        came = run(code(sends), graded("t", "1"))
        assert points(came) == {"t": 1}
        assert "more than a cell may" in came.trouble[0]
        assert "t" in {grade.grade_id for grade in came.grades}


def test_a_judge_that_stumbles_earns_nothing_and_says_so(run, monkeypatch):
    def stumble(*arguments):
        raise IndexError("what came back")

    monkeypatch.setattr("autograder.verdict.scores.score_on", stumble)
    came = run(*affine(source=AFFINE), graded("t", "1"))
    assert points(came) == {"check_affine": 0, "t": 1}
    assert "could not be judged" in came.grades[0].cause and came.trouble
