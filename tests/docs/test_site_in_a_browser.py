"""The site as people meet it, from its files, without a network: light and dark, narrow, by
keyboard; and its search."""

import pytest

from tests.browser.axe import needs_axe, violations

pytestmark = pytest.mark.slow

PAGES = ("index", "instructors", "commands", "configuration", "mistakes", "api", "units")


@pytest.fixture
def open_page(chromium, site):
    """A function open_page(name, width, **settings) -> a page of the site, without a network."""
    contexts = []

    def opened(name, width=1280, **settings):
        viewport = {"width": width, "height": 900}
        contexts.append(chromium.new_context(offline=True, viewport=viewport, **settings))
        page = contexts[-1].new_page()
        page.asked, page.errors = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.goto(f"{(site / name).as_uri()}")
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_a_phone_and_asks_nobody(open_page, name):
    page = open_page(f"{name}.html", width=400)
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    assert page.errors == []
    assert not [url for url in page.asked if not url.startswith(("file:", "data:"))]


@needs_axe
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["index", "instructors", "api", "configuration"])
def test_axe_finds_nothing(open_page, name, scheme):
    page = open_page(f"{name}.html", color_scheme=scheme)
    found = violations(page, "html")
    assert found["passed"] > 20
    assert found["violations"] == []


@needs_axe
def test_axe_finds_nothing_on_a_phone(open_page):
    assert violations(open_page("commands.html", width=400), "html")["violations"] == []


def test_search_finds_words_of_pages_and_names_of_functions_offline(open_page):
    page = open_page("index.html")
    for word, found in (("transposed", "mistakes.html"), ("complex_step_gradient", "api.html")):
        page.get_by_role("textbox", name="Search").last.fill(word)
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/search.html?*{word}*")
        # the results come one after another
        page.wait_for_function(
            "name => document.querySelector('#search-results')?.innerHTML.includes(name)",
            arg=found,
        )
    assert page.errors == []


def test_the_first_tab_leads_to_the_text_and_a_theme_can_be_chosen_by_key(open_page):
    page = open_page("students.html", color_scheme="light")
    page.keyboard.press("Tab")
    skip = page.evaluate("document.activeElement.textContent.trim()")
    assert skip == "Skip to content"
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url.endswith("#furo-main-content"))
    button = page.get_by_role("button", name="Toggle Light / Dark / Auto color theme").last
    shown = "[document.body.dataset.theme, getComputedStyle(document.body).backgroundColor]"
    button.focus()
    seen = {}
    for _ in range(3):
        page.keyboard.press("Enter")
        theme, colour = page.evaluate(shown)
        seen[theme] = colour
    assert seen.keys() == {"light", "dark", "auto"}
    assert seen["dark"] != seen["light"] == seen["auto"]


def test_what_scrolls_sideways_can_be_reached_by_keyboard(open_page):
    page = open_page("configuration.html", width=400)
    wide = page.evaluate(
        "[...document.querySelectorAll('article *')].filter((it) =>"
        " it.scrollWidth > it.clientWidth + 1 && getComputedStyle(it).overflowX !== 'visible')"
        ".map((it) => [it.tagName, it.tabIndex])"
    )
    assert wide
    assert all(index == 0 for _, index in wide), wide
