"""What a task still lacks, sentence by sentence; a task that lacks nothing is complete."""

from functools import cache
from importlib import import_module
from pathlib import Path

import nbformat
import numpy as np
from hypothesis import Phase, given, settings

from autograder.planted import mistakes, reference_sources
from course import check
from course.tasks import UNITS, find_task
from tests.proof.planting import objects, unit_module

ROOT = Path(__file__).parents[2]
MARK = "UNFINISHED"
"""What `autograder new-task` writes where an author is to fill something in."""

BY_NUMBER = ("bugs",)
"""Units whose tests go through their tasks by number."""


def missing(task_id):
    """Return a sentence for each thing that a task lacks, an empty list for a complete one."""
    unit = task_id.partition(".")[0]
    said = list(unfinished(unit))
    task = find_task(task_id)
    for look in (_description, _solution, _plants, _proof, _own_test, _notebooks):
        said += look(task, unit)
    return said


def unfinished(unit):
    """Yield a sentence for each place in a unit's files that is still to be filled in."""
    files = [
        *sorted((ROOT / "course" / "tasks" / unit).glob("*.py")),
        ROOT / "autograder" / "solutions" / f"{unit}.py",
        ROOT / "autograder" / "planted" / f"{unit}.py",
        ROOT / "tests" / "proof" / "units" / f"{unit}.py",
        ROOT / "tests" / "course" / "tasks" / f"test_{unit}.py",
    ]
    for path in files:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            yield from _marked(line, f"{path.relative_to(ROOT)}:{number}")
    for path in sorted((ROOT / "source" / UNITS[unit]).glob("*.ipynb")):
        for cell in nbformat.read(path, as_version=4).cells:
            for line in cell.source.splitlines():
                yield from _marked(line, f"{path.relative_to(ROOT)}, cell {cell.id}")


def _marked(line, where):
    for words in line.split(MARK)[1:]:
        said = words.strip(' :.,*"')
        yield f"{where}: {said}."


def _description(task, unit):
    where = f"course/tasks/{unit}"
    if not task.mistakes:
        yield f"{where}: {task.id} lists no mistakes; name those that students make there."
    shapes = {}
    for kind in dict.fromkeys((*task.check_kinds, *task.grade_kinds)):
        try:
            case = task.draw(np.random.default_rng(0), kind)
            values = task.truth(**case.arguments) if "vast" not in case.traits else ()
        except Exception as error:
            yield f"{where}: the case {kind!r} of {task.id} fails: {error!r}."
            return
        if values and len(values) != len(task.parts):
            yield (
                f"{where}: {task.id} asks for {len(task.parts)} parts, but its truth has "
                f"{len(values)} on the case {kind!r}."
            )
            return
        for part, value in zip(task.parts, values, strict=False):
            if not (part.many or part.among or "..." in part.axes):
                shapes.setdefault(part, []).append(np.shape(value))
    for part, seen in shapes.items():
        # some kinds of case may have an axis more, that of a batch
        if len(part.axes) not in map(len, seen):
            yield (
                f"{where}: the part {part.name} of {task.id} says {len(part.axes)} axes, but its "
                f"true value has the shape {seen[0]}."
            )


def _solution(task, unit):
    where = f"autograder/solutions/{unit}.py"
    try:
        given = objects(task, vars(unit_module(unit)))
    except KeyError as error:
        yield f"{where} defines no {error.args[0]}: write the reference solution of {task.id}."
        return
    try:
        score = check(task.id, *given)
    except Exception as error:
        yield f"{where}: the check of {task.id} fails on its own reference: {error!r}."
        return
    for finding in score.findings:
        if not finding.right:
            yield f"{where}: {task.id} loses `{finding.part}` by its own check: {finding.message}"


def _plants(task, unit):
    edits = [edit for of_one in mistakes(unit).values() for edit in of_one]
    if task.name in reference_sources(unit) and task.name not in {e.function for e in edits}:
        yield (
            f"autograder/planted/{unit}.py plants no mistake in {task.name}: add an Edit for each "
            "that the task lists."
        )
    for name in task.mistakes:
        if name not in mistakes(unit):
            yield f"autograder/planted/{unit}.py does not plant {name!r}, which {task.id} lists."


def _proof(task, unit):
    if task.name in reference_sources(unit) and task.name not in _rewritten(unit):
        yield (
            f"tests/proof/units/{unit}.py: rewritten() draws no source of {task.name}; add right "
            "ways to write it."
        )


@cache
def _rewritten(unit):
    """Return the names of the functions of which a unit's proof draws sources."""
    names = set()

    @settings(
        max_examples=30, phases=[Phase.generate], deadline=None, database=None, derandomize=True
    )
    @given(import_module(f"tests.proof.units.{unit}").rewritten())
    def look(sources):
        names.update(sources)

    look()
    return names


def _own_test(task, unit):
    where = f"tests/course/tasks/test_{unit}.py"
    text = (ROOT / where).read_text(encoding="utf-8")
    if task.id not in text and f'"{task.name}"' not in text and unit not in BY_NUMBER:
        yield f"{where} does not name {task.id}: test its cases, and its points."


def _notebooks(task, unit):
    for step, how in (("source", "write its cells"), ("release", "run `make release`")):
        cells = {}
        for path in (ROOT / step / UNITS[unit]).glob("*.ipynb"):
            for cell in nbformat.read(path, as_version=4).cells:
                cells[cell.metadata.get("nbgrader", {}).get("grade_id")] = cell
        where = f"{step}/{UNITS[unit]}"
        for name in (task.name, f"check_{task.name}"):
            if name not in cells:
                yield f"{where} has no cell {name}: {how}."
        tested = cells.get(f"check_{task.name}")
        if tested and tested.metadata.nbgrader.points != task.points:
            yield (
                f"{where}: the cell check_{task.name} gives {tested.metadata.nbgrader.points} "
                f"points, but {task.id} has {task.points:g}: {how}."
            )
