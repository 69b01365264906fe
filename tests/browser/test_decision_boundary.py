"""The decision boundary under a keyboard and a mouse, in a real JupyterLab."""

import statistics
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest

from tests.browser.axe import THEMES, needs_axe, set_theme, violations
from tests.browser.conftest import start_all_cells, wait_until_ready
from tests.course.demos import small_learner

pytestmark = pytest.mark.browser

DATA = """
from course import DecisionBoundary, two_moons

X, y = two_moons(np.random.default_rng(1), 100, 0.15)
start = initial(np.random.default_rng(2), (2, 8, 2))
AUTO = False

def fails_later(X, y, parameters, rate):
    if abs(parameters["w1"]).max() > 3:
        raise ValueError("not today")
    return {name: 1.5 * array for name, array in parameters.items()}
"""
CELLS = [
    Path(small_learner.__file__).read_text(encoding="utf-8"),
    DATA,
    "demo = DecisionBoundary(predict, step, start, X, y, loss=loss)\ndemo.playing = AUTO\ndemo",
    "DecisionBoundary(predict, uphill, start, X, y, loss=loss, rate=0.1)",
    "DecisionBoundary(predict, fails_later, start, X, y, loss=loss)",
    "def fails_later(*arguments):\n    return step(*arguments)",
    "AUTO = True",
    "print('all', 'done')",
]
RIGHT, WRONG, FAILING = 0, 1, 2


@pytest.fixture(scope="module")
def opened(chromium, start_lab, tmp_path_factory):
    root_dir = tmp_path_factory.mktemp("notebooks")
    cells = [nbformat.v4.new_code_cell(source.strip()) for source in CELLS]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    nbformat.write(notebook, root_dir / "boundary.ipynb")
    page = chromium.new_page(viewport={"width": 1280, "height": 3200})
    page.errors = []
    page.on("pageerror", lambda error: page.errors.append(error.stack))
    page.on(
        "console",
        lambda said: page.errors.append(said.text) if said.type == "error" else None,
    )
    page.goto(start_lab(root_dir).address("boundary.ipynb"))
    wait_until_ready(page)
    # what the application itself complained of while it started is not the demo's
    page.errors.clear()
    start_all_cells(page)
    page.wait_for_function(
        "document.querySelectorAll('.decision-boundary .picture svg[aria-label]').length === 3"
    )
    page.wait_for_function("document.body.textContent.includes('all done')")
    yield page
    page.close()


@pytest.fixture
def page(opened):
    for n in (RIGHT, WRONG, FAILING):
        demo(opened, n).locator(".reset").press("Enter")
        wait_for_sentence(opened, n, "Step 0: ")
        wait_for_points(opened, 100, n)
    return opened


def demo(page, n=RIGHT):
    return page.locator(".decision-boundary").nth(n)


def sentence(page, n=RIGHT):
    return demo(page, n).locator(".sentence").text_content()


def wait_for_sentence(page, n, part):
    page.wait_for_function(
        "([n, part]) => document.querySelectorAll('.decision-boundary .sentence')[n]"
        ".textContent.includes(part)",
        arg=[n, part],
    )


def wait_for_points(page, count, n=RIGHT):
    page.wait_for_function(
        "([n, count]) => document.querySelectorAll('.decision-boundary')[n]"
        ".querySelectorAll('.dot').length === count",
        arg=[n, count],
    )


def steps(page, n=RIGHT):
    return int(sentence(page, n).removeprefix("Step ").partition(":")[0])


def wait_for_step(page, at_least, n=RIGHT):
    page.wait_for_function(
        "([n, least]) => Number(document.querySelectorAll('.decision-boundary .sentence')[n]"
        ".textContent.match(/^Step (\\d+)/)[1]) >= least",
        arg=[n, at_least],
    )


def painted(page, n=RIGHT):
    """Return the colours at the middle of the canvas's left and right edges."""
    return page.evaluate(
        "n => { const c = document.querySelectorAll('.decision-boundary canvas')[n];"
        " const at = (x) => [...c.getContext('2d').getImageData(x, c.height / 2, 1, 1).data];"
        " return [at(2), at(c.width - 3)]; }",
        n,
    )


def test_play_and_pause_by_keyboard(page):
    play = demo(page).locator(".play")
    assert play.text_content() == "Play"
    line = demo(page).locator("path.boundary").get_attribute("d")
    play.focus()
    page.keyboard.press("Enter")
    wait_for_step(page, 50)
    assert play.text_content() == "Pause"
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.textContent === 'Play'")
    # one picture may have been under way
    page.wait_for_timeout(300)
    rest = steps(page)
    page.wait_for_timeout(400)
    assert steps(page) == rest
    assert demo(page).locator("path.boundary").get_attribute("d") != line


def test_a_single_step_and_a_held_key(page):
    button = demo(page).locator(".step")
    button.focus()
    for pressed in range(1, 4):
        page.keyboard.press("Enter")
        wait_for_sentence(page, RIGHT, f"Step {pressed}: ")
    for _ in range(20):
        page.keyboard.press("Enter")
    wait_for_sentence(page, RIGHT, "Step 23: ")
    page.wait_for_timeout(200)
    assert steps(page) == 23


def test_speed_and_rate_under_the_arrow_keys(page):
    speed = demo(page).locator("input[aria-label='Speed']")
    assert speed.get_attribute("aria-valuetext") == "5 steps a picture"
    speed.press("ArrowRight")
    page.wait_for_function(
        "() => document.activeElement.getAttribute('aria-valuetext') === '10 steps a picture'"
    )
    speed.press("ArrowLeft")
    rate = demo(page).locator("input[aria-label='Learning rate']")
    before = rate.get_attribute("aria-valuetext")
    rate.press("ArrowRight")
    page.wait_for_function(
        "said => document.activeElement.getAttribute('aria-valuetext') !== said", arg=before
    )
    assert rate.get_attribute("aria-valuetext") == "rate 0.63"
    rate.press("ArrowLeft")


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


def test_regions_are_coloured_by_class_and_marked_by_shape(page):
    demo(page).locator(".play").click()
    wait_for_step(page, 200)
    demo(page).locator(".play").click()
    left, right = painted(page)
    # blue for the moon on the left, amber for the one on the right
    assert left[2] > left[0] + 50
    assert right[0] > right[2] + 50
    assert all(colour[3] > 60 for colour in (left, right))
    for k in (0, 1):
        assert demo(page).locator(f"path.mark.class-{k}").get_attribute("d").count("M") > 10
    wrong = demo(page).locator(".point.wrong").count()
    said = demo(page).locator(".picture svg").get_attribute("aria-label")
    assert ("No point lies" in said) if wrong == 0 else (f"{wrong} point" in said)


def bring_into_view(page):
    """Scroll until the demo stays in view: JupyterLab scrolls back while it lays out anew."""
    for _ in range(20):
        demo(page).locator(".play").scroll_into_view_if_needed()
        page.wait_for_timeout(250)
        box = demo(page).bounding_box()
        if box and box["y"] < 600 and box["y"] + box["height"] > 100:
            return
    raise AssertionError("the demo does not stay in view")


def test_nothing_is_computed_off_screen(page):
    page.set_viewport_size({"width": 1280, "height": 700})
    bring_into_view(page)
    demo(page).locator(".play").click()
    wait_for_step(page, 20)
    page.evaluate("() => document.querySelector('.jp-WindowedPanel-outer').scrollTo(0, 1e6)")
    page.wait_for_function(
        "() => { const box = document.querySelector('.decision-boundary')"
        ".getBoundingClientRect(); return box.bottom < 0 || box.height === 0; }"
    )
    page.wait_for_timeout(300)
    rest = steps(page)
    page.wait_for_timeout(500)
    assert steps(page) == rest
    page.evaluate("() => document.querySelector('.jp-WindowedPanel-outer').scrollTo(0, 0)")
    bring_into_view(page)
    wait_for_step(page, rest + 10)
    demo(page).locator(".play").click()
    page.set_viewport_size({"width": 1280, "height": 3200})


def test_a_flipped_sign_makes_the_loss_rise_and_says_so(page):
    demo(page, WRONG).locator(".play").click()
    wait_for_step(page, 30, WRONG)
    demo(page, WRONG).locator(".play").click()
    wait_for_sentence(page, WRONG, "your step goes uphill from its very start")
    said = demo(page, WRONG).locator("svg.loss").get_attribute("aria-label")
    first, last = said.removeprefix("The loss from ").split(" to ")
    assert float(last.partition(" ")[0]) > 2 * float(first.partition(" ")[0])
    assert demo(page, WRONG).locator(".point.wrong").count() > 50
    assert "wrong" in demo(page, WRONG).get_attribute("class")


def test_a_failing_step_stops_the_play_and_keeps_the_picture(page):
    play = demo(page, FAILING).locator(".play")
    play.click()
    wait_for_sentence(page, FAILING, "Your step raised ValueError: not today. The picture stays")
    page.wait_for_function(
        "() => document.querySelectorAll('.decision-boundary .play')[2].textContent === 'Play'"
    )
    assert demo(page, FAILING).locator("path.boundary").get_attribute("d")
    assert demo(page, FAILING).locator(".dot").count() == 100


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


def test_pictures_follow_each_other_within_a_quarter_of_a_second(page, record_property):
    page.evaluate(
        "() => { window.times = []; new MutationObserver(() => requestAnimationFrame(() => {"
        " const painted = new MessageChannel();"
        " painted.port1.onmessage = () => window.times.push(performance.now());"
        " painted.port2.postMessage(0); })).observe("
        "document.querySelector('.decision-boundary .sentence'), { childList: true }); }"
    )
    demo(page).locator(".play").click()
    page.wait_for_function("window.times.length > 40")
    demo(page).locator(".play").click()
    times = page.evaluate("window.times")
    between = sorted(b - a for a, b in pairwise(times))
    median, slow = statistics.median(between), between[int(0.9 * len(between))]
    record_property("picture_to_picture_ms", round(median, 1))
    print(f"picture to picture: median {median:.0f} ms, 90 % under {slow:.0f} ms")
    assert median < 250


def test_prints_stay_out_of_the_notebook(page):
    assert "a student's print" not in "".join(page.locator(".jp-OutputArea").all_text_contents())


@pytest.mark.parametrize("theme", ["JupyterLab Dark", "JupyterLab Light"])
def test_text_stands_out_in_both_themes(page, theme):
    page.evaluate(
        "theme => window.jupyterapp.commands.execute('apputils:change-theme', { theme })", theme
    )
    page.wait_for_function("name => document.body.dataset.jpThemeName === name", arg=theme)
    page.wait_for_selector("#jupyterlab-splash", state="detached")
    script = Path(__file__).with_name("contrasts.js").read_text(encoding="utf-8")
    contrasts = page.evaluate(script, ".decision-boundary")
    assert len(contrasts) > 60
    assert [found for found in contrasts if found[1] < 4.5] == []


def test_nothing_is_lost_at_twice_the_size(page):
    page.set_viewport_size({"width": 640, "height": 3200})
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
    page.set_viewport_size({"width": 1280, "height": 3200})


def run_cell(page, part):
    page.evaluate(
        "part => { const shown = window.jupyterapp.shell.currentWidget.content;"
        " shown.activeCellIndex = shown.widgets.findIndex("
        "(cell) => cell.model.sharedModel.source.startsWith(part));"
        " return window.jupyterapp.commands.execute('notebook:run-cell'); }",
        part,
    )


def test_it_recovers_when_its_cell_is_run_again(page):
    demo(page, FAILING).locator(".step").click()
    wait_for_sentence(page, FAILING, "Step 1: ")
    # the function was mended in a later cell
    run_cell(page, "DecisionBoundary(predict, fails_later")
    wait_for_sentence(page, FAILING, "Step 0: ")
    demo(page, FAILING).locator(".play").click()
    wait_for_step(page, 200, FAILING)
    demo(page, FAILING).locator(".play").click()
    assert "Your" not in sentence(page, FAILING)


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


@needs_axe
@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_no_violation(page, theme):
    set_theme(page, theme)
    for number in (RIGHT, WRONG):
        demo(page, number).locator(".step").press("Enter")
        wait_for_step(page, 1, number)
        demo(page, number).evaluate("node => { node.id = 'examined'; }")
        found = violations(page, "#examined")
        demo(page, number).evaluate("node => node.removeAttribute('id')")
        assert found["passed"] > 5
        assert found["violations"] == []
    set_theme(page, THEMES[0])
