"""Where a unit teaches each task: the section it stands in, and the ones it leans on."""

import re
from dataclasses import dataclass
from functools import partial

from autograder.report.cell_names import earns_points, labels_of, task_name
from autograder.source_notebook import read_source


@dataclass(frozen=True)
class Place:
    """Where a task stands in its notebook.

    section : the heading of the section, such as "6 · The same as functions"; "" before any.
    within : the smaller heading below it that says more than the task's name; "" where none.
    built_on : headings of the sections that its text sends the reader back to.
    """

    section: str = ""
    within: str = ""
    built_on: tuple[str, ...] = ()

    @property
    def words(self):
        """The place in words, such as "section “4 · The mend”"; "" where it is not known."""
        if not self.section:
            return ""
        said = " › ".join(filter(None, (self.section, self.within)))
        leans = " and ".join(f"section “{section}”" for section in self.built_on)
        return f"section “{said}”{leans and f', which leans on {leans}'}"


def places(course, assignment):
    """Return task -> Place for the tasks of an assignment, read from its source notebooks."""
    found, label = {}, labels_of(course, assignment)
    for name in course.notebooks(assignment):
        path = course.folder("source", assignment) / f"{name}.ipynb"
        found |= places_in(read_source(path), partial(label, name))
    return found


def places_in(notebook, label=str):
    """Return task -> Place for the graded cells of a notebook; label : grade id -> label."""
    found, sections, section, within, text = {}, {}, "", "", ""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            for level, heading, line in _lines(cell.source):
                if level == 2:
                    section, within, text = heading, "", ""
                    sections[heading.partition(" ")[0]] = heading
                elif level > 2:
                    within, text = heading, ""
                text += line + "\n"
        if earns_points(cell):
            grade_id = cell.metadata.nbgrader.grade_id
            found[grade_id] = (section, within, text)
    return {
        task_name(label(grade_id)): Place(
            section,
            "" if task_name(grade_id) in re.findall(r"\w+", within) else within,
            tuple(
                sections[number]
                for number in dict.fromkeys(re.findall(r"\b[Ss]ection (\d+)", text))
                if number in sections and sections[number] != section
            ),
        )
        for grade_id, (section, within, text) in found.items()
    }


def _lines(source):
    """Yield (level, heading, line) of Markdown; level 0 where a line is no heading."""
    fenced = False
    for line in source.splitlines():
        fenced ^= line.startswith("```")
        match = None if fenced else re.match(r"(#{1,6}) +(.*)", line)
        # a page without a typesetter shows a formula by its letters
        heading = match[2].replace("$", "").strip(" ←→") if match else ""
        yield (len(match[1]) if match else 0), heading, line
