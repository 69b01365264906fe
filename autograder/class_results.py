"""What came of a class: each student's points, findings and lateness, read back from disk."""

import json
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import nbformat
from nbgrader.api import MissingEntry
from nbgrader.utils import is_grade

from autograder.cell_findings import CellFindings, read_cells
from autograder.course_error import CourseError
from autograder.submissions import read_submissions


@dataclass(frozen=True)
class Result:
    """What came of one student's submission.

    student : the id.
    points : earned, or None where the submission could not be graded.
    possible : points of the assignment.
    cells : grade id of a test cell -> points earned.
    findings : the CellFindings of each test cell, in the order of the notebook.
    late : how long after the due date it was handed in; zero where it was in time.
    cause : why it earned nothing or could not be graded, in words; "" where it was graded.
    note : what an instructor should know of how it was graded.
    feedback : the feedback pages.
    """

    student: str
    points: float | None
    possible: float
    cells: dict[str, float] = field(default_factory=dict)
    findings: tuple[CellFindings, ...] = ()
    late: timedelta = timedelta()
    cause: str = ""
    note: str = ""
    feedback: tuple[Path, ...] = ()

    @property
    def first(self):
        """The first thing to look at: where in the notebook ("" for all of it), and what."""
        if self.cause:
            return "", self.cause
        if self.all_right:
            return "", "All right."
        for cell in self.findings:
            if cell.first:
                return cell.first
        return "", "No cell says why points were lost; see the feedback page."

    @property
    def first_finding(self):
        """The first thing to look at, in words."""
        where, what = self.first
        return f"{where}: {what}" if where else what

    @property
    def all_right(self):
        """Whether every point was earned."""
        return self.points is not None and self.points >= self.possible

    @property
    def misconceptions(self):
        """The ids of the mistakes found, in the order of the notebook, each once."""
        return tuple(dict.fromkeys(name for cell in self.findings for name in cell.misconceptions))


def read_results(course, assignment, students=()):
    """Return the Result of each student who handed in, and of those on the class list only.

    students : whose; everybody's where none is given.
    Raises CourseError where nothing of the assignment has been graded.
    """
    submissions = read_submissions(course, assignment, students)
    untold = CourseError(
        f"Nothing of {assignment} has been graded in {course.root}: run `autograder grade "
        f"{assignment}` first."
    )
    if not course.has_gradebook():
        raise untold
    failures = read_failures(course, assignment)
    with course.gradebook() as book:
        try:
            recorded = book.find_assignment(assignment)
        except MissingEntry as error:
            raise untold from error
        if not any(student in submissions for student in _students(recorded)) and not failures:
            raise untold
        results = [
            _result(course, recorded, submission, failures.get(student, ""))
            for student, submission in submissions.items()
        ]
        absent = {student.id for student in book.students} - submissions.keys()
        if not students:
            cause = "Handed in nothing."
            results += [Result(name, None, recorded.max_score, cause=cause) for name in absent]
    return sorted(results, key=lambda result: result.student)


def _students(recorded):
    return [submission.student_id for submission in recorded.submissions]


def _result(course, recorded, submission, failure):
    """Read one student's result; recorded is the assignment in the gradebook."""
    assignment, student = recorded.name, submission.student
    book = next((s for s in recorded.submissions if s.student_id == student), None)
    possible = recorded.max_score
    if failure or book is None:
        cause = failure or "Not graded yet."
        return Result(student, None, possible, cause=cause, note=submission.note)
    points = book.score - sum(n.late_submission_penalty or 0 for n in book.notebooks)
    cells, findings = {}, []
    for notebook in book.notebooks:
        cells |= {grade.name: grade.score for grade in notebook.grades}
        graded = course.folder("autograded", assignment, student) / f"{notebook.name}.ipynb"
        if graded.is_file() and not submission.cause:
            findings += read_cells(nbformat.read(graded, as_version=4))
    ignored = [found.cell for found in findings if found.ignored]
    doubt = f"Passed over what {', '.join(ignored)} showed as a score and was none."
    pages = course.folder("feedback", assignment, student).glob("*.html")
    return Result(
        student,
        points,
        possible,
        cells,
        tuple(findings),
        timedelta(seconds=book.total_seconds_late),
        submission.cause,
        " ".join(filter(None, [submission.note, doubt if ignored else ""])),
        tuple(sorted(pages)),
    )


def graded_cells(course, assignment):
    """Return the points of an assignment's test cells, in the order of its notebooks: id -> points.

    Raises CourseError where source has no such assignment.
    """
    cells = {}
    for name in course.notebooks(assignment):
        path = course.folder("source", assignment) / f"{name}.ipynb"
        for cell in nbformat.read(path, as_version=4).cells:
            if is_grade(cell):
                cells[cell.metadata.nbgrader.grade_id] = float(cell.metadata.nbgrader.points)
    return cells


def failures_file(course, assignment):
    """Return the file that remembers why submissions could not be graded."""
    return course.root / "report" / f"{assignment}.ungraded.json"


def read_failures(course, assignment):
    """Return student -> cause for the submissions that the last grading failed on."""
    path = failures_file(course, assignment)
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def write_failures(course, assignment, failures):
    """Remember student -> cause; nothing is kept where there are none."""
    path = failures_file(course, assignment)
    if failures:
        path.parent.mkdir(exist_ok=True)
        text = json.dumps(failures, indent=1, sort_keys=True, ensure_ascii=False)
        path.write_text(text + "\n", encoding="utf-8")
    else:
        path.unlink(missing_ok=True)
