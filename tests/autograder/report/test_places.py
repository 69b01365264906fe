import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.course_folder import Course
from autograder.report.places import Place, places, places_in
from course.tasks import UNITS, tasks_of
from tests.autograder.conftest import ROOT


def cell_of(task):
    cell = new_code_cell("check(...)")
    cell.metadata["nbgrader"] = {"grade_id": f"check_{task}", "grade": True, "points": 1}
    return cell


def test_a_task_stands_in_the_section_above_it():
    notebook = new_notebook(
        cells=[
            new_markdown_cell("# 99 · A unit"),
            cell_of("early"),
            new_markdown_cell("## 1 · Where $e^z$ is  →\n\n```\n## no heading\n```\nWords."),
            cell_of("grow"),
            new_markdown_cell("### A smaller thing\n\nAs in section 1 and section 7."),
            cell_of("within"),
            new_markdown_cell("## 2 · The step\n\n### `step`\n\nSection 1 in code, and section 2."),
            cell_of("step"),
        ]
    )
    found = places_in(notebook)
    assert found["early"].words == ""
    assert found["grow"].words == "section “1 · Where e^z is”"
    assert found["within"] == Place("1 · Where e^z is", "A smaller thing")
    assert found["step"] == Place("2 · The step", "", ("1 · Where e^z is",))
    assert found["step"].words.endswith("which leans on section “1 · Where e^z is”")


@pytest.mark.parametrize("unit", UNITS)
def test_every_task_of_the_course_has_a_place(unit):
    found = places(Course(ROOT), UNITS[unit])
    assert found.keys() == {task.name for task in tasks_of(unit)}
    assert all(place.section[0].isdigit() for place in found.values())


def test_functions_lean_on_what_was_done_by_hand():
    found = places(Course(ROOT), "05_two_layer")
    assert [found[task].built_on for task in ("forward", "backward", "train_step")] == [
        ("2 · Forward, by hand",),
        ("3 · Backward, by hand",),
        ("4 · The step",),
    ]
