"""What the gradebook holds of a class: points cell by cell, and what a person grades of them."""

from dataclasses import dataclass, field

from nbgrader.api import BaseCell, Grade, Notebook, SubmittedAssignment, SubmittedNotebook

from autograder.report.cell_names import graded_cells


@dataclass
class StudentPoints:
    """What the gradebook holds of one student's submission.

    late : how many seconds. penalty : points taken off for it. cells : label -> points earned.
    waiting : labels of the cells that wait to be graded by hand.
    by_hand : those of cells without a test that were. blank : those without a test that nothing
    was written into, which nobody has to grade.
    """

    late: float
    penalty: float = 0.0
    cells: dict[str, float] = field(default_factory=dict)
    waiting: tuple[str, ...] = ()
    by_hand: tuple[str, ...] = ()
    blank: tuple[str, ...] = ()

    @property
    def points(self):
        """The points earned, with the penalty taken off."""
        return sum(self.cells.values()) - self.penalty


def read_student_points(session, recorded, course, label):
    """Return student -> StudentPoints of an assignment of the gradebook.

    session : the gradebook's. recorded : nbgrader's Assignment. label : from `labels_of`.
    In a few queries for the whole class: nbgrader's own properties ask for each cell.
    """
    submitted = session.query(SubmittedAssignment).filter_by(assignment_id=recorded.id)
    students = {one.student_id: StudentPoints(one.total_seconds_late) for one in submitted}
    of_notebooks = (
        session.query(SubmittedAssignment.student_id, SubmittedNotebook.late_submission_penalty)
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .filter(SubmittedAssignment.assignment_id == recorded.id)
    )
    for student, penalty in of_notebooks:
        students[student].penalty += penalty or 0
    untested = _untested(recorded)
    of_cells = (
        session.query(
            SubmittedAssignment.student_id,
            Notebook.name,
            BaseCell.name,
            Grade.score,
            Grade.auto_score,
            Grade.manual_score,
            Grade.needs_manual_grade,
        )
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Grade, Grade.notebook_id == SubmittedNotebook.id)
        .join(BaseCell, BaseCell.id == Grade.cell_id)
        .join(Notebook, Notebook.id == BaseCell.notebook_id)
        .filter(SubmittedAssignment.assignment_id == recorded.id)
    )
    for student, notebook, grade_id, score, auto, manual, needed in of_cells:
        own, cell = students[student], label(notebook, grade_id)
        own.cells[cell] = score
        # a score that stands beside a manual one asks for a second look, and is one meanwhile
        if needed and auto is None:
            own.waiting += (cell,)
        elif (notebook, grade_id) in untested:
            if manual is None and not score:
                own.blank += (cell,)
            else:
                own.by_hand += (cell,)
    _put_in_order(students.values(), course, recorded.name)
    return students


def _untested(recorded):
    """Return (notebook, grade id) of the cells that are no test, whatever they earn."""
    return {
        (notebook.name, cell.name)
        for notebook in recorded.notebooks
        for cell in (
            *notebook.solution_cells,
            *notebook.task_cells,
            *(cell for cell in notebook.grade_cells if cell.cell_type == "markdown"),
        )
    }


def _put_in_order(students, course, assignment):
    """Put the cells into the order of the notebooks, for students with some for a person."""
    students = [one for one in students if one.waiting or one.blank]
    if not students:
        # reading the source takes a moment
        return
    order = list(graded_cells(course, assignment))
    place = {label: k for k, label in enumerate(order)}

    def at(label):
        return place.get(label, len(order)), label

    for one in students:
        one.cells = {cell: one.cells[cell] for cell in sorted(one.cells, key=at)}
        one.waiting = tuple(sorted(one.waiting, key=at))
        one.blank = tuple(sorted(one.blank, key=at))
