"""Points in the columns that the gradebook of Canvas imports."""

import re

from traitlets import Dict, Unicode

from autograder.course_error import CourseError
from autograder.export.exporter import PlatformExporter, number, text

IDENTIFIERS = ("ID", "SIS User ID", "SIS Login ID")
COLUMNS = ("Student", *IDENTIFIERS, "Section")
POINTS_POSSIBLE = "    Points Possible"
"""The head of the row with what each assignment is worth, indented as Canvas writes it."""

_WITH_ID = re.compile(r".*\s\(\d+\)", re.DOTALL)
_PASSED_OVER = re.compile(
    r"(Current|Final) (Score|Points|Grade)|Override (Score|Grade|Status)"
)  # fmt: skip


class CanvasExporter(PlatformExporter):
    """Points for Canvas: the file that Grades > Import reads, one column an assignment.

    The columns are those of "How do I import grades in the Gradebook?" (Canvas Instructor
    Guide), in its order: Student, ID, SIS User ID, SIS Login ID, Section, then one for each
    assignment, headed "Name (id)" with the id that Canvas has for it; below the headings a row
    "Points Possible". Canvas finds a student by ID, else by SIS User ID, else by SIS Login ID,
    else by name, and an assignment by its id, else by its name; it asks about those that it
    does not find. An empty cell changes nothing there.

    Where the gradebook has a student's id in the platform (nbgrader's lms_user_id), it goes
    into the column ID.
    """

    file = "grades-canvas.csv"

    student_id_is = Unicode(
        "SIS Login ID",
        help=f"which column holds the id that students have here: {', '.join(IDENTIFIERS)}",
    ).tag(config=True)

    assignment_ids = Dict(
        help="name of an assignment here -> its number in Canvas, the last one in the address of "
        "its page there (…/assignments/NUMBER)"
    ).tag(config=True)

    section = Unicode("", help="what stands in the column Section, for every student").tag(
        config=True
    )

    def rows(self, points, gradebook):
        """Return the rows of the file; raises CourseError for what Canvas would not read."""
        if self.student_id_is not in IDENTIFIERS:
            raise CourseError(
                f"Got CanvasExporter.student_id_is = {self.student_id_is!r}, but it is one of "
                f"{', '.join(map(repr, IDENTIFIERS))}."
            )
        heads = [self._head(name) for name in points.possible]
        self.refuse_doubles("assignments", heads)
        worth = [number(possible) for possible in points.possible.values()]
        rows = [[*COLUMNS, *heads], [POINTS_POSSIBLE, "", "", "", "", *worth]]
        for student in points.students:
            scores = [self.score(points, name, student) for name in points.possible]
            rows.append([*self._who(student), *scores])
        return rows

    def _who(self, student):
        known = dict.fromkeys(IDENTIFIERS, "")
        known["ID"] = text(student.lms_user_id or "")
        known[self.student_id_is] = self.key(student.id, "id")
        if known["ID"] and not known["ID"].isdecimal():
            raise CourseError(
                f"Got {known['ID']!r} for the column ID, but Canvas knows its users by numbers: "
                "set CanvasExporter.student_id_is to the column that holds such ids, or mend "
                "lms_user_id in the gradebook."
            )
        name = ", ".join(filter(None, [student.last_name, student.first_name]))
        return [text(name or student.id), *known.values(), text(self.section)]

    def _head(self, assignment):
        title = self.title(assignment)
        number_there = str(self.assignment_ids.get(assignment, ""))
        if number_there and not number_there.isdecimal():
            raise CourseError(
                f"Got CanvasExporter.assignment_ids[{assignment!r}] = {number_there!r}, but "
                "Canvas counts its assignments: give the number at the end of the address of "
                "the assignment's page."
            )
        if _PASSED_OVER.search(title):
            raise CourseError(
                f"Got the assignment {title!r}, but Canvas passes over columns of that name: give "
                "it another one in CanvasExporter.assignment_names."
            )
        if not number_there and _WITH_ID.fullmatch(title):
            raise CourseError(
                f"Got the assignment {title!r}, but Canvas would take the number at its end for "
                "an assignment's id: give it another name in CanvasExporter.assignment_names, or "
                "its id in CanvasExporter.assignment_ids."
            )
        # an id finds the assignment, whatever stands before it
        return f"{text(title)} ({number_there})" if number_there else self.key(title, "assignment")
