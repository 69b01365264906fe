"""What is judged across the sandbox's wall is judged as it is without one, part by part."""

import linecache

import pytest
from nbformat.v4 import new_notebook

from autograder.grading import GRADED_ON, reference
from autograder.planted import mistakes, planted, reference_sources
from autograder.seal import Limits
from autograder.verdict import converse
from autograder.verdict.seeds import cases_of, work_of
from course.checking import score_on
from course.score import SCORE_MIME, Score
from course.tasks import tasks_of
from course.trying import LocalAnswer

from .conftest import SECRET, check_of, code

UNIT = "two_layer"


def names_of(task):
    """Return what a test cell hands over."""
    leaned_on = [task.leans_on.name] if task.leans_on else []
    return [*(task.objects or (task.name,)), *leaned_on]


def defined(source):
    """Return the names that a cell defines, its lines known as a notebook's are."""
    name = f"<ipython-input-{abs(hash(source))}>"
    linecache.cache[name] = len(source), None, source.splitlines(keepends=True), name
    namespace = {}
    exec(compile(source, name, "exec"), namespace)
    return namespace


def both(sandbox, unit, sources):
    """Yield (task, Score across the wall, Score in this process) for each task of a unit."""
    answers = "import numpy as np\n\n" + "\n\n".join(sources.values())
    # what is looked up by hand is no function of the solutions
    tasks = [task for task in tasks_of(unit) if task.name in sources]
    tests = [check_of(task.id, *names_of(task), points=task.points) for task in tasks]
    notebook = new_notebook(cells=[code(answers), *tests])
    came = converse(notebook, SECRET, sandbox, Limits())
    namespace = defined(answers)
    for task, cell in zip(tasks, came.notebook.cells[1:], strict=True):
        (output,) = cell.outputs
        handed = LocalAnswer(task.asked, [namespace[name] for name in names_of(task)])
        cases = cases_of(task, SECRET, work_of(notebook))
        here = score_on(task, handed, cases, reference, GRADED_ON)
        yield task, Score.from_data(output.data[SCORE_MIME]), here


MISTAKES = [
    pytest.param(name, marks=pytest.mark.slow) if name == "numerical-gradient" else name
    for name in mistakes(UNIT)
]


@pytest.mark.slow
@pytest.mark.parametrize("mistake", MISTAKES)
def test_each_planted_mistake(sandbox, mistake):
    lost = 0
    for _, there, here in both(sandbox, UNIT, planted(UNIT, mistake)):
        assert there.findings == here.findings
        lost += here.possible - here
    assert lost > 0


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit",
    # a descent of 200 steps asks the host at each of them, within the seconds of a call
    [pytest.param("chain", marks=pytest.mark.alone), "nodes", "layers", "autodiff", "bugs"],
)
def test_the_references_of_units_that_hand_over_functions_classes_and_names(sandbox, unit):
    for task, there, here in both(sandbox, unit, reference_sources(unit)):
        assert there.findings == here.findings
        assert there == task.points


@pytest.mark.slow
def test_true_values_that_stand_in_take_functions(sandbox):
    # here the true `gradients`, which stand in, are called with the functions of the case
    sources = planted("nodes", "transposed-gradient")
    scores = {task.name: (there, here) for task, there, here in both(sandbox, "nodes", sources)}
    there, here = scores["update"]
    assert there.findings == here.findings
    assert there == there.possible
