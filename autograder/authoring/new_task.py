"""The outline of a new task, in the files of its unit."""

import keyword
import re

import nbformat

from autograder.authoring.clone import Clone, filled
from autograder.authoring.insertions import after_imports, at_the_end, defined, into_literal
from autograder.course_error import CourseError
from autograder.grade_id import grade_id_of


def new_task(root, task_id, points=1):
    """Write the outline of a task into a clone of the project and return the files' names.

    root : the clone's folder; task_id : "unit.name", of a unit that is there; points : what it
    earns in all, a whole number.
    What is to be filled in says UNFINISHED, and the tests fail until it is. Raises CourseError,
    before anything is written, for an id that is not fit or that is taken.
    """
    clone = Clone(root)
    prepare_task(clone, *unit_and_name(task_id), points)
    return clone.write()


def unit_and_name(task_id):
    """Return (unit, name) of a task id; raises CourseError where no function can be called so."""
    unit, dot, name = task_id.partition(".")
    fit = re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name) and not keyword.iskeyword(name)
    if not dot or not fit:
        raise CourseError(
            f"Got the task {task_id!r}, but it must be UNIT.NAME, and NAME what students call "
            "their function, such as two_layer.backward."
        )
    return unit, name


def prepare_task(clone, unit, name, points):
    """Prepare the outline of a task in a clone, without writing it."""
    number = clone.folder_of(unit)[:2]
    words = {"unit": unit, "name": name, "constant": name.upper(), "number": number}
    words["points"] = points
    tasks, solutions = f"course/tasks/{unit}/__init__.py", f"autograder/solutions/{unit}.py"
    for file in (tasks, solutions):
        if {name, f"{name.upper()}_TASK"} & defined(clone.read(file)):
            raise CourseError(f"Got the task {unit}.{name}, but {file} has one: take another name.")

    module = f"course/tasks/{unit}/{name.lower()}.py"
    clone.add(module, filled("task", **words))
    clone.add_line("tests/house/wheel_holds.txt", module)
    source = into_literal(clone.read(tasks), "TASKS", f"{name.upper()}_TASK", tasks)
    imported = f"from course.tasks.{unit}.{name.lower()} import {name.upper()}_TASK"
    clone.change(tasks, after_imports(source, imported))

    clone.change(solutions, at_the_end(clone.read(solutions), filled("solution", **words)))
    for file, literal, template in (
        (f"autograder/planted/{unit}.py", "MISTAKES", "planted"),
        (f"tests/proof/units/{unit}.py", "COSTS", "costs"),
    ):
        text = filled(template, **words)
        clone.change(file, into_literal(clone.read(file), literal, text, file))
    test = f"tests/course/tasks/test_{unit}.py"
    clone.change(test, at_the_end(clone.read(test), filled("test", **words)))

    notebook = clone.notebook_of(unit)
    clone.change(notebook, _with_cells(clone.read(notebook), words, notebook))


def _with_cells(text, words, where):
    """Return a notebook's text with the cells of a task before those that end it."""
    notebook, name = nbformat.reads(text, as_version=4), words["name"]
    word = name.replace("_", "-")
    ids = {cell.id for cell in notebook.cells}
    grade_ids = {grade_id_of(cell) for cell in notebook.cells}
    if {f"{word}-text", name, f"check_{name}"} & (ids | grade_ids):
        raise CourseError(f"Got the task {name}, but {where} has cells of it: take another name.")
    cells = [
        nbformat.v4.new_markdown_cell(filled("text", **words).rstrip(), id=f"{word}-text"),
        nbformat.v4.new_code_cell(filled("answer", **words).rstrip(), id=name),
        nbformat.v4.new_code_cell(filled("check", **words).rstrip(), id=f"check_{name}"),
    ]
    cells[1].metadata["nbgrader"] = _of_nbgrader(name, solution=True, locked=False)
    cells[2].metadata["nbgrader"] = _of_nbgrader(
        f"check_{name}", grade=True, points=words["points"]
    )
    place = _before_the_end(notebook.cells)
    notebook.cells[place:place] = cells
    for cell in notebook.cells:
        # the progress table asks for every function, also for one that is not written yet
        if cell.id == "setup" and "to_be_written" in cell.source:
            cell.source += f"\n{name} = to_be_written"
    return nbformat.writes(notebook) + "\n"


def _of_nbgrader(grade_id, **settings):
    plain = {"grade": False, "locked": True, "schema_version": 3, "solution": False, "task": False}
    return {"cell_type": "code", "grade_id": grade_id, **plain, **settings}


def _before_the_end(cells):
    """Return the place before the notebook's progress table and its heading, or its last cell."""
    table = [place for place, cell in enumerate(cells) if cell.source.strip() == "progress()"]
    place = table[0] if table else len(cells) - 1
    return place - 1 if place and cells[place - 1].cell_type == "markdown" else place
