import nbformat
import pytest

from autograder.releasing.clear_solutions import ClearSolutions

STUB = "# YOUR CODE HERE\nraise NotImplementedError"


def cleared(source):
    cell = nbformat.v4.new_code_cell(source)
    cell.metadata["nbgrader"] = {"solution": True, "grade": False, "grade_id": "f"}
    nb = nbformat.v4.new_notebook(cells=[cell])
    nb.metadata["kernelspec"] = {"language": "python"}
    ClearSolutions(code_stub={"python": STUB}).preprocess(nb, {})
    return nb.cells[0].source


def test_a_region_becomes_the_stub():
    source = "def f(x):\n    ### BEGIN SOLUTION\n    return x\n    ### END SOLUTION"
    assert cleared(source) == "def f(x):\n    # YOUR CODE HERE\n    raise NotImplementedError"


def test_a_region_may_say_what_students_see():
    source = """\
before = 1
### BEGIN SOLUTION
answers = {"a": 1}
### STUDENTS SEE
# answers = {
#     "a": None,  # yours
# }
#
### END SOLUTION
after = 2"""
    expected = 'before = 1\nanswers = {\n    "a": None,  # yours\n}\n\nafter = 2'
    assert cleared(source) == expected


def test_both_kinds_in_one_cell():
    source = """\
### BEGIN SOLUTION
a = 1
### STUDENTS SEE
# a = None
### END SOLUTION
### BEGIN SOLUTION
b = 2
### END SOLUTION"""
    assert cleared(source) == f"a = None\n{STUB}"


@pytest.mark.parametrize("source", ["### BEGIN SOLUTION\na = 1", "a = 1"])
def test_no_solution_is_ever_let_through(source):
    try:
        text = cleared(source)
    except RuntimeError as error:
        assert "no end solution" in str(error)
    else:
        assert text == STUB
