"""A feedback page as a reader without a network sees it."""

import pytest

from ..conftest import ASSIGNMENT

pytestmark = [pytest.mark.nbgrader, pytest.mark.slow]


@pytest.fixture
def page(chromium):
    context = chromium.new_context(offline=True)
    yield context.new_page()
    context.close()


def test_formulas_are_drawn_and_nothing_is_asked_for(graded_class, page):
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    student = graded_class.student("matrix_form")
    path = graded_class.root / "feedback" / student / ASSIGNMENT / "two_layer.html"
    page.goto(path.as_uri())
    heights = page.eval_on_selector_all(
        "math", "all => all.map(formula => formula.getBoundingClientRect().height)"
    )
    drawn = [height for height in heights if height > 5]
    # those in a closed <details> are not drawn until it is opened
    assert len(drawn) > 50
    assert page.locator("mfrac").first.bounding_box()["height"] > 20
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert said == []


def test_the_report_leads_to_a_feedback_page_by_keyboard(graded_class, page):
    from autograder.__main__ import main

    assert main(["report", ASSIGNMENT, "--course-root", str(graded_class.root)]) == 0
    page.goto((graded_class.root / "report" / f"{ASSIGNMENT}.html").as_uri())
    for _ in range(60):
        page.keyboard.press("Tab")
        link = page.evaluate("document.activeElement.getAttribute('href')") or ""
        if link.startswith("../feedback"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/feedback/**")
    assert "points" in page.locator(".total").inner_text()
