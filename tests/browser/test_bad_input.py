"""A student's function that fails, in a browser: each demo says so in its own frame, and recovers.

The page is the one without JupyterLab, with a kernel.
"""

import pytest
from playwright.sync_api import expect

from tests.browser.bare_page import needs_html_manager, open_bare, run, start_kernel
from tests.browser.demos import DRIVEN, SETUP

pytestmark = [pytest.mark.browser, needs_html_manager]

# what fails in place of the student's function, and how the sentence ends that says so
FAULTS = {
    "raises": ("raise ValueError('not today')", "raised ValueError: not today."),
    "no return": ("return None", "returned None: is its return missing?"),
    "never ends": ("while True: pass", "takes too long: is there a loop that never ends?"),
}
FAULTY = """
failing = True


def mine(function):
    def asked(*arguments):
        if failing:
            {}
        return function(*arguments)
    return asked
"""
# the function that fails, in the expression of a demo that is right
MINE = {
    "NetworkView": ("backward=backward", "backward=mine(backward)"),
    "WeightUpdate": ("gradients,", "mine(gradients),"),
    "DescentPath": ("gradients,", "mine(gradients),"),
    "SoftmaxView": ("softmax=softmax", "softmax=mine(softmax)"),
    "ChainGraph": ("derivative=swish_slope", "derivative=mine(swish_slope)"),
    "DeltasByDepth": ("()", "(mine(true_sizes))"),
    "DecisionBoundary": ("small_learner.step", "mine(small_learner.step)"),
}
STACKED = ["NetworkView"]  # has a sentence for each step, one of them shown
# the keys that bring a demo to where its function is used
ADVANCE = {"NetworkView": ["ArrowRight"] * 4, "DecisionBoundary": ["Enter"]}
TRUE_SIZES = "from course.demos.deltas_numbers import true_sizes"


@pytest.fixture(scope="module")
def page(chromium, serve):
    lab = serve([])
    with open_bare(chromium) as page:
        page.evaluate("address => window.connect(address)", start_kernel(lab))
        run(page, f"{SETUP}\n{TRUE_SIZES}")
        yield page


def show(page, driven):
    """Show the demo anew, as when its cell is run again; return the sentence in its frame."""
    page.evaluate("() => document.querySelector('.output').replaceChildren()")
    run(page, driven.right.replace(*MINE[driven.name]))
    page.wait_for_selector(f".{driven.root}")
    for key in ADVANCE.get(driven.name, []):
        page.locator(f".{driven.root} {driven.control}").press(key)
    return page.locator(f".{driven.root} .sentence{'.now' if driven.name in STACKED else ''}")


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("driven", DRIVEN, ids=lambda driven: driven.name)
def test_a_demo_says_in_its_frame_what_failed_and_recovers(page, driven, fault):
    code, said = FAULTS[fault]
    run(page, FAULTY.format(code))
    sentence = show(page, driven)
    expect(sentence).to_contain_text(said, timeout=20_000)
    assert page.locator(f".{driven.root} .picture svg").first.is_visible()
    marks = f".{driven.root} .picture svg :is(path, rect, circle, text)"
    assert page.locator(marks).count() > 20

    run(page, "failing = False")
    sentence = show(page, driven)
    run(page, "")  # what the keys asked for is answered before
    expect(sentence).not_to_contain_text(said)
    assert page.locator(marks).count() > 20


def test_the_page_complains_of_nothing(page):
    assert page.errors == []
