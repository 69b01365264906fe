import pytest

from autograder.verdict.graded_cell import GradedCell, ends_with_a_value, read_graded_cell

USUAL = 'check("u.f", f, g)\n### BEGIN HIDDEN TESTS\nfrom autograder import grade\n\n'


def test_the_usual_test_cell():
    assert read_graded_cell(f'{USUAL}grade("u.f", f, g)\n### END') == GradedCell("u.f", ("f", "g"))


def test_what_else_the_cell_runs():
    cell = read_graded_cell('rate = 0.5\ncheck("u.f", f)\n\ngrade("u.f", lambda x: f(x, rate))')
    assert cell == GradedCell("u.f", ("lambda x: f(x, rate)",), "rate = 0.5")


def test_an_expression_on_several_lines():
    cell = read_graded_cell('grade(\n    "u.f",\n    [\n        f,\n        g],\n)')
    assert eval(*cell.expressions, {"f": 1, "g": 2}) == [1, 2]


@pytest.mark.parametrize(
    "source",
    [
        "",
        "assert f(2) == 4",
        "%matplotlib inline\ngrade('u.f', f)",
        "grade('u.f', f)\nassert True",
        "score = grade('u.f', f)",
        "grade(task, f)",
        "grade('u.f')",
        "grade('u.f', *answers)",
        "grade('u.f', f, seed='a')",
        "other.grade('u.f', f)",
        "def f(",
    ],
)
def test_other_cells(source):
    assert read_graded_cell(source) is None


def test_which_cells_end_with_a_value():
    assert ends_with_a_value("f(2)") and ends_with_a_value("%magic\nf(2)")
    assert not ends_with_a_value("assert f(2)") and not ends_with_a_value("")
