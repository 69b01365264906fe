"""Whether each demo is open to all: axe-core's rules of WCAG 2.2, and what no rule sees.

Each demo is there twice: of functions that are right, and of one that is not.
"""

import io

import numpy as np
import pytest
from PIL import Image

from tests.browser.axe import needs_axe, violations
from tests.browser.demos import DRIVEN, SETUP
from tests.browser.pages import THEMES, move_demo, name_demos, script, set_theme

pytestmark = pytest.mark.browser

VIEWPORT = {"width": 1280, "height": 1000}


@pytest.fixture(scope="module")
def lab(serve):
    return serve([SETUP, *(one.right for one in DRIVEN), *(one.wrong for one in DRIVEN)])


@pytest.fixture(scope="module")
def page(open_demo, lab):
    """All demos in one notebook, right ones first, each under an id of its own."""
    page = open_demo(lab, VIEWPORT["height"])
    name_demos(page, ["right", "wrong"])
    return page


@needs_axe
@pytest.mark.parametrize(("kind", "keys"), [("right", "keys"), ("wrong", "far")])
@pytest.mark.parametrize("driven", DRIVEN, ids=lambda driven: driven.name)
@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_no_violation_in_a_demo(page, theme, driven, kind, keys):
    set_theme(page, theme)
    demo, (there, back) = f"#{kind}-{driven.root}", getattr(driven, keys)
    move_demo(page, demo, driven, there)
    found = violations(page, demo)
    move_demo(page, demo, driven, back)
    assert found["passed"] > 5
    assert found["violations"] == []


@needs_axe
def test_axe_finds_a_violation_that_is_planted(page):
    demo = f"#right-{DRIVEN[0].root}"
    page.evaluate(
        "demo => { const node = document.createElement('button');"
        " node.className = 'planted'; document.querySelector(demo).append(node); }",
        demo,
    )
    found = violations(page, demo)
    page.evaluate("() => document.querySelector('.planted').remove()")
    assert "button-name" in [one["rule"] for one in found["violations"]]


FOCUSABLE = ":is(button, select, input, [tabindex='0'])"


@pytest.mark.parametrize("driven", DRIVEN, ids=lambda driven: driven.name)
@pytest.mark.parametrize("theme", THEMES)
def test_the_focus_is_seen_on_every_control(page, theme, driven):
    set_theme(page, theme)
    # what opens beside a place that has the focus does not count as its frame
    page.add_style_tag(content=".demo .tip { visibility: hidden; }")
    controls = page.locator(f"#wrong-{driven.root} {FOCUSABLE}")
    assert controls.count() > 1
    for control in controls.all():
        control.scroll_into_view_if_needed()
        control.press("Shift")  # a key, since a frame is drawn for those who use keys
        # JupyterLab may take a cell out of the page for a moment while it scrolls
        control.wait_for(state="visible")
        box = control.bounding_box()
        focused = picture_around(page, box)
        control.evaluate("node => node.blur()")
        changed = contrast(focused, picture_around(page, box)) >= 3
        assert changed.sum() > 100, control.evaluate("node => node.outerHTML.slice(0, 200)")


def picture_around(page, box, margin=6):
    clip = {
        "x": max(0, box["x"] - margin),
        "y": max(0, box["y"] - margin),
        "width": box["width"] + 2 * margin,
        "height": box["height"] + 2 * margin,
    }
    shot = page.screenshot(clip=clip, animations="disabled")
    return np.asarray(Image.open(io.BytesIO(shot)).convert("RGB")) / 255


def contrast(one, other):
    """Return the contrast of each pixel of one picture with the other's, by WCAG 2.2."""

    def light(colors):
        linear = np.where(colors <= 0.04045, colors / 12.92, ((colors + 0.055) / 1.055) ** 2.4)
        return linear @ [0.2126, 0.7152, 0.0722]

    a, b = light(one), light(other)
    return (np.maximum(a, b) + 0.05) / (np.minimum(a, b) + 0.05)


@pytest.mark.parametrize("kind", ["right", "wrong"])
@pytest.mark.parametrize("driven", DRIVEN, ids=lambda driven: driven.name)
def test_nothing_is_lost_at_twice_the_size(page, driven, kind):
    demo = f"#{kind}-{driven.root}"
    # 1280 pixels at 200 %, beside the list of files
    page.set_viewport_size({"width": 640, "height": 1000})
    move_demo(page, demo, driven, driven.keys[0])
    page.wait_for_function(
        "demo => { const box = document.querySelector(`${demo} .picture`).clientWidth;"
        " return box > 0 && box < 400; }",
        arg=demo,
    )
    lost = page.evaluate(script("fits.js"), demo)
    move_demo(page, demo, driven, driven.keys[1])
    page.set_viewport_size(VIEWPORT)
    assert lost == []


@pytest.mark.parametrize("driven", DRIVEN, ids=lambda driven: driven.name)
def test_nothing_moves_by_itself_where_movement_is_not_welcome(page, driven):
    demo = f"#right-{driven.root}"
    page.emulate_media(reduced_motion="reduce")
    move_demo(page, demo, driven, driven.keys[0])
    moving = page.eval_on_selector(demo, "node => node.getAnimations({ subtree: true }).length")
    move_demo(page, demo, driven, driven.keys[1])
    page.emulate_media(reduced_motion="no-preference")
    assert moving == 0


def test_all_demos_work_in_notebook_7_too(open_classic, lab):
    page = open_classic(lab)
    name_demos(page, ["right", "wrong"])
    for driven in DRIVEN:
        move_demo(page, f"#right-{driven.root}", driven, driven.keys[0])
