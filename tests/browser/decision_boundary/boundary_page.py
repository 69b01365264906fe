"""A page with three decision boundaries: one right, one uphill, one whose step fails later."""

from pathlib import Path

from tests.course.demos import small_learner

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
HEIGHT = 3200


def open_boundaries(open_demo, serve):
    """Return a page in which all three are drawn and all cells have run."""
    page = open_demo(serve(CELLS), HEIGHT)
    page.wait_for_function(
        "document.querySelectorAll('.decision-boundary .picture svg[aria-label]').length === 3"
    )
    page.wait_for_function("document.body.textContent.includes('all done')")
    return page


def reset(page):
    """Put all three back to their beginning."""
    for n in (RIGHT, WRONG, FAILING):
        demo(page, n).locator(".reset").press("Enter")
        wait_for_sentence(page, n, "Step 0: ")
        wait_for_points(page, 100, n)


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


def run_cell(page, part):
    page.evaluate(
        "part => { const shown = window.jupyterapp.shell.currentWidget.content;"
        " shown.activeCellIndex = shown.widgets.findIndex("
        "(cell) => cell.model.sharedModel.source.startsWith(part));"
        " return window.jupyterapp.commands.execute('notebook:run-cell'); }",
        part,
    )
