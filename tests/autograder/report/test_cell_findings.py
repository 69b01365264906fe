import math
from dataclasses import replace

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from autograder.report.cell_findings import plain, read_cells, read_score
from course.called import NOT_BACK
from course.score import SCORE_MIME, Finding, Score

WRONG = Score(
    "two_layer.backward",
    [Finding("dW1", 0, 3, "wrong-sign", "ratio −1"), Finding("dW2", 3, 3)],
)


def notebook(outputs, answer_outputs=()):
    answer = new_code_cell("def backward(): ...", outputs=list(answer_outputs))
    answer.metadata["nbgrader"] = {"grade_id": "backward", "solution": True, "grade": False}
    test = new_code_cell('grade("two_layer.backward", backward)', outputs=outputs)
    test.metadata["nbgrader"] = {"grade_id": "check_backward", "grade": True, "points": 6}
    return new_notebook(cells=[answer, test])


def shown(score, kind="execute_result"):
    return new_output(kind, {"text/plain": "3.0", SCORE_MIME: score})


def error(name, value=""):
    return new_output("error", ename=name, evalue=value, traceback=[])


def only(nb):
    (cell,) = read_cells(nb)
    return cell


def test_the_score_of_a_test_cell_is_read():
    cell = only(notebook([shown(WRONG.as_data())]))
    assert cell.task == "backward"
    assert [f.part for f in cell.findings] == ["dW1", "dW2"]
    assert cell.first == ("backward, dW1 [wrong-sign]", "ratio −1")
    assert cell.misconceptions == ("wrong-sign",)
    assert not cell.ignored


def test_a_score_survives_the_file(tmp_path):
    nbformat.write(notebook([shown(WRONG.as_data())]), tmp_path / "n.ipynb")
    assert only(nbformat.read(tmp_path / "n.ipynb", 4)).findings == WRONG.findings


def test_what_is_displayed_on_the_way_is_not_the_score():
    full = Score("two_layer.backward", [Finding("dW1", 3, 3)]).as_data()
    cell = only(notebook([shown(full, "display_data"), shown(WRONG.as_data())]))
    assert cell.first is not None


def damaged(**changes):
    finding = {**WRONG.as_data()["findings"][0], **changes}
    return {**WRONG.as_data(), "findings": [finding]}


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        "score",
        7,
        {},
        {"task": "two_layer.backward"},
        {**WRONG.as_data(), "task": 3},
        {**WRONG.as_data(), "task": "two_layer.forward"},
        {**WRONG.as_data(), "findings": 4},
        {**WRONG.as_data(), "findings": [3]},
        {**WRONG.as_data(), "findings": {"a": 1}},
        damaged(part={"a": 1}),
        damaged(message=["x"]),
        damaged(message=None),
        damaged(earned="3"),
        damaged(earned=5),
        damaged(earned=-1),
        damaged(earned=math.nan),
        damaged(possible=math.inf),
        damaged(earned=True),
        damaged(misconception="<b>no id</b>"),
        damaged(misconception=3),
        damaged(misconception=["a"]),
        damaged(stranger=1),
    ],
)
def test_what_is_no_score_is_passed_over(data):
    assert read_score(data, "backward") is None
    cell = only(notebook([shown(data)]))
    assert cell.ignored
    assert cell.first == ("backward", "The test cell left no score.")


def test_messages_lose_what_a_terminal_would_obey():
    data = damaged(message="a\x1b[31m\nb\r" + "x" * 2000, part="d\x07W1")
    score = read_score(data, "backward")
    assert score.findings[0].message.startswith("a [31m b xxx")
    assert len(score.findings[0].message) == 500
    assert score.findings[0].part == "d W1"
    assert plain("a\u202eb\n c") == "a b c"


@pytest.mark.parametrize(
    ("outputs", "answer_outputs", "trouble"),
    [
        ([error("ValueError", "no")], [], "ValueError: no."),
        ([error("ValueError")], [], "ValueError."),
        (
            [error("NameError", "name 'backward' is not defined")],
            [error("KeyboardInterrupt")],
            "The cell did not come to an end in time and was stopped. "
            "The cell of the answer broke off there.",
        ),
        (
            [error("NameError", "name 'backward' is not defined")],
            [error("SyntaxError", "'(' was never closed (1234.py, line 9)")],
            "SyntaxError: '(' was never closed (line 9). The cell of the answer never ran.",
        ),
        (
            [error("NameError", "name 'backward' is not defined")],
            [error("ZeroDivisionError", "division by zero")],
            "ZeroDivisionError: division by zero. The cell of the answer broke off there.",
        ),
        (
            [error("CellTimeoutError")],
            [],
            "The cell did not come to an end in time and was stopped.",
        ),
        ([], [], "The test cell left no score."),
    ],
)
def test_where_no_score_came_the_error_behind_it_is_told(outputs, answer_outputs, trouble):
    cell = only(notebook(outputs, answer_outputs))
    assert cell.first == ("backward", trouble)
    assert not cell.ignored


def test_asserts_that_hold_are_no_trouble_and_others_are():
    silent, failed = notebook([]), notebook([error("AssertionError", "squares(2)")])
    for nb in (silent, failed):
        nb.cells[1].source = "assert squares(2) == [1, 4]"
    assert only(silent).first is None
    assert only(failed).first == ("backward", "AssertionError: squares(2).")
    assert only(failed).failed and not only(silent).failed
    broken = (
        notebook([error("NameError")]),
        notebook([error("AssertionError")], [error("NameError")]),
    )
    assert not any(only(one).failed for one in broken)


def test_a_test_without_the_prefix_is_no_answer_of_its_own():
    nb = notebook([error("AssertionError", "squares(2)")], [error("ZeroDivisionError")])
    nb.cells[1].metadata.nbgrader.grade_id = "squares_test"
    assert only(nb).first == ("squares_test", "AssertionError: squares(2).")


def test_an_answer_that_is_graded_by_hand_owes_no_score():
    nb = notebook([])
    nb.cells[1].source = "upgrade(3)"
    assert only(nb).first is not None
    nb.cells[1].metadata.nbgrader.solution = True
    assert only(nb).first is None


def test_a_cell_knows_its_notebook_and_goes_by_its_label():
    (cell,) = read_cells(notebook([shown(WRONG.as_data())]), "two")
    assert (cell.notebook, cell.cell) == ("two", "check_backward")
    assert replace(cell, cell="two/check_backward").first == (
        "two/backward, dW1 [wrong-sign]",
        "ratio −1",
    )


@pytest.mark.parametrize(
    ("outputs", "answer_outputs", "timed_out"),
    [
        ([error("CellTimeoutError")], [], True),
        ([error("NameError")], [error("KeyboardInterrupt")], True),
        ([shown(damaged(misconception=None, message=NOT_BACK))], [], True),
        ([shown(WRONG.as_data())], [], False),
        ([error("ValueError")], [], False),
    ],
)
def test_what_took_too_long_is_told_apart(outputs, answer_outputs, timed_out):
    assert only(notebook(outputs, answer_outputs)).timed_out is timed_out
