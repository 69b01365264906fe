"""What of the decision boundary is announced, legible and still, in a real JupyterLab."""

import pytest

from tests.browser.decision_boundary.boundary_page import (
    HEIGHT,
    demo,
    run_cell,
    steps,
    wait_for_step,
)
from tests.browser.pages import THEMES, faint_texts, set_theme

pytestmark = pytest.mark.browser


def test_the_sentence_is_announced_when_the_training_rests(page):
    demo(page).locator(".play").click()
    wait_for_step(page, 60)
    demo(page).locator(".play").click()
    page.wait_for_function(
        "() => { const demo = document.querySelector('.decision-boundary');"
        " return demo.querySelector('[aria-live=polite]').textContent"
        " === demo.querySelector('.sentence').textContent; }"
    )


def test_what_is_announced_while_it_plays_does_not_flood_the_reader(page):
    page.evaluate(
        "() => { window.said = 0; new MutationObserver(() => { window.said += 1; }).observe("
        "document.querySelector('.decision-boundary [aria-live=polite]'), { childList: true }); }"
    )
    page.wait_for_timeout(700)
    page.evaluate("window.said = 0")
    demo(page).locator(".play").click()
    page.wait_for_timeout(3000)
    assert steps(page) > 30
    assert page.evaluate("window.said") <= 1
    demo(page).locator(".play").click()


@pytest.mark.parametrize("theme", THEMES[::-1])
def test_text_stands_out_in_both_themes(page, theme):
    set_theme(page, theme)
    assert faint_texts(page, ".decision-boundary", at_least=60) == []


def test_nothing_is_lost_at_twice_the_size(page):
    page.set_viewport_size({"width": 640, "height": HEIGHT})
    page.wait_for_function(
        "() => document.querySelector('.decision-boundary .picture').clientWidth < 400"
    )
    fits = "panel => panel.scrollWidth <= panel.clientWidth"
    assert page.eval_on_selector(".decision-boundary .panel", fits)
    # the colours lie where the axes say
    apart = page.evaluate(
        "() => { const box = (part) => document.querySelector(`.decision-boundary ${part}`)"
        ".getBoundingClientRect(); const [a, b] = [box('canvas'), box('.picture path.axis')];"
        " return [a.left - b.left, a.right - b.right, a.top - b.top, a.bottom - b.bottom]; }"
    )
    assert apart == pytest.approx([0, 0, 0, 0], abs=1.5)
    page.set_viewport_size({"width": 1280, "height": HEIGHT})


def test_where_motion_is_unwanted_nothing_plays_by_itself(page):
    page.emulate_media(reduced_motion="reduce")
    run_cell(page, "AUTO = True")
    run_cell(page, "demo = DecisionBoundary(")
    page.wait_for_timeout(1500)
    assert demo(page).locator(".play").text_content() == "Play"
    assert steps(page) <= 5
    # asked for, it plays
    demo(page).locator(".play").click()
    wait_for_step(page, 20)
    demo(page).locator(".play").click()
    page.emulate_media(reduced_motion="no-preference")


def test_the_console_stays_quiet(page):
    assert page.errors == []
