"""The stepped network under keyboard and mouse, in a real JupyterLab and in Notebook 7."""

import statistics
from pathlib import Path

import nbformat
import pytest

from tests.browser.conftest import start_all_cells, wait_until_ready

pytestmark = pytest.mark.browser

NETWORK = """
import numpy as np
from course import NetworkView

x, y = np.array([0.5, -1.0]), np.array([0.0, 1.0])
rng = np.random.default_rng(5)
given = [x, y, *(rng.normal(size=shape) for shape in [(3, 2), 3, (2, 3), 2])]


def forward(x, W1, b1, W2, b2):
    z1 = W1 @ x + b1
    a1 = 1 / (1 + np.exp(-z1))
    z2 = W2 @ a1 + b2
    e = np.exp(z2 - z2.max())
    return z1, a1, z2, e / e.sum()


def backward(x, y, W1, b1, W2, b2, slope=lambda a: a * (1 - a)):
    z1, a1, z2, p = forward(x, W1, b1, W2, b2)
    delta2 = p - y
    delta1 = W2.T @ delta2 * slope(a1)
    return np.outer(delta1, x), delta1, np.outer(delta2, a1), delta2


def flat(*given):
    return backward(*given, slope=lambda a: 1.0)


def not_written(*given):
    raise NotImplementedError


def step_with(backward):
    def train_step(x, y, W1, b1, W2, b2, rate=0.02):
        parts = zip((W1, b1, W2, b2), backward(x, y, W1, b1, W2, b2))
        return tuple(w - rate * d for w, d in parts)

    return train_step
"""
DEMOS = [
    f"""
view_{name} = NetworkView.two_layer(
    *given, forward=forward, backward={name}, update=step_with({name})
)
view_{name}
"""
    for name in ("backward", "flat", "not_written")
]
SCRUBBER = "input[type=range]"
PICTURE = ".picture > svg"
IDLE = ".jp-Notebook-ExecutionIndicator[data-status=idle]"


@pytest.fixture(scope="module")
def lab(start_lab, tmp_path_factory):
    root_dir = tmp_path_factory.mktemp("notebooks")
    cells = [nbformat.v4.new_code_cell(source.strip()) for source in (NETWORK, *DEMOS)]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    for name in ("demo.ipynb", "classic.ipynb"):
        nbformat.write(notebook, root_dir / name)
    return start_lab(root_dir)


@pytest.fixture(scope="module")
def opened(chromium, lab):
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    page.goto(lab.address("demo.ipynb"))
    wait_until_ready(page)
    # every cell is drawn and stays, wherever the page is scrolled to
    start_all_cells(page)
    page.wait_for_function("document.querySelectorAll('.network-view .unit').length === 21")
    mark_demos(page)
    yield page
    page.close()


def mark_demos(page):
    """Name the demos by their order, so that a test need not know the notebook's elements."""
    page.evaluate(
        "() => document.querySelectorAll('.network-view').forEach((node, n) =>"
        " { node.id = ['right', 'wrong', 'missing'][n]; })"
    )


@pytest.fixture
def page(opened):
    for name in ("right", "wrong", "missing"):
        opened.locator(f"#{name} {SCRUBBER}").press("Home")
        wait_for_step(opened, name, 0)
    return opened


def script(name):
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def wait_for_step(page, demo, step):
    page.wait_for_function(
        "([demo, step]) => [...document.querySelectorAll(`#${demo} .stations > span`)]"
        ".findIndex((station) => station.classList.contains('now')) === step",
        arg=[demo, step],
    )


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


def test_from_key_to_picture_takes_less_than_80_milliseconds(page, record_property):
    page.locator(f"#right {SCRUBBER}").focus()
    page.evaluate(script("key_to_picture.js"), [f"#right {PICTURE}", "aria-label"])
    for presses in range(1, 31):
        page.keyboard.press("ArrowRight" if presses % 2 else "ArrowLeft")
        page.wait_for_function("n => window.delays.length >= n", arg=presses)
        # at the pace of a hand, six keys a second, and not of a machine
        page.wait_for_function("performance.now() - window.painted > 120")
    delays = sorted(page.evaluate("window.delays"))
    median, slow = statistics.median(delays), delays[int(0.95 * len(delays))]
    record_property("key_to_picture_ms", round(median, 1))
    print(f"key to picture: median {median:.0f} ms, 95 % under {slow:.0f} ms")
    # twice the bar, since other work may share the machine
    assert median < 160


@pytest.mark.parametrize("theme", ["JupyterLab Dark", "JupyterLab Light"])
def test_text_stands_out_in_both_themes(page, theme):
    page.evaluate(
        "theme => window.jupyterapp.commands.execute('apputils:change-theme', { theme })", theme
    )
    page.wait_for_function("name => document.body.dataset.jpThemeName === name", arg=theme)
    page.locator(f"#wrong {SCRUBBER}").press("End")
    contrasts = page.evaluate(script("contrasts.js"), "#wrong")
    assert len(contrasts) > 100
    assert [found for found in contrasts if found[1] < 4.5] == []


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


def test_it_works_in_notebook_7_too(chromium, lab):
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    page.goto(lab.address("classic.ipynb", interface="notebooks"))
    page.wait_for_selector(IDLE)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    page.wait_for_selector(".network-view .unit")
    mark_demos(page)
    page.locator(f"#right {SCRUBBER}").press("ArrowRight")
    wait_for_step(page, "right", 1)
    page.close()


DEEP = """
from itertools import pairwise

sizes = [3, *[4] * 10, 2]
rng = np.random.default_rng(3)
weights = [rng.normal(size=(above, below)) for below, above in pairwise(sizes)]
biases = [rng.normal(size=above) for above in sizes[1:]]


def deep_forward(x, weights, biases):
    zs, activations = [], [x]
    for W, b in zip(weights, biases):
        zs.append(W @ activations[-1] + b)
        activations.append(1 / (1 + np.exp(-zs[-1])))
    activations[-1] = np.exp(zs[-1]) / np.exp(zs[-1]).sum()
    return zs, activations


def deep_backward(x, y, weights, biases):
    _, a = deep_forward(x, weights, biases)
    delta, dWs, dbs = a[-1] - y, [], []
    for layer in reversed(range(len(weights))):
        dWs.insert(0, np.outer(delta, a[layer]))
        dbs.insert(0, delta)
        delta = weights[layer].T @ delta * (1 if layer == 6 else a[layer] * (1 - a[layer]))
    return dWs, dbs


NetworkView.deep(np.ones(3), y, weights, biases, forward=deep_forward, backward=deep_backward)
"""


@pytest.fixture(scope="module")
def deep(chromium, start_lab, tmp_path_factory):
    root_dir = tmp_path_factory.mktemp("notebooks")
    cells = [nbformat.v4.new_code_cell(source.strip()) for source in (NETWORK, DEEP)]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    nbformat.write(notebook, root_dir / "deep.ipynb")
    page = chromium.new_page(viewport={"width": 1280, "height": 1100})
    page.goto(start_lab(root_dir).address("deep.ipynb"))
    wait_until_ready(page)
    start_all_cells(page)
    page.wait_for_selector(".network-view .stack .count")
    page.evaluate("() => { document.querySelector('.network-view').id = 'deep'; }")
    yield page
    page.close()


def test_a_deep_network_is_folded_and_stepped_through_all_its_layers(deep):
    assert deep.locator("#deep .stack .count").text_content() == "4"
    assert deep.locator("#deep .unit").count() == 3 + 6 * 4 + 2
    stack = deep.locator("#deep .stack")
    scrubber = deep.locator(f"#deep {SCRUBBER}")
    scrubber.press("Home")
    height = deep.eval_on_selector("#deep .panel", "panel => panel.clientHeight")
    now = []
    for step in range(1, 12):
        scrubber.press("ArrowRight")
        wait_for_step(deep, "deep", step)
        now.append(stack.locator(".now").text_content())
        said = scrubber.get_attribute("aria-valuetext")
        assert said.startswith(f"step {step + 1} of 23: forward, layer {step}; ")
        assert deep.locator("#deep .formula.now .heading").text_content().endswith(f" {step}")
        assert deep.eval_on_selector("#deep .panel", "panel => panel.clientHeight") == height
    assert now == ["", "", "", "4", "5", "6", "7", "", "", "", ""]


def test_a_difference_in_the_stack_is_hatched_and_said_on_focus(deep):
    stack = deep.locator("#deep .stack")
    hatched = stack.locator(".hatched")
    scrubber = deep.locator(f"#deep {SCRUBBER}")
    scrubber.press("Home")
    for step in range(1, 17):
        scrubber.press("ArrowRight")
        wait_for_step(deep, "deep", step)
        assert not hatched.is_visible()
    scrubber.press("ArrowRight")
    wait_for_step(deep, "deep", 17)
    assert deep.locator("#deep .formula.now .heading").text_content() == "Backward, layer 6"
    assert hatched.is_visible()
    assert "layers 4 to 7, folded" in stack.get_attribute("aria-label")
    stack.focus()
    assert "Your delta6 differs from the true one." in (
        deep.locator("#deep .tip.shown.off").text_content()
    )
    scrubber.press("End")
    wait_for_step(deep, "deep", 22)
    said = stack.get_attribute("aria-label")
    assert "differences begin in delta6. differences reach delta5, delta4" in said.replace(
        "delta4, delta5", "delta5, delta4"
    )


@pytest.mark.parametrize("theme", ["JupyterLab Dark", "JupyterLab Light"])
def test_the_folded_network_stands_out_in_both_themes(deep, theme):
    deep.evaluate(
        "theme => window.jupyterapp.commands.execute('apputils:change-theme', { theme })", theme
    )
    deep.wait_for_function("name => document.body.dataset.jpThemeName === name", arg=theme)
    contrasts = deep.evaluate(script("contrasts.js"), "#deep")
    assert len(contrasts) > 60
    assert [found for found in contrasts if found[1] < 4.5] == []


def test_the_folded_network_fits_at_twice_the_size(deep):
    deep.set_viewport_size({"width": 640, "height": 900})
    deep.wait_for_function("() => document.querySelector('#deep .picture').clientWidth < 420")
    fits = "panel => panel.scrollWidth <= panel.clientWidth"
    assert deep.eval_on_selector("#deep .panel", fits)
    assert deep.locator("#deep .stack .count").text_content() == "8"
    deep.set_viewport_size({"width": 1280, "height": 1100})
