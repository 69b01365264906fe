"""What came of a class: each student's points, findings and lateness, read back from disk."""

import json
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import nbformat
from nbgrader.api import MissingEntry, Student

from autograder.gradebook.graded_notebooks import nothing_known
from autograder.handed_in.submissions import read_submissions
from autograder.report.cell_findings import CellFindings, plain, read_cells
from autograder.report.cell_names import labels_of, task_name
from autograder.report.student_points import read_student_points
from autograder.run.grading_notes import notes_of
from course.reading import NOT_WRITTEN


@dataclass(frozen=True)
class Result:
    """What came of one student's submission.

    student : the id.
    points : earned, or None where the submission could not be graded.
    possible : points of the assignment.
    cells : label of a graded cell -> points earned, see `labels_of`.
    findings : the CellFindings of each test cell, in the order of the notebook.
    late : how long after the due date it was handed in; zero where it was in time.
    cause : why it earned nothing or could not be graded, in words; "" where it was graded.
    note : what an instructor should know of how it was graded.
    mends : what was wrong with its notebooks, and with how they ran, a sentence each.
    feedback : the feedback pages.
    handed_in : whether there is a submission at all; not for those on the class list only.
    waiting : labels of the cells that wait to be graded by hand; points are those so far.
    by_hand : labels of the cells without a test that have been graded by hand.
    blank : labels of the cells without a test that nothing was written into.
    """

    student: str
    points: float | None
    possible: float
    cells: dict[str, float] = field(default_factory=dict)
    findings: tuple[CellFindings, ...] = ()
    late: timedelta = timedelta()
    cause: str = ""
    note: str = ""
    mends: tuple[str, ...] = ()
    feedback: tuple[Path, ...] = ()
    handed_in: bool = True
    waiting: tuple[str, ...] = ()
    by_hand: tuple[str, ...] = ()
    blank: tuple[str, ...] = ()

    @property
    def first(self):
        """The first thing to look at: where in the notebook ("" for all of it), and what."""
        if self.cause:
            return "", self.cause
        if self.all_right:
            return "", "All right."
        if self.mends and not self.points:
            # such as a file that is no notebook: no finding would say as much
            return "", self.mends[0]
        for cell in self.findings:
            if cell.first:
                return cell.first
        if self.blank:
            return task_name(self.blank[0]), NOT_WRITTEN
        if self.waiting:
            return task_name(self.waiting[0]), "Waits to be graded by hand."
        return "", "No cell says why points were lost; see the feedback page."

    @property
    def first_finding(self):
        """The first thing to look at, in words."""
        where, what = self.first
        return f"{where}: {what}" if where else what

    @property
    def remarks(self):
        """What an instructor should know beside the findings, in words; "" for nothing."""
        return " ".join(filter(None, [self.note, *self.mends]))

    @property
    def all_right(self):
        """Whether every point was earned."""
        return self.points is not None and self.points >= self.possible

    @property
    def misconceptions(self):
        """The ids of the mistakes found, in the order of the notebook, each once."""
        return tuple(dict.fromkeys(name for cell in self.findings for name in cell.misconceptions))


def read_results(course, assignment, students=(), graded_now=None):
    """Return the Result of each student who handed in, and of those on the class list only.

    students : whose; everybody's where none is given. graded_now : student -> the Graded of a run
    that has just recorded it, whose notebooks need not be read again.
    Raises CourseError where the gradebook knows no grade of the assignment.
    """
    submissions = read_submissions(course, assignment, students)
    if not course.has_gradebook():
        raise nothing_known(course, assignment, submissions)
    failures = read_failures(course, assignment)
    label = labels_of(course, assignment)
    with course.gradebook() as book:
        try:
            recorded = book.find_assignment(assignment)
        except MissingEntry as error:
            raise nothing_known(course, assignment, submissions) from error
        graded = read_student_points(book.db, recorded, course, label)
        if not (graded.keys() & submissions.keys()) and not failures:
            raise nothing_known(course, assignment, submissions)
        possible = recorded.max_score
        absent = {name for (name,) in book.db.query(Student.id)} - submissions.keys()
    results = [
        _result(
            course,
            assignment,
            possible,
            submission,
            graded.get(student),
            failures,
            (graded_now or {}).get(student),
            label,
        )
        for student, submission in submissions.items()
    ]
    if not students:
        results += [_absent(name, possible, graded.get(name)) for name in absent]
    return sorted(results, key=lambda result: result.student)


def _result(course, assignment, possible, submission, graded, failures, graded_now, label):
    """Return the Result of one student; graded is its StudentPoints, or None."""
    student = submission.student
    if student in failures or graded is None:
        cause = failures.get(student) or "Not graded yet."
        return Result(student, None, possible, cause=cause, note=submission.note)
    findings, mends = [], []
    if graded_now and not submission.cause:
        findings = graded_now.found
        mends = [plain(said) for said in (*graded_now.mends, *graded_now.trouble)]
    elif not submission.cause:
        findings, mends = _read_notebooks(course.folder("autograded", assignment, student))
    findings = [replace(one, cell=label(one.notebook, one.cell)) for one in findings]
    ignored = [found.cell for found in findings if found.ignored]
    doubt = f"Passed over what {', '.join(ignored)} showed as a score and was none."
    pages = course.folder("feedback", assignment, student).glob("*.html")
    return Result(
        student,
        graded.points,
        possible,
        graded.cells,
        tuple(findings),
        timedelta(seconds=graded.late),
        submission.cause,
        " ".join(filter(None, [submission.note, doubt if ignored else ""])),
        tuple(dict.fromkeys(one for one in mends if one not in submission.note)),
        tuple(sorted(pages)),
        waiting=graded.waiting,
        by_hand=graded.by_hand,
        blank=graded.blank,
    )


def _absent(student, possible, graded):
    """Return the Result of one who has nothing in submitted/; graded as in `_result`."""
    cause = "Handed in nothing."
    if graded:
        cause = (
            "What was handed in is not there any more; the gradebook still holds "
            f"{graded.points:g} points for it."
        )
    return Result(student, None, possible, cause=cause, handed_in=False)


def _read_notebooks(folder):
    """Return (findings, mends) of the autograded notebooks in a folder."""
    findings, mends = [], []
    for path in sorted(folder.glob("*.ipynb")):
        # nbformat.read would also validate what was written here, which takes the longest
        notebook = nbformat.v4.reads(path.read_text(encoding="utf-8"))
        findings += read_cells(notebook, path.stem)
        mends += map(plain, notes_of(notebook))
    return findings, mends


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
        part = path.with_suffix(".part")
        part.write_text(text + "\n", encoding="utf-8")
        part.replace(path)
    else:
        path.unlink(missing_ok=True)
