"""Points added to the decision boundary by mouse and keyboard, in a real JupyterLab."""

import pytest

from tests.browser.decision_boundary.boundary_page import (
    RIGHT,
    demo,
    sentence,
    wait_for_points,
    wait_for_sentence,
)

pytestmark = pytest.mark.browser


def test_a_click_adds_a_point_of_the_chosen_class_where_it_is(page):
    demo(page).locator("select").select_option("1")
    plane = demo(page).locator(".plane")
    box = plane.bounding_box()
    plane.click(position={"x": box["width"] * 0.25, "y": box["height"] * 0.1})
    wait_for_points(page, 101)
    last = demo(page).locator(".dot").last
    assert last.get_attribute("class") == "dot class-1"
    dot = last.bounding_box()
    assert dot["x"] + dot["width"] / 2 == pytest.approx(box["x"] + box["width"] * 0.25, abs=2)
    assert dot["y"] + dot["height"] / 2 == pytest.approx(box["y"] + box["height"] * 0.1, abs=2)
    wait_for_sentence(page, RIGHT, "of 101 points right")
    demo(page).locator(".undo").click()
    wait_for_points(page, 100)
    assert demo(page).locator(".undo").get_attribute("aria-disabled") == "true"


def test_a_cursor_adds_points_by_keyboard_and_says_where_it_is(page):
    demo(page).locator(".reset").focus()
    # from the last of the picture's controls before it, so that the focus is a keyboard's
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    plane = demo(page).locator(".plane")
    assert plane.evaluate("node => node === document.activeElement")
    assert plane.evaluate("node => getComputedStyle(node).outlineStyle") == "solid"
    cursor = demo(page).locator(".cursor")
    assert cursor.evaluate("node => getComputedStyle(node).display") != "none"
    cells = page.locator(".jp-Notebook .jp-Cell").count()
    for key in ["ArrowRight"] * 3 + ["Shift+ArrowUp", "ArrowLeft", "1"]:
        page.keyboard.press(key)
    place = cursor.bounding_box()
    page.keyboard.press("ArrowDown")
    page.wait_for_function(
        "() => /across, .* up: region of class \\d, p = /.test(document.querySelector("
        "'.decision-boundary [aria-live=polite]').textContent)"
    )
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    wait_for_points(page, 101)
    last = demo(page).locator(".dot").last
    assert last.get_attribute("class") == "dot class-1"
    dot = last.bounding_box()
    middle = place["x"] + place["width"] / 2
    assert dot["x"] + dot["width"] / 2 == pytest.approx(middle, abs=2)
    for key in ("x", "b", "d", "d"):
        page.keyboard.press(key)
    assert page.locator(".jp-Notebook .jp-Cell").count() == cells
    page.keyboard.press("Backspace")
    wait_for_points(page, 100)
    assert plane.evaluate("node => node === document.activeElement")


def test_reset_restores_points_and_parameters(page):
    start, line = sentence(page), demo(page).locator("path.boundary").get_attribute("d")
    demo(page).locator(".step").click()
    wait_for_sentence(page, RIGHT, "Step 1: ")
    demo(page).locator(".plane").click(position={"x": 30, "y": 30})
    wait_for_points(page, 101)
    demo(page).locator(".reset").click()
    wait_for_points(page, 100)
    wait_for_sentence(page, RIGHT, "Step 0: ")
    assert sentence(page) == start
    assert demo(page).locator("path.boundary").get_attribute("d") == line


def test_the_console_stays_quiet(page):
    assert page.errors == []
