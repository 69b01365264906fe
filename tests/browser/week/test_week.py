"""A unit's week, from release to returned grades, driven in JupyterLab with nbgrader's buttons.

Two servers: the instructor's, started in the course's folder, and a student's with a home and a
configuration of its own. They share nothing but the exchange.
"""

import contextlib
import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest

from autograder.planted import edited, reference_sources
from autograder.planted.two_layer import MISTAKES
from autograder.solutions.two_layer import stages
from course.mistakes import find_mistake
from tests.autograder.conftest import ASSIGNMENT, NOTEBOOK, ROOT
from tests.browser.conftest import running_lab, running_plain_lab

from .stations import Instructor, Student

pytestmark = [
    pytest.mark.browser,
    pytest.mark.nbgrader,
    pytest.mark.slow,
    pytest.mark.timeout(600),
]

MISTAKE = "missing-activation-derivative"
COMMENT = r"Nearly: what becomes of $\sigma'(z_1)$? <b>Look</b> at unit 01."

# as root both are the same to the system: nbgrader then takes the student's name from here
STUDENTS_CONFIG = """\
c = get_config()
c.CourseDirectory.course_id = "backprop"
c.CourseDirectory.student_id = "ana"
c.Exchange.root = {exchange!r}
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """The folder of a course with one unit, of which nothing has been released yet."""
    root = tmp_path_factory.mktemp("week") / "course"
    shutil.copytree(ROOT / "source" / ASSIGNMENT, root / "source" / ASSIGNMENT)
    shutil.copy(ROOT / "nbgrader_config.py", root)
    return root


@pytest.fixture(scope="module")
def people(course, chromium, tmp_path_factory):
    """The Instructor and the Student."""
    instructor, student = (tmp_path_factory.mktemp(name) for name in ("instructor", "student"))
    for folder in ("config", "files"):
        (student / folder).mkdir()
    (student / "config" / "nbgrader_config.py").write_text(
        STUDENTS_CONFIG.format(exchange=str(course / "exchange"))
    )
    files = student / "files"
    with contextlib.ExitStack() as running, ThreadPoolExecutor(2) as pool:
        labs = pool.map(
            running.enter_context,
            [running_plain_lab(course, instructor), running_lab(files, student, cwd=files)],
        )
        yield tuple(
            person(chromium, lab) for person, lab in zip((Instructor, Student), labs, strict=True)
        )


def test_a_week(people):
    instructor, student = people
    formgrader = instructor.formgrader

    instructor.open("Formgrader")
    assert "Successfully created" in instructor.press("assign", "01-generated")
    said = instructor.press("release", "02-released")
    assert "Successfully released" in said
    assert "[WARNING]" not in said and "[ERROR]" not in said

    student.open("Assignment List")
    student.shot("03-listed")
    student.press("Fetch")
    student.shot("04-fetched")
    student.open_notebook(ASSIGNMENT, "two_layer")
    student.shot("05-opened")
    student.write(answers())
    student.shot("06-written")
    # the check says more, in the notebook; here nbgrader names the one cell
    said = student.validate()
    assert "two_layer.backward" in said and "two_layer.loss" not in said
    student.show("Assignments")
    student.press("Submit")
    student.shot("08-submitted")

    assert "Collecting submission: ana" in instructor.press("collect", "09-collected")
    instructor.follow(formgrader.locator("td.num-submissions a"))
    said = instructor.press("autograde", "10-autograded")
    assert "Successfully autograded" in said and "SealedExecute" in said
    formgrader.get_by_text("28 / 30").wait_for()
    instructor.follow(formgrader.locator("td.student-name a"))
    instructor.follow(formgrader.get_by_role("link", name="two_layer", exact=True))
    instructor.wait_for_formgrader()
    findings = formgrader.locator("table.backprop-score").filter(has_text="db1")
    hint = find_mistake(MISTAKE).hint
    assert hint in findings.first.inner_text()
    formgrader.locator("#check_backward").scroll_into_view_if_needed()
    instructor.shot("11-findings")
    drawn = heights(formgrader)
    instructor.enter(formgrader.locator("#check_backward"), "9.5")
    instructor.enter(formgrader.locator("#backward-comment"), COMMENT)
    instructor.shot("12-overridden")

    instructor.follow(formgrader.get_by_role("link", name="Manual Grading"))
    instructor.follow(formgrader.get_by_role("link", name="Manage Assignments"))
    assert "Successfully generated" in instructor.press("generate-feedback", "13-generated")
    assert "Successfully released" in instructor.press("release-feedback", "14-released")

    student.press("Fetch Feedback")
    student.page.get_by_text("view feedback").click()
    page = student.page.get_by_text(f"{NOTEBOOK.removesuffix('.ipynb')}.html")
    student.shot("15-feedback-fetched")
    page.dblclick()
    feedback = student.page.frame_locator(".jp-HTMLViewer iframe")
    assert feedback.locator(".total").inner_text() == "29.5 of 30 points"
    comment = feedback.locator(".comment")
    comment.scroll_into_view_if_needed()
    student.shot("16-feedback-read")
    assert "Nearly: what becomes of" in comment.inner_text()
    assert comment.locator("math").count() == 1
    assert hint in feedback.locator("main").inner_text()
    assert "BEGIN HIDDEN TESTS" not in feedback.locator("main").inner_text()

    # formulas are drawn in both, and nothing came from elsewhere
    for shown in (drawn, heights(feedback)):
        assert len([height for height in shown if height > 5]) > 50
    for person in people:
        assert person.asked_elsewhere() == []
        assert person.refused == []


def answers():
    """Return grade id -> source: all right but for one mistake in the backward pass."""
    right = {"stages": f"stages = {stages!r}", **reference_sources("two_layer")}
    return edited(right, MISTAKES[MISTAKE])


def heights(frame):
    """Return the heights, in pixels, of the formulas that a page draws."""
    return frame.locator("math").evaluate_all(
        "all => all.map(formula => formula.getBoundingClientRect().height)"
    )
