"""The weight-update demo under a keyboard, in a real JupyterLab."""

import pytest

from tests.browser.pages import (
    THEMES,
    faint_texts,
    key_to_picture,
    script,
    set_theme,
    wait_for_change,
)

pytestmark = pytest.mark.browser

NETWORK = """
import numpy as np
from course.demos import WeightUpdate

x, y = np.array([0.5, -1.0]), np.array([0.0, 1.0])
rng = np.random.default_rng(5)
W1, b1, W2, b2 = (rng.normal(size=shape) for shape in [(3, 2), 3, (2, 3), 2])


def forward(x, W1, b1, W2, b2):
    z1 = W1 @ x + b1
    a1 = 1 / (1 + np.exp(-z1))
    z2 = W2 @ a1 + b2
    e = np.exp(z2 - z2.max())
    return z1, a1, z2, e / e.sum()


def loss(p, y):
    print("a student's print")
    return -np.log(p[y == 1][0])


def backward(x, y, W1, b1, W2, b2):
    z1, a1, z2, p = forward(x, W1, b1, W2, b2)
    delta2 = p - y
    delta1 = W2.T @ delta2 * a1 * (1 - a1)
    return np.outer(delta1, x), delta1, np.outer(delta2, a1), delta2
"""
DEMO = """
WeightUpdate(cost=lambda W1, b1, W2, b2: loss(forward(x, W1, b1, W2, b2)[-1], y),
             gradients=lambda *parameters: backward(x, y, *parameters),
             parameters={"W1": W1, "b1": b1, "W2": W2, "b2": b2}, rate=0.02,
             weight="W2[0, 1]")
"""
WEIGHT = ".weight-update input[aria-label='Value of the weight']"
RATE = ".weight-update input[aria-label='Learning rate']"
STEP = ".weight-update button.primary"
RESET = ".weight-update button:not(.primary)"
NOW = ".weight-update .mark-now"
PICTURE = ".weight-update .picture svg"
SENTENCE = ".weight-update .sentence"


@pytest.fixture(scope="module")
def lab(serve):
    return serve([NETWORK, DEMO])


@pytest.fixture(scope="module")
def opened(open_demo, lab):
    page = open_demo(lab)
    page.wait_for_selector(f"{NOW} circle")
    return page, page.locator(PICTURE).get_attribute("aria-label")


@pytest.fixture
def page(opened):
    page, start = opened
    page.locator(RESET).press("Enter")
    page.wait_for_function(
        "start => document.querySelector('.weight-update .picture svg').ariaLabel === start"
        " && !document.querySelector('.weight-update .trail').hasChildNodes()",
        arg=start,
    )
    return page


def test_arrow_keys_move_the_weight_and_the_picture(page):
    slider = page.locator(WEIGHT)
    point, said, alternative = (
        page.locator(NOW).get_attribute("transform"),
        slider.get_attribute("aria-valuetext"),
        page.locator(PICTURE).get_attribute("aria-label"),
    )
    slider.focus()
    slider.press("ArrowRight")
    wait_for_change(page, NOW, "transform", point)
    assert slider.get_attribute("aria-valuetext") != said
    assert slider.get_attribute("aria-valuetext").startswith("W2[0, 1] = ")
    assert page.locator(PICTURE).get_attribute("aria-label") != alternative
    assert page.evaluate("document.activeElement.type") == "range"


def test_the_rate_moves_the_new_point_and_leaves_the_present_one(page):
    new, now = ".weight-update .mark-true", page.locator(NOW).get_attribute("transform")
    before = page.locator(new).get_attribute("transform")
    page.locator(RATE).press("PageUp")
    wait_for_change(page, new, "transform", before)
    assert page.locator(NOW).get_attribute("transform") == now
    assert page.locator(RATE).get_attribute("aria-valuetext").startswith("rate 0.0")


def test_steps_leave_a_trail_and_reset_takes_it_away(page):
    trail = page.locator(".weight-update .trail circle")
    page.locator(STEP).focus()
    start = page.locator(NOW).get_attribute("transform")
    for steps in (1, 2, 3):
        page.keyboard.press("Enter")
        page.wait_for_function(
            "n => document.querySelectorAll('.weight-update .trail circle').length === n",
            arg=steps,
        )
    assert trail.count() == 3
    assert page.locator(NOW).get_attribute("transform") != start
    page.locator(RESET).press("Enter")
    trail.first.wait_for(state="detached")
    assert page.locator(NOW).get_attribute("transform") == start


def test_choosing_another_weight_draws_its_curve(page):
    curve = ".weight-update .cost-curve"
    before = page.locator(curve).get_attribute("d")
    page.locator(".weight-update select").select_option("W1[2, 0]")
    wait_for_change(page, curve, "d", before)
    assert "W1[2, 0]" in page.locator(PICTURE).get_attribute("aria-label")
    page.locator(".weight-update select").select_option("W2[0, 1]")
    page.wait_for_function(
        "d => document.querySelector('.weight-update .cost-curve').getAttribute('d') === d",
        arg=before,
    )


def test_every_control_is_reached_by_tab_and_shows_its_focus(page):
    page.locator(".weight-update select").focus()
    reached = []
    for _ in range(5):
        name = "const e = document.activeElement; return e.getAttribute('aria-label')"
        reached.append(page.evaluate(f"() => {{ {name} || e.textContent.slice(0, 13); }}"))
        outline = "getComputedStyle(document.activeElement).outlineStyle"
        assert page.evaluate(outline) == "solid"
        page.keyboard.press("Tab")
    assert reached[1:] == ["Value of the weight", "Learning rate", "Take the step", "Reset"]


def test_letters_typed_on_a_control_do_not_reach_the_notebook(page):
    cells = page.locator(".jp-Notebook .jp-Cell").count()
    page.locator(STEP).focus()
    for key in ("x", "b", "d", "d"):
        page.keyboard.press(key)
    assert page.locator(".jp-Notebook .jp-Cell").count() == cells


def test_the_sentence_is_announced_once_the_hand_rests(page):
    page.locator(RATE).press("PageUp")
    page.wait_for_function(
        "() => document.querySelector('.weight-update [aria-live=polite]').textContent"
        " === document.querySelector('.weight-update .sentence').textContent"
    )
    assert "tangent" in page.locator(SENTENCE).text_content()


def test_prints_stay_out_of_the_notebook(page):
    assert "a student's print" not in "".join(page.locator(".jp-OutputArea").all_text_contents())


def test_from_key_to_picture_takes_less_than_a_quarter_of_a_second(page, record_property):
    page.locator(WEIGHT).focus()
    median, _ = key_to_picture(page, NOW, "transform")
    record_property("key_to_picture_ms", round(median, 1))
    assert median < 250


def test_a_fast_drag_queues_no_stale_pictures(page):
    page.evaluate(script("fast_drag.js"))
    high = page.locator(WEIGHT).get_attribute("max")
    page.wait_for_function(
        "high => document.querySelector('.weight-update tbody td:last-child').textContent === high",
        arg=high,
    )
    assert 1 <= page.evaluate("window.drawn") <= 10


@pytest.mark.parametrize("theme", THEMES[::-1])
def test_text_stands_out_in_both_themes(page, theme):
    set_theme(page, theme)
    assert faint_texts(page, ".weight-update", at_least=20) == []


def test_nothing_is_lost_at_twice_the_size(page):
    page.set_viewport_size({"width": 640, "height": 450})
    page.wait_for_function(
        "() => document.querySelector('.weight-update .picture').clientWidth < 400"
    )
    panel = ".weight-update .panel"
    assert page.eval_on_selector(panel, "panel => panel.scrollWidth <= panel.clientWidth")
    sizes = page.eval_on_selector_all(
        f"{panel} :is(select, input, button, svg[role=img], tbody td)",
        "nodes => nodes.map((node) => [node.offsetWidth ?? node.clientWidth])",
    )
    assert all(width > 0 for (width,) in sizes)
    page.set_viewport_size({"width": 1280, "height": 900})
