"""Notebooks that run in the sandbox: what their cells show, and that one failure is one failure."""

import pytest

from autograder.verdict.conversation import MOST_RESTARTS
from autograder.verdict.exchange import Exchange
from course.score import SCORE_MIME

from .conftest import check_of, code, graded, points, texts

AFFINE = "def affine(w, x, b):\n    return w @ x + b"
IMPORTS = "import os, signal, time, ctypes\nimport numpy as np\nfrom course import check"


def affine(source=AFFINE):
    return code(f"{IMPORTS}\n\n{source}"), check_of("start.affine", points=2)


def last_output(came, cell=-1):
    return came.notebook.cells[cell].outputs[-1]


class TestHonestNotebooks:
    def test_what_cells_show_and_how_they_are_counted(self, run):
        came = run(code("print('a')\nprint('b')"), code(""), code("1 + 1"), code("undefined"))
        printed, empty, value, error = came.notebook.cells
        assert [(o.output_type, o.text) for o in printed.outputs] == [("stream", "a\nb\n")]
        assert (empty.execution_count, empty.outputs) == (None, [])
        assert value.outputs[0].data == {"text/plain": "2"}
        assert value.outputs[0].execution_count == value.execution_count == 2
        assert error.outputs[0].ename == "NameError"
        assert came.grades == came.trouble == ()

    def test_the_notebook_that_was_given_stays_as_it_is(self, run):
        cell = code("1")
        run(cell)
        assert (cell.outputs, cell.execution_count) == ([], None)

    def test_a_right_answer_and_an_unwritten_one(self, run):
        right = run(*affine())
        assert points(right) == {"check_affine": 2}
        assert SCORE_MIME in last_output(right).data
        assert points(run(*affine("def affine(w, x, b):\n    raise NotImplementedError"))) == {
            "check_affine": 0
        }

    @pytest.mark.parametrize(
        "line",
        ["!no-such-program -x", "%pip install numpy", "%pwd\nfound = !no-such-program"],
    )
    def test_a_program_beside_an_answer_costs_no_points_where_none_can_be_started(self, run, line):
        came = run(code(f"{line}\n{IMPORTS}\n\n{AFFINE}"), affine()[1])
        assert points(came) == {"check_affine": 2}

    @pytest.mark.parametrize("name", ["notebook", "nbagg", "widget", "ipympl", "inline"])
    def test_pictures_that_would_move_in_a_page_are_drawn_as_others(self, run, name):
        came = run(code(f"%matplotlib {name}\n{IMPORTS}\n\n{AFFINE}"), affine()[1],
                   code("import matplotlib.pyplot as plt\nplt.plot([1, 2]);"))  # fmt: skip
        assert points(came) == {"check_affine": 2}
        assert "image/png" in last_output(came).data

    def test_beneath_a_grade_of_nothing_written_stands_how_its_cell_ended(self, run):
        """The placeholder that a notebook begins with says nothing of a slip of syntax."""
        stands = "from course import to_be_written\naffine = to_be_written"
        for slip, name in {
            "def affine(w, x, b):\n    return w @ x +": "SyntaxError",
            "raise type('<b> & <i>', (Exception,), {})": "an error",
        }.items():
            answer, test = code(slip), check_of("start.affine", points=2)
            answer.metadata.nbgrader = {"grade_id": "affine", "grade": False, "solution": True}
            came = run(code(f"{IMPORTS}\n{stands}"), answer, test)
            assert points(came) == {"check_affine": 0}
            assert f"answer's cell ended with {name}, so nothing" in texts(came.notebook.cells[2])
        assert "cell ended" not in texts(run(code(f"{IMPORTS}\n{stands}"), test).notebook.cells[1])

    def test_beneath_gaps_left_open_stands_how_their_cell_ended(self, run):
        answer = code('stages = {"z1[2]": 0,8, "a1[2]" 0.69}')
        test = check_of("two_layer.stages", points=6)
        answer.metadata.nbgrader = {"grade_id": "stages", "grade": False, "solution": True}
        came = run(code(f"{IMPORTS}\nstages = {{}}"), answer, test)
        assert points(came) == {"check_stages": 0}
        assert "answer's cell ended with SyntaxError" in texts(came.notebook.cells[2])

    def test_an_answer_that_is_not_there(self, run):
        came = run(affine()[1])
        assert points(came) == {"check_affine": 0}
        assert came.grades[0].cause.startswith("NameError: name 'affine' is not defined")

    def test_the_same_work_gives_the_same_notebook(self, run):
        cells = affine()
        assert run(*cells).notebook == run(*cells).notebook

    def test_what_stands_before_the_grade_is_run(self, run):
        test = graded(
            "check_affine", 'mine = affine\ncheck("x", 1)\ngrade("start.affine", mine)', points=2
        )
        assert points(run(affine()[0], test)) == {"check_affine": 2}

    def test_a_check_is_served_and_its_table_is_known_again(self, run):
        came = run(affine()[0], code('score = check("start.affine", affine)\nscore'))
        data = last_output(came).data
        assert data["text/plain"] == "2.0"
        assert data["text/html"].startswith('<table class="backprop-score"')
        assert SCORE_MIME not in data

    def test_a_check_of_no_task_says_so(self, run):
        assert "no task has it" in texts(
            run(code(f"{IMPORTS}\ncheck('no.task', 1)")).notebook.cells[0]
        )

    def test_files_lie_beside_the_notebook(self, run):
        others = {"data/a.txt": b"here", "../out.txt": b"not here"}
        came = run(
            code("open('data/a.txt').read(), __import__('os').path.exists('../out.txt')"),
            others=others,
        )
        assert last_output(came).data["text/plain"] == "('here', False)"

    def test_cells_that_a_person_grades(self, run):
        untouched = graded("essay", "Your answer here", kind="markdown", solution=True)
        written = graded("proof", "…", kind="markdown", solution=True)
        written.source = "Because."
        coded = graded("program", "...", solution=True)
        coded.source = "print('mine')"
        came = run(untouched, written, coded)
        assert points(came) == {"essay": 0, "proof": None, "program": None}
        assert last_output(came).text == "mine\n"


class TestPlainTests:
    """Test cells of other courses."""

    @pytest.mark.parametrize(
        ("source", "earned"),
        [
            ("assert f(2) == 4", 2),
            ("assert f(2) == 5", 0),
            ("f(0.75)", 1.5),
            ("f('a')", 2),  # nbgrader gives all points for what is no number
            ("import sys\nprint('so', file=sys.stderr)", 0),
            ("import os\nassert os.environ['NBGRADER_EXECUTION'] == 'autograde'", 2),
        ],
    )
    def test_nbgraders_meaning(self, run, source, earned):
        came = run(code("def f(x):\n    return 2 * x"), graded("t", source))
        assert points(came) == {"t": earned}

    @pytest.mark.parametrize("value", ["float('nan')", "float('inf')", "-1", "2.5", "1e400"])
    def test_a_value_that_is_no_grade_earns_nothing(self, run, value):
        came = run(graded("t", value))
        assert points(came) == {"t": 0}
        assert "a cell earns from 0 to 2" in came.grades[0].cause
        assert came.grades[0].cause in texts(came.notebook.cells[0])

    def test_a_value_shown_by_the_answer_is_not_the_tests(self, run):
        answer = code("import sys\ndef f(x):\n    sys.displayhook(2.0)\n    return 5")
        came = run(answer, graded("t", "assert f(2) == 5"), graded("u", "f(2) / 5"))
        assert points(came) == {"t": 0, "u": 0}

    def test_a_test_after_a_death_is_run_again_for_what_it_defines(self, run):
        came = run(
            graded("a", "seen = 3"),
            code("import os; os._exit(0)"),
            graded("b", "assert seen == 3"),
        )
        assert points(came) == {"a": 2, "b": 2}


@pytest.mark.slow
class TestFailures:
    """One cell's failure stays one cell's."""

    @pytest.mark.parametrize(
        ("source", "said"),
        [
            ("os._exit(0)", "came to an end"),
            ("os.abort()", "came to an end"),
            ("ctypes.string_at(0)", "came to an end"),
            ("signal.pthread_sigmask(signal.SIG_BLOCK, {2})\nwhile True: pass", "killed"),
            ("while True: pass", "took more than 2 s"),
            (
                "while True:\n    try:\n        time.sleep(9)\n    except BaseException: pass",
                "killed",
            ),
        ],
    )
    def test_a_cell_of_the_students(self, run, source, said):
        came = run(
            affine()[0],
            code("kept = 1\nkept"),
            code(source),
            code("kept"),
            affine()[1],
            cell_seconds=2,
        )
        assert points(came) == {"check_affine": 2}
        bad = came.notebook.cells[2]
        assert said in texts(bad) and len(came.trouble) == 1
        assert said in came.trouble[0] and "code cell 3" in came.trouble[0]
        assert [c.outputs[-1].data["text/plain"] for c in came.notebook.cells[1:4:2]] == ["1", "1"]

    @pytest.mark.parametrize(
        ("source", "cause"),
        [
            ("os._exit(0)", "came to an end"),
            ("ctypes.string_at(0)", "came to an end"),
            (
                "signal.pthread_sigmask(signal.SIG_BLOCK, {2, 14})\n    while True: pass",
                "did not end",
            ),
        ],
    )
    def test_an_answer(self, run, source, cause):
        bad = f"def affine(w, x, b):\n    {source}"
        came = run(*affine(bad), graded("t", "1"), graded("u", "affine"), cell_seconds=20)
        assert points(came) == {"check_affine": 0, "t": 1, "u": 2}
        assert len(came.trouble) == 1 and cause in came.trouble[0]

    def test_loops_in_the_cells_of_a_student_leave_time_for_the_tests(self, run):
        """One that is called again and again uses up less than twice what one cell may take."""
        loops = [code("while True: pass") for _ in range(15)]
        came = run(affine()[0], *loops, affine()[1], cell_seconds=1, notebook_seconds=12)
        assert points(came) == {"check_affine": 2}
        taken = [texts(cell) for cell in came.notebook.cells[1:16]]
        for said, seconds in zip(taken, ("1", "0.5", "0.25", "0.125"), strict=False):
            assert f"took more than {seconds} s and was stopped." in said
        assert ["halves the time" in said for said in taken] == [False] + [True] * 14
        # of the grader's own handler nothing is to be seen
        interrupted, _ = came.notebook.cells[1].outputs
        assert interrupted.ename == "KeyboardInterrupt"
        assert "session" not in "".join(interrupted.traceback)

    def test_an_answer_that_swallows_its_time_out(self, run):
        loop = "while True:\n        try: time.sleep(9)\n        except BaseException: pass"
        came = run(*affine(f"def affine(w, x, b):\n    {loop}"), code("1"), cell_seconds=20)
        assert points(came) == {"check_affine": 0}
        assert "did not come back in time" in texts(came.notebook.cells[1])
        assert last_output(came).data["text/plain"] == "1"

    @pytest.mark.parametrize("broken", ["os.getcwd = None", "os.path.abspath = len", "os.path = 3"])
    def test_what_a_cell_breaks_for_all_costs_no_other_cell(self, run, broken):
        came = run(code(f"import os\n{broken}"), *affine(), code("1"))
        assert points(came) == {"check_affine": 2}
        assert last_output(came).data == {"text/plain": "1"}

    def test_a_process_that_is_gone_before_the_first_cell_costs_none(self, run, monkeypatch):
        began = []

        def begin(self, exchange):
            began.append(exchange)
            if len(began) == 1:
                exchange._fork.kill()
                for _ in range(1_000):
                    exchange.tell({"op": "named", "keys": ["a"] * 1_000})

        monkeypatch.setattr("autograder.verdict.conversation._Run._begin", begin)
        came = run(*affine())
        assert points(came) == {"check_affine": 2} and came.trouble == ()
        assert len(began) == 2

    def test_a_process_that_is_gone_after_the_last_cell_costs_none(self, run, monkeypatch):
        tell = Exchange.tell

        def gone(self, op):
            if op["op"] == "end":
                raise self.give_up("gone")
            tell(self, op)

        monkeypatch.setattr(Exchange, "tell", gone)
        came = run(*affine())
        assert points(came) == {"check_affine": 2} and came.trouble == ()

    def test_what_was_judged_is_not_judged_again(self, run):
        came = run(
            *affine(),
            code("del affine"),
            code("os._exit(3)"),
            graded("late", "1"),
        )
        assert points(came) == {"check_affine": 2, "late": 1}
        assert [c.execution_count for c in came.notebook.cells] == [1, 2, 3, 4, 5]

    def test_what_a_dying_cell_printed_is_kept(self, run):
        came = run(code("print('before')\nimport os\nos._exit(0)"))
        assert came.notebook.cells[0].outputs[-1].ename == "NotebookDied"

    def test_a_notebooks_time(self, run):
        came = run(code("while True: pass"), graded("t", "1"), notebook_seconds=1, cell_seconds=5)
        assert points(came) == {"t": 0}
        assert "more than 1 s" in came.grades[0].cause

    def test_dying_has_an_end(self, run):
        deaths = [code("import os; os._exit(0)") for _ in range(MOST_RESTARTS + 3)]
        came = run(*deaths, graded("t", "1"))
        assert points(came) == {"t": 0}
        assert "was not run" in came.grades[0].cause
