"""Softmax, deltas by depth and the chain rule under a keyboard, in a real JupyterLab."""

import pytest

from tests.browser.pages import THEMES, faint_texts, set_theme

pytestmark = pytest.mark.browser

CELLS = [
    """
import numpy as np
from course import ChainGraph, DeltasByDepth, SoftmaxView


def softmax(z):
    print("a student's print")
    return np.exp(z) / np.exp(z).sum()


def half_of_it(x):
    return 1 / (1 + np.exp(-x))


def flat(X, Y, weights, biases, g, g_prime):
    return np.ones(len(weights))
""",
    "SoftmaxView([2.0, -1.0, 0.5], label=1, softmax=softmax, gradient=lambda z, y: softmax(z))",
    "DeltasByDepth(flat)",
    "ChainGraph(derivative=half_of_it)",
]
DEMOS = {
    "softmax-view": "Logit of class 0",
    "deltas-by-depth": "Layers",
    "chain-graph": "Input x",
}


@pytest.fixture(scope="module")
def page(open_demo, serve):
    page = open_demo(serve(CELLS), height=2400)
    for demo in DEMOS:
        page.wait_for_selector(f".{demo} .picture svg[aria-label]")
    return page


def alternative(page, demo):
    return page.locator(f".{demo} .picture svg").get_attribute("aria-label")


def wait_for_another_picture(page, demo, before):
    page.wait_for_function(
        "([demo, before]) => before !=="
        " document.querySelector(`.${demo} .picture svg`).getAttribute('aria-label')",
        arg=[demo, before],
    )


@pytest.mark.parametrize("demo", DEMOS)
def test_an_arrow_key_on_a_slider_moves_the_picture(page, demo):
    slider = page.locator(f".{demo} input[aria-label='{DEMOS[demo]}']")
    before, said = alternative(page, demo), slider.get_attribute("aria-valuetext")
    slider.focus()
    page.keyboard.press("ArrowRight")
    wait_for_another_picture(page, demo, before)
    assert page.evaluate("document.activeElement.type") == "range"
    page.wait_for_function(
        "([demo, said]) => said !== document.activeElement.getAttribute('aria-valuetext')",
        arg=[demo, said],
    )
    page.keyboard.press("ArrowLeft")
    page.wait_for_function(
        "([demo, before]) => before ==="
        " document.querySelector(`.${demo} .picture svg`).getAttribute('aria-label')",
        arg=[demo, before],
    )


@pytest.mark.parametrize(
    ("demo", "said"),
    [
        ("softmax-view", "`z[0] = ${value}, p[0] = `"),
        ("chain-graph", "`x = ${value}, f = `"),
    ],
)
def test_a_held_key_ends_on_the_picture_of_its_last_position(page, demo, said):
    page.locator(f".{demo} input[aria-label='{DEMOS[demo]}']").focus()
    for key in ["ArrowRight"] * 20 + ["ArrowLeft"] * 20 + ["ArrowRight"] * 7:
        page.keyboard.press(key)
    page.wait_for_function(
        "() => { const input = document.activeElement;"
        " const value = Number(Number(input.value).toPrecision(3));"
        f" return input.getAttribute('aria-valuetext').startsWith({said}); }}"
    )
    for _ in range(7):
        page.keyboard.press("ArrowLeft")


@pytest.mark.parametrize(
    ("demo", "control", "key"),
    [
        ("softmax-view", "select >> nth=0", "ArrowDown"),
        ("softmax-view", "select >> nth=1", "ArrowDown"),
        ("softmax-view", "button.primary", "Enter"),
        ("softmax-view", "button:not(.primary)", "Enter"),
        ("deltas-by-depth", "select", "ArrowDown"),
        ("deltas-by-depth", "button >> nth=1", "Enter"),
    ],
)
def test_pickers_and_buttons_move_the_picture(page, demo, control, key):
    before = alternative(page, demo)
    page.locator(f".{demo}").locator(control).focus()
    page.keyboard.press(key)
    wait_for_another_picture(page, demo, before)


def test_a_path_is_traced_in_the_graph(page):
    button = page.locator(".chain-graph tbody button").nth(1)
    button.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".chain-graph .edge.traced")
    assert page.locator(".chain-graph .edge.traced").count() == 2
    assert button.get_attribute("aria-pressed") == "true"
    page.keyboard.press("Enter")
    page.wait_for_selector(".chain-graph .edge.traced", state="detached")


@pytest.mark.parametrize("demo", ["softmax-view", "deltas-by-depth"])
def test_what_is_wrong_is_hatched_and_says_both_numbers_on_focus(page, demo):
    hatched = page.locator(f".{demo} .place .hatched:visible")
    assert hatched.count() > 0
    first = page.locator(f".{demo} .place[tabindex='0']")
    assert first.count() == 1
    first.focus()
    tip = page.locator(f".{demo} .tip.shown.off")
    assert "yours" in tip.text_content()
    assert "true" in tip.text_content()
    said = first.get_attribute("aria-label")
    page.keyboard.press("ArrowRight")
    focused = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert focused != said
    page.keyboard.press("Escape")
    assert page.locator(f".{demo} .tip.shown").count() == 0
    page.keyboard.press("Home")


@pytest.mark.parametrize("demo", DEMOS)
def test_the_picture_itself_is_no_tab_stop_beside_its_place(page, demo):
    page.locator(f".{demo} .place[tabindex='0']").focus()
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.tagName") != "svg"


def test_a_wrong_derivative_is_hatched_beside_the_true_one(page):
    assert page.locator(".chain-graph td.wrong").count() == 1
    sentence = page.locator(".chain-graph .sentence").text_content()
    assert "yours is the path x → f alone" in sentence


@pytest.mark.parametrize("demo", DEMOS)
def test_the_sentence_is_announced_once_the_hand_rests(page, demo):
    page.wait_for_function(
        "demo => document.querySelector(`.${demo} [aria-live=polite]`).textContent"
        " === document.querySelector(`.${demo} .sentence`).textContent",
        arg=demo,
    )


def test_prints_stay_out_of_the_notebook(page):
    assert "a student's print" not in "".join(page.locator(".jp-OutputArea").all_text_contents())


@pytest.mark.parametrize("theme", THEMES[::-1])
@pytest.mark.parametrize("demo", DEMOS)
def test_text_stands_out_in_both_themes(page, demo, theme):
    set_theme(page, theme)
    assert faint_texts(page, f".{demo}", at_least=10) == []


@pytest.mark.parametrize("demo", DEMOS)
def test_nothing_is_lost_at_twice_the_size(page, demo):
    page.set_viewport_size({"width": 640, "height": 2400})
    page.wait_for_function(
        "demo => document.querySelector(`.${demo} .picture`).clientWidth < 500", arg=demo
    )
    fits = "panel => panel.scrollWidth <= panel.clientWidth"
    assert page.eval_on_selector(f".{demo} .panel", fits)
    page.set_viewport_size({"width": 1280, "height": 2400})


def test_the_console_stays_quiet(page):
    assert page.errors == []
