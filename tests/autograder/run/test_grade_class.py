"""A class with one notebook of each kind, graded in the sandbox."""

import nbformat
import pytest

from autograder.__main__ import main
from autograder.course_folder import Course
from autograder.report.class_results import read_results

from ..conftest import ASSIGNMENT, NOTEBOOK, digests

pytestmark = [pytest.mark.nbgrader, pytest.mark.slow]

FULL = (6, 4, 2, 10, 8)
SCORES = {
    # kind: points of stages, forward, loss, backward, train_step
    "matrix_form": FULL,
    "loops": FULL,
    "einsum": FULL,
    "nested_lists": FULL,
    "verbose": FULL,
    "late": FULL,
    "renamed_notebook": FULL,
    "missing_notebook": (0, 0, 0, 0, 0),
    "blank": (0, 0, 0, 0, 0),
    "half_done": (3, 4, 2, 5, 0),
    "syntax_error": (6, 4, 2, 0, 8),
    "infinite_loop": (6, 4, 2, 10, 0),
    # what follows correctly from a mistake made before it earns its points
    "missing-activation-derivative": (6, 4, 2, 8, 8),
    "gradient-for-weights": (6, 4, 2, 8, 8),
    "wrong-sign": (6, 4, 2, 8, 8),
    "factor-of-two": (6, 4, 2, 8, 8),
    "softmax-derivative-twice": (6, 4, 2, 8, 8),
    "prediction-for-error": (6, 4, 2, 8, 8),
    "preactivation-for-activation": (6, 4, 2, 7, 8),
    "a-formula-on-z": (6, 4, 2, 8, 8),
    "bias-missing": (6, 4, 2, 6, 8),
    "transposed-gradient": (6, 4, 2, 7, 8),
    "updated-weights-first": (6, 4, 2, 10, 4),
    "inputs-mutated": (6, 4, 2, 10, 4),
    # beyond the example class
    "zz-source": FULL,
    "zz-endless-cell": (6, 4, 0, 10, 8),
    "zz-damaged": (0, 0, 0, 0, 0),
    "zz-two-others": (0, 0, 0, 0, 0),
}
TASKS = ("stages", "forward", "loss", "backward", "train_step")


@pytest.fixture(scope="module")
def results(graded_class):
    found = read_results(Course(graded_class.root), ASSIGNMENT)
    return {graded_class.kinds[result.student]: result for result in found}


def test_every_kind_is_there(results):
    assert results.keys() == SCORES.keys()


@pytest.mark.parametrize("kind", SCORES)
def test_each_kind_gets_its_points(results, kind):
    result = results[kind]
    assert tuple(result.cells[f"check_{task}"] for task in TASKS) == SCORES[kind]
    assert result.points == sum(SCORES[kind])
    assert result.possible == 30


def test_what_is_read_back_from_the_notebooks_is_what_the_run_found(graded_class, results, capsys):
    assert main(["grade", ASSIGNMENT, "--course-root", str(graded_class.root)]) == 0
    of_students = tuple(result.student for result in results.values())
    again = [line for line in capsys.readouterr().out.splitlines() if line.startswith(of_students)]
    before = [line for line in graded_class.printed.splitlines() if line.startswith(of_students)]
    assert len(again) == len(results)
    assert again == before[: len(again)]


def test_the_table_has_a_line_for_each(graded_class, results):
    assert graded_class.exit_code == 0
    lines = graded_class.printed.splitlines()
    for result in results.values():
        (line,) = (line for line in lines if line.startswith(result.student))
        assert f"{result.points:g} of 30" in line
        assert result.first_finding in line


@pytest.mark.parametrize(
    ("kind", "start"),
    [
        ("matrix_form", "All right."),
        ("missing-activation-derivative", "backward, db1 [missing-activation-derivative]: "),
        ("preactivation-for-activation", "backward, dW2 [preactivation-for-activation]: "),
        ("bias-missing", "backward, db1 [bias-missing]: "),
        ("updated-weights-first", "train_step, W1 [updated-weights-first]: "),
        ("transposed-gradient", "backward, dW2 [transposed-gradient]: "),
        ("half_done", "stages, dW2[1, 2]: "),
        ("syntax_error", "backward: SyntaxError: '(' was never closed (line "),
        # an error or a time-out, as the first of its cases has it
        ("infinite_loop", "train_step, W1: "),
        ("missing_notebook", "No notebook was handed in (two_layer.ipynb)."),
        ("zz-damaged", "The file is cut off; what came whole before the cut was kept."),
        ("zz-two-others", "No notebook called two_layer.ipynb, and several others: a.ipynb, b"),
        ("zz-endless-cell", "loss: The cell did not come to an end in time"),
    ],
)
def test_the_first_finding_is_the_telling_one(results, kind, start):
    assert results[kind].first_finding.startswith(start)


def test_each_planted_mistake_is_named(results):
    for kind, result in results.items():
        if "-" in kind and not kind.startswith("zz-"):
            assert kind in result.misconceptions


def test_late_and_renamed_are_said(results):
    assert {kind for kind, result in results.items() if result.late} == {"late"}
    assert results["renamed_notebook"].note == (
        "Graded two_layer-final (2).ipynb as two_layer.ipynb."
    )
    assert "holds 'soon'" in results["zz-endless-cell"].note


def test_the_release_fails_in_no_cell_but_the_students(graded_class):
    student = graded_class.student("blank")
    path = graded_class.root / "autograded" / student / ASSIGNMENT / NOTEBOOK
    failed = [
        cell.id
        for cell in nbformat.read(path, as_version=4).cells
        for output in cell.get("outputs", ())
        if output.output_type == "error" or output.get("name") == "stderr"
        if not cell.metadata.get("nbgrader", {}).get("solution")
    ]
    assert failed == []


def test_what_was_handed_in_stays_as_it_was(graded_class):
    assert digests(graded_class.root / "submitted") == graded_class.submitted_before


def test_what_nbgrader_says_is_in_the_log(graded_class):
    log = (graded_class.root / ".nbgrader.log").read_text()
    # it records the source before a grading, and makes the feedback pages after it
    for said in ("Updating/creating assignment", "Converting notebook"):
        assert said in log
        assert said not in graded_class.printed


def test_a_second_grading_skips_what_is_graded_and_shows_it(graded_class, capsys):
    student = graded_class.student("wrong-sign")
    page = graded_class.root / "feedback" / student / ASSIGNMENT / "two_layer.html"
    before = page.stat().st_mtime_ns
    options = ["--course-root", str(graded_class.root), "--student", student]
    assert main(["grade", ASSIGNMENT, *options]) == 0
    out = capsys.readouterr().out
    assert "28 of 30" in out
    assert "1 of 1 had been graded" in out
    assert main(["feedback", ASSIGNMENT, *options]) == 0
    said = capsys.readouterr().out
    assert "Feedback pages of 0 of 1 students written in " in said
    assert said.endswith("; 1 were up to date.\n")
    assert page.stat().st_mtime_ns == before


def test_a_newer_submission_is_graded_again(graded_class, capsys):
    student = graded_class.student("factor-of-two")
    folder = graded_class.root / "submitted" / student / ASSIGNMENT
    kept = {path: path.read_bytes() for path in folder.iterdir()}
    source = graded_class.root / "source" / ASSIGNMENT / NOTEBOOK
    try:
        (folder / NOTEBOOK).write_bytes(source.read_bytes())
        (folder / "timestamp.txt").write_text("2026-03-06 17:59:59 UTC")
        options = ["--course-root", str(graded_class.root), "--student", student]
        assert main(["grade", ASSIGNMENT, *options]) == 0
        assert "30 of 30" in capsys.readouterr().out
    finally:
        for path, data in kept.items():
            path.write_bytes(data)
        main(["grade", ASSIGNMENT, *options])
    assert "28 of 30" in capsys.readouterr().out
    # the page of the grading before is gone, and is made anew
    assert main(["feedback", ASSIGNMENT, *options]) == 0
    assert "Feedback pages of 1 of 1 students written" in capsys.readouterr().out
