"""The outline of a new unit: its files, its notebook, and its place in the course."""

import keyword
import re

import nbformat

from autograder.authoring.clone import UNITS, Clone, filled
from autograder.authoring.new_task import prepare_task, unit_and_name
from autograder.course_error import CourseError


def new_unit(root, folder, task_id, points=1):
    """Write the outline of a unit with one task into a clone of the project; return the files.

    root : the clone's folder; folder : where its notebook goes, such as "12_regression";
    task_id : "unit.name", its first task; points : what that earns, a whole number. What is to
    be filled in says UNFINISHED, and the tests fail until it is. Raises CourseError, before
    anything is written, for names that are not fit or that are taken.
    """
    clone = Clone(root)
    unit, name = unit_and_name(task_id)
    taken = clone.units()
    if not re.fullmatch(r"\d\d_[A-Za-z0-9_]+", folder):
        raise CourseError(
            f"Got the folder {folder!r}, but a unit's folder is two digits and a name, such as "
            "12_regression."
        )
    if not re.fullmatch(r"[a-z][a-z0-9_]*", unit) or keyword.iskeyword(unit):
        raise CourseError(
            f"Got the unit {unit!r}, but a unit is called in lower-case letters, digits and _, "
            "such as regression."
        )
    numbers = {other[:2] for other in taken.values()}
    for given, others in ((unit, taken), (folder[:2], numbers)):
        if given in others:
            raise CourseError(f"Got {given!r}, but the course has such a unit: take another name.")
    words = {"unit": unit, "folder": folder, "number": folder[:2]}
    notebook = f"source/{folder}/{folder[3:]}.ipynb"
    for file, template in (
        (f"course/tasks/{unit}/__init__.py", "unit_tasks"),
        (f"autograder/solutions/{unit}.py", "unit_solutions"),
        (f"autograder/planted/{unit}.py", "unit_planted"),
        (f"tests/proof/units/{unit}.py", "unit_proof"),
        (f"tests/course/tasks/test_{unit}.py", "unit_test"),
    ):
        clone.add(file, filled(template, **words))
    clone.add(notebook, _notebook(words))
    clone.change(UNITS, _listed(clone.read(UNITS), {**taken, unit: folder}))
    clone.add_line("tests/house/wheel_holds.txt", f"course/tasks/{unit}/__init__.py")
    held = f"backprop-course/release/{folder}/{folder[3:]}.ipynb"
    clone.add_line("tests/house/bundle_holds.txt", held)
    prepare_task(clone, unit, name, points)
    return clone.write()


def _listed(source, units):
    """Return the list of units with other entries, in the order of their folders."""
    entries = sorted(units.items(), key=lambda entry: entry[1])
    lines = "".join(f'    "{unit}": "{folder}",\n' for unit, folder in entries)
    return re.sub(r"(?<=^UNITS = \{\n).*?(?=^\}$)", lines, source, flags=re.MULTILINE | re.DOTALL)


def _notebook(words):
    notebook = nbformat.v4.new_notebook(
        metadata={
            "kernelspec": {
                "display_name": "Python 3 (ipykernel)",
                "language": "python",
                "name": "python3",
            },
            "language_info": {"name": "python"},
        },
        cells=[
            nbformat.v4.new_markdown_cell(filled("unit_opening", **words).rstrip(), id="opening"),
            nbformat.v4.new_code_cell(filled("unit_setup", **words).rstrip(), id="setup"),
            nbformat.v4.new_markdown_cell("### How far am I?", id="progress-text"),
            nbformat.v4.new_code_cell("progress()", id="progress"),
            nbformat.v4.new_markdown_cell(filled("unit_closing", **words).rstrip(), id="closing"),
        ],
    )
    notebook.cells[1].metadata["nbgrader"] = {
        "cell_type": "code",
        "grade": False,
        "grade_id": "setup",
        "locked": True,
        "schema_version": 3,
        "solution": False,
        "task": False,
    }
    return nbformat.writes(notebook) + "\n"
