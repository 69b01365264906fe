"""The path of descent under keyboard and mouse, in a real JupyterLab."""

import re

import pytest

from tests.browser.pages import THEMES, faint_texts, key_to_picture, set_theme, wait_for_change
from tests.browser.test_weight_update import NETWORK

pytestmark = pytest.mark.browser

DEMO = """
from course import DescentPath

parameters = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


def cost(W1, b1, W2, b2):
    return loss(forward(x, W1, b1, W2, b2)[-1], y)


def right(*parameters):
    return backward(x, y, *parameters)


DescentPath(cost, right, parameters, chosen=["W2[0, 1]", "b2[1]"])
"""
WRONG = """
def flat(*parameters):
    dW1, db1, dW2, db2 = right(*parameters)
    return dW1, db1, 5 * dW2, db2


DescentPath(cost, flat, parameters, chosen=["W2[0, 1]", "b2[1]"])
"""
RIGHT = "#right"
VALUES = f"{RIGHT} input[aria-label^='Value of the weight']"
RATE = f"{RIGHT} input[aria-label='Learning rate']"
RESET = f"{RIGHT} button >> nth=2"
NOW = f"{RIGHT} .mark-now"
PICTURE = f"{RIGHT} .picture svg"


@pytest.fixture(scope="module")
def lab(serve):
    return serve([NETWORK, DEMO, WRONG])


@pytest.fixture(scope="module")
def opened(open_demo, lab):
    page = open_demo(lab, height=1500)
    mark_demos(page)
    return page, page.locator(PICTURE).get_attribute("aria-label")


@pytest.fixture
def page(opened):
    page, start = opened
    page.locator(RESET).press("Enter")
    page.wait_for_function(
        "([picture, start]) => document.querySelector(picture).ariaLabel === start",
        arg=[PICTURE, start],
    )
    return page


def mark_demos(page):
    """Name the demos by their order, so that a test need not know the notebook's elements."""
    page.wait_for_function("document.querySelectorAll('.descent-path .mark-now circle').length > 1")
    page.evaluate(
        "() => document.querySelectorAll('.descent-path').forEach((node, n) =>"
        " { node.id = ['right', 'wrong'][n]; })"
    )


def place(page, selector=NOW):
    x, y = re.findall(r"[-\d.]+", page.locator(selector).get_attribute("transform"))
    return float(x), float(y)


def test_each_slider_moves_the_point_its_own_way_and_the_lines_stay(page):
    lines = page.locator(f"{RIGHT} .levels").inner_html()
    for n, name in enumerate(["W2[0, 1]", "b2[1]"]):
        before, at = page.locator(NOW).get_attribute("transform"), place(page)
        slider = page.locator(VALUES).nth(n)
        said = slider.get_attribute("aria-valuetext")
        slider.focus()
        page.keyboard.press("PageUp")
        wait_for_change(page, NOW, "transform", before)
        assert (place(page)[n] > at[n]) == (n == 0)
        assert place(page)[1 - n] == at[1 - n]
        assert slider.get_attribute("aria-valuetext") != said
        assert re.match(re.escape(name) + r" = .*, cost ", slider.get_attribute("aria-valuetext"))
    assert page.locator(f"{RIGHT} .levels").inner_html() == lines


def test_the_rate_moves_the_step_alone(page):
    step, now = f"{RIGHT} .mark-true", place(page)
    before = page.locator(step).get_attribute("transform")
    ray = page.locator(f"{RIGHT} .line.ray").last.get_attribute("d")
    page.locator(RATE).press("PageUp")
    wait_for_change(page, step, "transform", before)
    assert place(page) == now
    assert page.locator(f"{RIGHT} .line.ray").last.get_attribute("d") == ray


def test_one_and_ten_steps_leave_a_path_and_reset_takes_it_away(page):
    for name, points in (("Take the step", 1), ("Ten steps", 11)):
        page.locator(f"{RIGHT} button", has_text=name).focus()
        page.keyboard.press("Enter")
        page.wait_for_function(
            "n => document.querySelectorAll('#right .past circle').length === n", arg=points
        )
    assert "The path has come 11 steps" in page.locator(PICTURE).get_attribute("aria-label")
    page.locator(RESET).press("Enter")
    page.wait_for_function("!document.querySelector('#right .past').hasChildNodes()")


def test_a_click_puts_the_point_there(page):
    before = page.locator(NOW).get_attribute("transform")
    x, y = place(page)
    page.locator(PICTURE).click(position={"x": x + 60, "y": y - 40})
    wait_for_change(page, NOW, "transform", before)
    assert place(page) == pytest.approx((x + 60, y - 40), abs=1.5)


def test_a_rate_too_large_says_so_and_the_picture_widens_to_the_step(page):
    page.locator(RATE).press("End")
    page.wait_for_function(
        "() => /100/.test(document.querySelector('#right .sentence').textContent) ||"
        " document.querySelector('#right .line.step').getAttribute('d')"
    )
    page.wait_for_function(
        "() => { const shown = document.querySelector('#right .note:not([style*=none])');"
        " return shown?.textContent.startsWith('to (') ||"
        " document.querySelector('#right .picture svg').ariaLabel.includes('step ends'); }"
    )
    assert "The step ends at" in page.locator(PICTURE).get_attribute("aria-label")


def test_another_weight_draws_its_lines_and_leaves_out_the_one_chosen(page):
    said = page.locator(PICTURE).get_attribute("aria-label")
    up = page.locator(f"{RIGHT} select").nth(1)
    assert up.locator("option:disabled").all_text_contents() == ["W2[0, 1]"]
    up.select_option("W1[2, 0]")
    page.wait_for_function(
        "() => document.querySelector('#right .picture svg').ariaLabel.includes('W1[2, 0]')"
    )
    up.select_option("b2[1]")
    page.wait_for_function(
        "said => document.querySelector('#right .picture svg').ariaLabel === said", arg=said
    )


def test_a_right_arrow_has_a_corner_and_a_wrong_one_its_degrees(page):
    shown = "node => getComputedStyle(node).display !== 'none' && node.textContent"
    assert page.eval_on_selector(f"{RIGHT} .note", shown) is False
    said = page.eval_on_selector("#wrong .note", shown)
    sentence = page.locator("#wrong .sentence").text_content()
    assert sentence.startswith(f"The arrow meets the contour line at {said}, not at a right angle.")
    assert page.locator("#wrong .downhill .line, #wrong .line.downhill").first.is_visible()
    assert not page.locator(f"{RIGHT} .line.downhill").first.is_visible()


def test_the_arrow_looks_perpendicular_where_it_is(page):
    gap = page.evaluate(
        """() => {
          const numbers = (node) => node.getAttribute("d").match(/-?[\\d.]+/g).map(Number);
          const [x, y, ex, ey] = numbers(document.querySelector("#right .picture .line.ray"));
          const line = numbers(document.querySelector("#right .through:not(td *)"));
          let [best, way] = [Infinity, null];
          for (let i = 0; i + 3 < line.length; i += 2) {
            const [ax, ay, bx, by] = line.slice(i, i + 4);
            const far = Math.hypot((ax + bx) / 2 - x, (ay + by) / 2 - y);
            if (far < best) [best, way] = [far, [bx - ax, by - ay]];
          }
          const cosine = ((ex - x) * way[0] + (ey - y) * way[1])
            / Math.hypot(ex - x, ey - y) / Math.hypot(...way);
          return [best, 90 - Math.acos(Math.abs(cosine)) * 180 / Math.PI];
        }"""
    )
    assert gap[0] < 4
    assert gap[1] < 4


def test_every_control_is_reached_by_tab_and_shows_its_focus(page):
    page.locator(f"{RIGHT} select").first.focus()
    reached = []
    for _ in range(8):
        name = "const e = document.activeElement; return e.getAttribute('aria-label')"
        reached.append(page.evaluate(f"() => {{ {name} || e.textContent.slice(0, 13); }}"))
        outline = "getComputedStyle(document.activeElement).outlineStyle"
        assert page.evaluate(outline) == "solid"
        page.keyboard.press("Tab")
    assert reached[1::2] == [
        "Value of the weight across", "Value of the weight up", "Take the step", "Reset",
    ]  # fmt: skip
    assert reached[4] == "Learning rate"


def test_the_sentence_is_announced_once_the_hand_rests(page):
    page.locator(RATE).press("PageUp")
    page.wait_for_function(
        "() => document.querySelector('#right [aria-live=polite]').textContent"
        " === document.querySelector('#right .sentence').textContent"
    )
    assert "gradient promised" in page.locator(f"{RIGHT} .sentence").text_content()


def test_a_held_key_ends_on_the_picture_of_its_last_position(page):
    slider = page.locator(VALUES).first
    slider.focus()
    for key in ["ArrowRight"] * 40 + ["ArrowLeft"] * 20:
        page.keyboard.press(key)
    page.wait_for_function(
        "() => { const { value, ariaValueText } = document.activeElement;"
        " const shown = `${Number(Number(value).toPrecision(3))}`.replace('-', '−');"
        " return ariaValueText.startsWith(`W2[0, 1] = ${shown}, cost `); }"
    )


@pytest.mark.parametrize("control", ["weight", "rate"])
def test_from_key_to_picture_takes_less_than_a_quarter_of_a_second(page, control, record_property):
    slider = page.locator(VALUES).first if control == "weight" else page.locator(RATE)
    slider.focus()
    median, _ = key_to_picture(page, PICTURE, "aria-label")
    record_property(f"key_to_picture_{control}_ms", round(median, 1))
    assert median < 250


@pytest.mark.parametrize("theme", THEMES[::-1])
def test_text_stands_out_in_both_themes(page, theme):
    set_theme(page, theme)
    assert faint_texts(page, ".descent-path", at_least=40) == []


def test_nothing_is_lost_at_twice_the_size(page):
    page.set_viewport_size({"width": 640, "height": 900})
    page.wait_for_function("() => document.querySelector('#right .picture').clientWidth < 400")
    panel = f"{RIGHT} .panel"
    assert page.eval_on_selector(panel, "panel => panel.scrollWidth <= panel.clientWidth")
    page.set_viewport_size({"width": 1280, "height": 1500})


def test_prints_stay_out_of_the_notebook_and_the_console_is_quiet(page):
    assert "a student's print" not in "".join(page.locator(".jp-OutputArea").all_text_contents())
    assert page.errors == []
