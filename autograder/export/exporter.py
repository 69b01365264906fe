"""What the exporters have in common: whose points, how they are written, how errors are told."""

import csv
import io
import sys
from collections import Counter
from pathlib import Path

from nbgrader.plugins import ExportPlugin
from sqlalchemy.exc import DatabaseError
from traitlets import Dict, Unicode

from autograder.course_error import CourseError
from autograder.export.points import read_points
from autograder.gradebook.database import unusable
from autograder.report.spreadsheets import defused
from autograder.report.table import printable

MISSING = {"empty": "", "zero": "0"}


class PlatformExporter(ExportPlugin):
    """A CSV file of points for a learning platform; the subclasses know the platform's columns.

    A subclass gives `file` (the file's name where --to gives none) and `rows`.
    """

    file = "grades.csv"

    missing = Unicode(
        "empty",
        help="what stands where nothing was handed in: 'empty', which leaves the platform's own "
        "entry or none, or 'zero'",
    ).tag(config=True)

    assignment_names = Dict(
        help="name of an assignment here -> its name on the platform, where they differ"
    ).tag(config=True)

    def rows(self, points, gradebook):
        """Return the rows of the file, each a list of cells; text is passed through `text`."""
        raise NotImplementedError

    def export(self, gradebook):
        """Write the file; what stands in the way is said in a sentence, and the exit code is 1."""
        path = Path(self.to or self.file)
        try:
            if self.missing not in MISSING:
                raise CourseError(
                    f"Got {type(self).__name__}.missing = {self.missing!r}, but it is "
                    f"{' or '.join(map(repr, MISSING))}."
                )
            points = read_points(gradebook, _names(self.assignment), _names(self.student))
            rows = self.rows(points, gradebook)
            _write(path, rows)
        except (CourseError, OSError) as error:
            self.log.error("%s", printable(str(error)))
            sys.exit(1)
        except DatabaseError as error:
            self.log.error("%s", unusable(gradebook.engine.url, error, 0))
            sys.exit(1)
        for name in points.left_out:
            self.log.info("Left out %s, for which nobody has handed in anything.", printable(name))
        self._tell_unfinished(points)
        students = _counted(len(points.students), "student")
        assignments = _counted(len(points.possible), "assignment")
        self.log.info("Wrote %s: %s, %s.", path, students, assignments)

    def score(self, points, assignment, student):
        """Return the cell with a student's points, a number; what `missing` says for none."""
        graded = points.graded.get((assignment, student.id))
        return number(graded.points) if graded else MISSING[self.missing]

    def title(self, assignment):
        """Return an assignment's name on the platform."""
        return str(self.assignment_names.get(assignment, assignment))

    def refuse_doubles(self, what, values):
        """Raise CourseError where two rows or columns would go by one name."""
        for value, count in Counter(values).items():
            if count > 1:
                raise CourseError(
                    f"{count} {what} go by {value!r}, and the platform could not tell them apart: "
                    f"mend the gradebook, or {type(self).__name__}.assignment_names."
                )

    def key(self, value, what):
        """Return an identifying cell; says where it cannot be written as it is."""
        written = text(value)
        if written != value:
            self.log.warning(
                "The %s %s is written as %s, lest a spreadsheet take it for a formula or break "
                "its line; the platform will not know it by that: enter it there by hand.",
                what,
                printable(value),
                written,
            )
        return written

    def _tell_unfinished(self, points):
        for name in points.possible:
            waiting = sum(
                points.graded[name, student.id].unfinished
                for student in points.students
                if (name, student.id) in points.graded
            )
            if waiting:
                self.log.warning(
                    "%d of %s wait to be graded by hand; their points are those so far.",
                    waiting, printable(name),
                )  # fmt: skip


def text(value):
    """Return text for a cell: on one line, and nothing that a spreadsheet takes for a formula.

    On one line, since not every platform's reader takes a line break within quotes.
    """
    # cleaned first: what stood behind a tab or an invisible character is what a spreadsheet sees
    cleaned = "".join(letter for letter in " ".join(str(value).split()) if letter.isprintable())
    return defused(cleaned)


def number(value):
    """Return points as text: at most four places, no exponent, a dot: "12.5", "0", "-1"."""
    said = f"{value:.4f}".rstrip("0").rstrip(".")
    return "0" if said == "-0" else said


def _counted(count, what):
    return f"{count} {what}{'' if count == 1 else 's'}"


def _names(trait):
    # ids that look like numbers come as numbers from the command line
    return [str(name) for name in trait]


def _write(path, rows):
    """Write rows of cells as CSV; what was there stays until the new file is complete."""
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    part = path.with_name(f"{path.name}.part")
    # utf-8-sig: without the mark, spreadsheets take UTF-8 for something else; both platforms
    # read past it, as long as the first heading needs no quotes
    part.write_text(out.getvalue(), encoding="utf-8-sig", newline="")
    part.replace(path)
