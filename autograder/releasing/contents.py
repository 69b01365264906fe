"""The contents page of the released course: each unit's aims, time and points."""

import re

from autograder.course_error import CourseError
from autograder.source_notebook import read_source
from course.tasks import UNITS, tasks_of

PAGE = "README.md"

INTRODUCTION = """\
# Backprop, by hand: contents

Work through the units in their order, or jump in where you need it: each says what it builds on. \
The times are for somebody who works through everything with a pencil at hand.
"""


def write_contents(course):
    """Write release/README.md from what the released notebooks say of themselves.

    course : a Course. Returns the page's path, or None where it was up to date. Raises
    CourseError where a notebook's first cell lacks its title, aims or time.
    """
    page = course.root / "release" / PAGE
    text = contents(course)
    if page.is_file() and page.read_text(encoding="utf-8") == text:
        return None
    page.write_text(text, encoding="utf-8")
    return page


def refuse_openings(course, assignment):
    """Raise CourseError where a source notebook's first cell lacks what the page says of it.

    Of an assignment of the course's own units; before anything of it is released.
    """
    for unit, folder in UNITS.items():
        for name in course.notebooks(assignment) if folder == assignment else ():
            _section(unit, course.folder("source", assignment) / f"{name}.ipynb", "")


def contents(course):
    """Return the page's text, Markdown."""
    sections = [INTRODUCTION]
    for unit, folder in UNITS.items():
        for path in sorted((course.root / "release" / folder).glob("*.ipynb")):
            sections.append(_section(unit, path, f"{folder}/{path.name}"))
    return "\n".join(sections)


def _section(unit, path, link):
    """Return what the page says of one notebook."""
    cells = read_source(path).cells
    opening = cells[0].source if cells else ""
    title = re.match(r"# (.+)", opening)
    aims = re.search(
        r"\*\*When you are done you can\*\*\n+((?:- .+\n(?:  .+\n)*)+)", opening + "\n"
    )
    time = re.search(r"\*\*Time:\*\* (.+?)\s*\*\*You need:\*\* (.+)", opening)
    for name, found in (("# title", title), ("aims", aims), ("Time and You need", time)):
        if not found:
            raise CourseError(f"{path} opens without its {name}; see unit 05 for the form.")
    tasks = tasks_of(unit)
    points = f"{sum(task.points for task in tasks):g}"
    graded = ", ".join(f"`{task.name}` ({task.points:g})" for task in tasks)
    return (
        f"## [{title[1]}]({link})\n\n{aims[1].rstrip()}\n\n"
        f"*Time:* {time[1]} *You need:* {time[2]}\n\n*{points} points:* {graded}\n"
    )
