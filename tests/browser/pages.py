"""What several tests do with a page of demos: wait, look at contrasts, time the keys."""

import statistics
from pathlib import Path

import pytest

from tests.browser.demos import DRIVEN

THEMES = ["JupyterLab Light", "JupyterLab Dark"]


def script(name):
    """Return the text of a script of this folder."""
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def listen_for_errors(page):
    """Keep in page.errors what the page complains of from now on."""
    page.errors = []
    page.on("pageerror", lambda error: page.errors.append(error.stack))
    page.on(
        "console",
        lambda said: page.errors.append(said.text) if said.type == "error" else None,
    )


def set_theme(page, theme):
    """Give the page's JupyterLab another theme, and wait until it is there."""
    page.evaluate(
        "theme => window.jupyterapp.commands.execute('apputils:change-theme', { theme })", theme
    )
    page.wait_for_function("name => document.body.dataset.jpThemeName === name", arg=theme)
    # JupyterLab trips over its own curtain where the next theme comes before it is down
    page.wait_for_selector("#jupyterlab-splash", state="detached")


def name_demos(page, kinds):
    """Wait until every demo of DRIVEN is drawn once for each kind, and name it kind-class."""
    for one in DRIVEN:
        page.wait_for_function(
            "([picture, count]) => document.querySelectorAll(picture).length === count",
            arg=[f".{one.root} {one.picture}[aria-label]", len(kinds)],
        )
        page.evaluate(
            "([root, kinds]) => document.querySelectorAll(`.${root}`).forEach((node, n) =>"
            " { node.id = `${kinds[n]}-${root}`; })",
            [one.root, kinds],
        )


def move_demo(page, demo, driven, key):
    """Bring the demo into view and move it, so that what a step lights up is examined too."""
    control = page.locator(f"{demo} {driven.control}")
    control.scroll_into_view_if_needed()
    control.focus()
    picture = f"{demo} {driven.picture}"
    before = page.locator(picture).get_attribute("aria-label")
    page.keyboard.press(key)
    wait_for_change(page, picture, "aria-label", before)


def one_page(opens, puts_back):
    """Return two fixtures: a page that a module opens once, and the same put back for each test.

    opens(open_demo, serve) returns the page, puts_back(page) makes it what it was then.
    """

    @pytest.fixture(scope="module")
    def opened(open_demo, serve):
        return opens(open_demo, serve)

    @pytest.fixture
    def page(opened):
        puts_back(opened)
        return opened

    return opened, page


def wait_for_change(page, selector, attribute, before):
    """Wait until an element's attribute is no longer what it was; return what it is."""
    page.wait_for_function(
        "([selector, attribute, before]) =>"
        " document.querySelector(selector).getAttribute(attribute) !== before",
        arg=[selector, attribute, before],
    )
    return page.locator(selector).get_attribute(attribute)


def faint_texts(page, root, at_least):
    """Return the texts of an element whose contrast is below 4.5 : 1, of at least so many."""
    contrasts = page.evaluate(script("contrasts.js"), root)
    assert len(contrasts) > at_least
    return [found for found in contrasts if found[1] < 4.5]


def key_to_picture(page, picture, attribute, keys=("ArrowRight", "ArrowLeft"), presses=30):
    """Return the median and the 95th percentile of the milliseconds from a key to its picture.

    The control that the keys move has the focus; `attribute` of `picture` is another for another
    picture.
    """
    page.evaluate(script("key_to_picture.js"), [picture, attribute])
    for pressed in range(presses):
        before = page.evaluate("window.delays.length")
        page.keyboard.press(keys[pressed % 2])
        page.wait_for_function("before => window.delays.length > before", arg=before)
        # at the pace of a hand, six keys a second, and not of a machine
        page.wait_for_function("performance.now() - window.painted > 120")
    delays = sorted(page.evaluate("window.delays"))
    median, slow = statistics.median(delays), delays[int(0.95 * len(delays))]
    print(f"key to picture: median {median:.0f} ms, 95 % under {slow:.0f} ms")
    return median, slow
