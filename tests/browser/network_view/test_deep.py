"""A network of many layers, folded, under keyboard and mouse, in a real JupyterLab."""

import pytest

from tests.browser.network_view.network_page import (
    NETWORK,
    SCRUBBER,
    wait_for_step,
)
from tests.browser.pages import THEMES, faint_texts, set_theme

pytestmark = pytest.mark.browser

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
def deep(open_demo, serve):
    page = open_demo(serve([NETWORK, DEEP]), height=1100)
    page.wait_for_selector(".network-view .stack .count")
    page.evaluate("() => { document.querySelector('.network-view').id = 'deep'; }")
    return page


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


@pytest.mark.parametrize("theme", THEMES[::-1])
def test_the_folded_network_stands_out_in_both_themes(deep, theme):
    set_theme(deep, theme)
    assert faint_texts(deep, "#deep", at_least=60) == []


def test_the_folded_network_fits_at_twice_the_size(deep):
    deep.set_viewport_size({"width": 640, "height": 900})
    deep.wait_for_function("() => document.querySelector('#deep .picture').clientWidth < 420")
    fits = "panel => panel.scrollWidth <= panel.clientWidth"
    assert deep.eval_on_selector("#deep .panel", fits)
    assert deep.locator("#deep .stack .count").text_content() == "8"
    deep.set_viewport_size({"width": 1280, "height": 1100})
