"""The stepped network under keyboard and mouse, in a real JupyterLab."""

import pytest

from tests.browser.network_view.network_page import (
    PICTURE,
    SCRUBBER,
    wait_for_step,
)
from tests.browser.pages import key_to_picture

pytestmark = pytest.mark.browser


def python(page, code):
    """Return what an expression is in the kernel, as text; the code runs first."""
    return page.evaluate(
        """async (code) => {
          const { kernel } = window.jupyterapp.shell.currentWidget.sessionContext.session;
          const [before, value] = code;
          const reply = await kernel.requestExecute(
            { code: before, user_expressions: { value } }).done;
          return reply.content.user_expressions.value.data['text/plain'];
        }""",
        list(code),
    )


def test_arrow_keys_home_and_end_step_through(page):
    scrubber = page.locator(f"#right {SCRUBBER}")
    scrubber.focus()
    said = [scrubber.get_attribute("aria-valuetext")]
    pictures = [page.locator(f"#right {PICTURE}").inner_html()]
    for step in range(1, 6):
        page.keyboard.press("ArrowRight")
        wait_for_step(page, "right", step)
        said.append(scrubber.get_attribute("aria-valuetext"))
        pictures.append(page.locator(f"#right {PICTURE}").inner_html())
    assert len(set(said)) == len(set(pictures)) == 6
    assert said[1].startswith("step 2 of 6: forward, layer 1; a1 = ")
    assert said[4].startswith("step 5 of 6: backward, layer 1; delta1 = ")
    page.keyboard.press("Home")
    wait_for_step(page, "right", 0)
    page.keyboard.press("End")
    wait_for_step(page, "right", 5)
    page.keyboard.press("ArrowLeft")
    wait_for_step(page, "right", 4)
    assert page.evaluate("document.activeElement.type") == "range"


def test_the_kernel_and_the_picture_hold_one_step(page):
    page.locator(f"#right {SCRUBBER}").press("ArrowRight")
    wait_for_step(page, "right", 1)
    assert python(page, ("", "view_backward.step")) == "1"
    python(page, ("view_backward.step = 3", "0"))
    wait_for_step(page, "right", 3)
    assert page.locator(f"#right {SCRUBBER}").input_value() == "3"


def test_buttons_step_and_stop_at_the_ends(page):
    back, forth = (page.locator(f"#right button:has-text('{name}')") for name in ("Back", "Next"))
    assert back.get_attribute("aria-disabled") == "true"
    forth.focus()
    for step in range(1, 6):
        page.keyboard.press("Enter")
        wait_for_step(page, "right", step)
    page.keyboard.press("Enter")
    assert forth.get_attribute("aria-disabled") == "true"
    back.click()
    wait_for_step(page, "right", 4)
    page.locator("#right .stations > span").nth(2).click()
    wait_for_step(page, "right", 2)


@pytest.mark.parametrize("demo", ["right", "wrong", "missing"])
def test_nothing_jumps_from_step_to_step(page, demo):
    page.locator(f"#{demo} {SCRUBBER}").focus()
    places = set()
    for step in range(6):
        wait_for_step(page, demo, step)
        places.add(
            page.evaluate(
                "(demo) => { const box = document.getElementById(demo).getBoundingClientRect();"
                " return `${box.top} ${box.height}`; }",
                demo,
            )
        )
        page.keyboard.press("ArrowRight")
    assert len(places) == 1


def test_a_right_network_bears_no_mark(page):
    for _ in range(5):
        page.locator(f"#right {SCRUBBER}").press("ArrowRight")
        assert page.locator("#right :is(.cell, .mark):is(.wrong, .follows)").count() == 0
        visible = "nodes => nodes.filter((node) => node.style.display !== 'none').length"
        assert page.eval_on_selector_all("#right :is(.hatched, .dotted)", visible) == 0
    assert not page.locator("#right .legend-marks").is_visible()


def test_a_wrong_backward_is_hatched_and_tells_both_numbers_on_focus(page):
    page.locator(f"#wrong {SCRUBBER}").press("End")
    page.locator(f"#wrong {SCRUBBER}").press("ArrowLeft")
    wait_for_step(page, "wrong", 4)
    visible = "nodes => nodes.filter((node) => node.style.display !== 'none').length"
    assert page.eval_on_selector_all("#wrong .unit .hatched", visible) == 3
    assert page.locator("#wrong .label .mark.follows").count() == 6
    page.locator(f"#wrong {SCRUBBER}").focus()
    page.keyboard.press("Tab")
    focused = page.locator("#wrong .place:focus")
    said = focused.get_attribute("aria-label")
    assert "delta1[0]: yours " in said
    assert ", true " in said
    assert "the difference begins here" in said
    tip = page.locator("#wrong .tip.shown")
    assert "delta1[0]: yours " in tip.text_content()
    page.keyboard.press("End")
    assert "follows from delta1" in page.locator("#wrong .place:focus").get_attribute("aria-label")
    page.keyboard.press("Home")
    assert page.locator("#wrong .place:focus").get_attribute("aria-label").startswith("x[0] = ")
    page.keyboard.press("Escape")
    assert not page.locator("#wrong .tip.shown").count()
    assert "From" not in page.locator("#wrong .sentence.now").text_content()
    assert "new W1 and new b1 follow from it" in page.locator("#wrong .sentence.now").text_content()


def test_hovering_tells_both_numbers_too(page):
    page.locator(f"#wrong {SCRUBBER}").press("End")
    wait_for_step(page, "wrong", 5)
    page.locator("#wrong .label").first.hover()
    said = page.locator("#wrong .tip.shown").text_content()
    assert said.startswith("new W1[0, 0]: yours ")
    assert ", before " in said
    page.mouse.move(2, 2)
    assert not page.locator("#wrong .tip.shown").count()


def test_a_missing_backward_leaves_the_rest(page):
    page.locator(f"#missing {SCRUBBER}").press("ArrowRight")
    wait_for_step(page, "missing", 1)
    assert "0." in page.locator("#missing .unit .value").nth(2).text_content()
    for _ in range(2):
        page.locator(f"#missing {SCRUBBER}").press("ArrowRight")
    wait_for_step(page, "missing", 3)
    assert page.locator("#missing .unit .delta").nth(5).text_content() == "?"
    said = page.locator("#missing .sentence.now").text_content()
    assert said.startswith("Your not_written is not written yet")


def test_from_key_to_picture_takes_less_than_80_milliseconds(page, record_property):
    page.locator(f"#right {SCRUBBER}").focus()
    median, _ = key_to_picture(page, f"#right {PICTURE}", "aria-label")
    record_property("key_to_picture_ms", round(median, 1))
    # twice the bar, since other work may share the machine
    assert median < 160
