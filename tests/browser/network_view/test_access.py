"""The stepped network for all: focus, words, themes, movement, sizes."""

import pytest

from tests.browser.network_view.network_page import SCRUBBER, wait_for_step
from tests.browser.pages import THEMES, faint_texts, set_theme

pytestmark = pytest.mark.browser


def test_every_control_is_reached_by_tab_and_shows_its_focus(page):
    page.locator(f"#right {SCRUBBER}").press("ArrowRight")
    page.locator("#right button").first.focus()
    reached = []
    for _ in range(5):
        reached.append(
            page.evaluate(
                "() => { const e = document.activeElement;"
                " return e.getAttribute('aria-label') || e.textContent; }"
            )
        )
        shown = "const s = getComputedStyle(e.querySelector('.focus') ?? e)"
        assert page.evaluate(
            f"() => {{ const e = document.activeElement; {shown};"
            " return s.outlineStyle === 'solid' || s.display === 'inline'; }"
        ), reached
        page.keyboard.press("Tab")
    assert reached[:3] == ["◀ Back", "Next ▶", "Step"]
    assert reached[3].startswith("x[0] = ")
    assert reached[4] == "The formula with its numbers"


def test_letters_typed_on_a_control_do_not_reach_the_notebook(page):
    cells = page.locator(".jp-Notebook .jp-Cell").count()
    page.locator("#right button").last.focus()
    for key in ("x", "b", "d", "d"):
        page.keyboard.press(key)
    assert page.locator(".jp-Notebook .jp-Cell").count() == cells


def test_the_sentence_is_announced_once_the_hand_rests(page):
    page.locator(f"#right {SCRUBBER}").press("End")
    page.wait_for_function(
        "() => document.querySelector('#right [aria-live=polite]').textContent"
        " === document.querySelector('#right .sentence.now').textContent"
    )


@pytest.mark.parametrize("theme", THEMES[::-1])
def test_text_stands_out_in_both_themes(page, theme):
    set_theme(page, theme)
    page.locator(f"#wrong {SCRUBBER}").press("End")
    assert faint_texts(page, "#wrong", at_least=100) == []


def test_movement_is_left_out_where_it_is_not_welcome(page):
    page.locator(f"#right {SCRUBBER}").press("ArrowRight")
    wait_for_step(page, "right", 1)
    name = "getComputedStyle(document.querySelector('#right .pulse.forward')).animationName"
    assert page.evaluate(name) == "network-view-flow"
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(name) == "none"
    moving = "document.querySelector('#right').getAnimations({ subtree: true }).length"
    assert page.evaluate(moving) == 0
    page.emulate_media(reduced_motion="no-preference")


def test_nothing_is_lost_at_twice_the_size(page):
    page.set_viewport_size({"width": 640, "height": 450})
    page.wait_for_function("() => document.querySelector('#right .picture').clientWidth < 420")
    page.locator(f"#right {SCRUBBER}").press("ArrowRight")
    panel = "#right .panel"
    assert page.eval_on_selector(panel, "panel => panel.scrollWidth <= panel.clientWidth")
    sizes = page.eval_on_selector_all(
        f"{panel} :is(button, input, .picture > svg, .unit, .formula.now .cell)",
        "nodes => nodes.map((node) => node.getBoundingClientRect().width)",
    )
    assert len(sizes) > 20
    assert all(width > 0 for width in sizes)
    # what has no room in the picture, the numbers of the edges, is in the formula
    assert page.locator("#right .formula.now .matrix[aria-label^='W1: ']").is_visible()
    page.set_viewport_size({"width": 1280, "height": 900})
