"""Points in the columns that the gradebook of Moodle imports."""

from traitlets import Bool, Unicode

from autograder.course_error import CourseError
from autograder.export.exporter import PlatformExporter, number, text
from autograder.export.points import read_comments
from autograder.report.table import printable

IDENTIFIERS = ("ID number", "Username", "Email address")
NAMES = ("First name", "Last name")
USUAL_MAXIMUM = 100
"""What a grade may be in Moodle, unless an administrator allows more."""


class MoodleExporter(PlatformExporter):
    """Points for Moodle: the file that Grades > Import > CSV file reads.

    The columns are those of "Grade import" (MoodleDocs): one that identifies the student, as
    ID number, Username or Email address; names, for whoever reads the file; for each assignment
    one with the grade and, if asked for, one with the feedback. On Moodle's page the first is
    chosen under "Map from" and "Map to" (useridnumber, username or useremail), and each of the
    others is mapped to its grade item, or to a new one. Choose the encoding UTF-8 and the
    separator comma there.

    A row without its identifier would give its grades to the student of the row before, so a
    student who has none is left out, and named. Moodle refuses a whole file for one student
    whom it does not know.
    """

    file = "grades-moodle.csv"

    identify_by = Unicode(
        "ID number",
        help="the first column: 'ID number' or 'Username', which hold the id that students have "
        "here, or 'Email address', which holds their address in the gradebook",
    ).tag(config=True)

    feedback = Bool(
        False,
        help="whether to add a column of feedback: what graders wrote, and what was taken off "
        "for being late; mapping it without the grades beside it loses those in Moodle",
    ).tag(config=True)

    def rows(self, points, gradebook):
        """Return the rows of the file; raises CourseError where it cannot say who is who."""
        if self.identify_by not in IDENTIFIERS:
            raise CourseError(
                f"Got MoodleExporter.identify_by = {self.identify_by!r}, but it is one of "
                f"{', '.join(map(repr, IDENTIFIERS))}."
            )
        identified = [(self._identifier(student), student) for student in points.students]
        self._tell(points, [student for who, student in identified if not who])
        identified = [(who, student) for who, student in identified if who]
        if not identified:
            raise CourseError(
                "The gradebook has nobody's address: add them in Formgrader's page Manage "
                "Students, or set MoodleExporter.identify_by to 'ID number' or 'Username'."
            )
        self.refuse_doubles("students", [who for who, _ in identified])
        said = read_comments(gradebook) if self.feedback else None
        heads = []
        for name in points.possible:
            title = self.key(self.title(name), "assignment")
            heads += [title] if said is None else [title, f"{title} (Feedback)"]
        self.refuse_doubles("columns", heads)
        rows = [[self.identify_by, *NAMES, *heads]]
        for who, student in identified:
            row = [self.key(who, self.identify_by.lower())]
            row += [text(student.first_name or ""), text(student.last_name or "")]
            for name in points.possible:
                row.append(self.score(points, name, student))
                if said is not None:
                    graded = points.graded.get((name, student.id))
                    row.append(_feedback(graded, said.get((name, student.id), ())))
            rows.append(row)
        return rows

    def _identifier(self, student):
        if self.identify_by != "Email address":
            return student.id
        # on many hubs the id is the address
        return student.email or (student.id if "@" in student.id else "")

    def _tell(self, points, unknown):
        if unknown:
            self.log.warning(
                "Left out for want of an address in the gradebook: %s.",
                ", ".join(printable(student.id) for student in unknown),
            )
        for name, possible in points.possible.items():
            if possible > USUAL_MAXIMUM:
                self.log.warning(
                    "%s is worth %s points; Moodle takes at most %d unless its administrator "
                    "allows more (unlimitedgrades, gradepointmax).",
                    printable(name), number(possible), USUAL_MAXIMUM,
                )  # fmt: skip


def _feedback(graded, comments):
    """Return the cell of feedback on one submission; empty where there is nothing to say."""
    if graded is None:
        return ""
    said = [f"{cell}: {comment}" for cell, comment in comments]
    if graded.penalty:
        said.append(f"{number(graded.penalty)} points were taken off for handing in late.")
    return text(" | ".join(said))
