"""The report as people meet it: narrow and wide, light and dark, by keyboard, on paper."""

import pytest

from tests.browser.axe import needs_axe, violations

from .made_up import class_of, html_of

pytestmark = pytest.mark.slow

HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    path = tmp_path_factory.mktemp("report") / "05_two_layer.html"
    path.write_text(html_of(class_of(HOSTILE)), encoding="utf-8")
    return path.as_uri()


@pytest.fixture
def open_report(chromium, report):
    """A function that opens the report in a page without a network, with settings of its own."""
    contexts = []

    def opened(width=1280, **settings):
        viewport = {"width": width, "height": 900}
        contexts.append(chromium.new_context(offline=True, viewport=viewport, **settings))
        page = contexts[-1].new_page()
        page.asked, page.said = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("console", lambda message: page.said.append(message.text))
        page.on("dialog", lambda dialog: page.said.append(dialog.message))
        page.goto(report)
        return page

    yield opened
    for context in contexts:
        context.close()


def test_it_asks_for_nothing_and_runs_nothing(open_report, report):
    page = open_report()
    assert page.asked == [report]
    assert page.said == []
    assert page.locator("table.class").get_by_role("link", name=HOSTILE, exact=True).is_visible()


@needs_axe
@pytest.mark.parametrize("width", [1280, 400])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation(open_report, scheme, width):
    # the page lets no script in, so that of the rules has to be let past
    page = open_report(width, color_scheme=scheme, bypass_csp=True)
    page.eval_on_selector_all("details", "all => all.forEach(one => { one.open = true; })")
    found = violations(page, "html")
    assert found["passed"] > 30
    assert found["violations"] == []


@needs_axe
def test_axe_finds_a_violation_that_is_planted(open_report):
    page = open_report(bypass_csp=True)
    page.eval_on_selector("svg", "node => node.removeAttribute('aria-label')")
    assert "svg-img-alt" in [one["rule"] for one in violations(page, "html")["violations"]]


def test_a_telephone_scrolls_tables_and_not_the_page(open_report):
    page = open_report(400)
    assert page.evaluate("document.documentElement.scrollWidth") == 400
    table = page.get_by_role("region", name="The class, a table")
    assert table.evaluate("node => node.scrollWidth") > 500


def focused(page):
    return page.evaluate("document.activeElement.outerHTML.slice(0, 200)")


def tab_to(page, text):
    for _ in range(40):
        page.keyboard.press("Tab")
        if text in focused(page):
            return
    raise AssertionError(f"No Tab led to {text!r}.")


def test_all_of_it_is_open_to_the_keyboard(open_report):
    # to wait for a condition, playwright runs a script, which the page would not let in
    page = open_report(400, bypass_csp=True)
    details = page.locator("#mistakes details", has_text="wrong-sign")
    assert not details.locator("li").first.is_visible()
    tab_to(page, "<summary><code>wrong-sign")
    page.keyboard.press("Enter")
    assert details.locator("li").all_inner_texts() == [f"{HOSTILE}{k}" for k in range(3)]
    assert details.locator("li").first.is_visible()
    tab_to(page, "The class, a table")
    region = page.get_by_role("region", name="The class, a table")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.activeElement.scrollLeft > 0")
    assert region.evaluate("node => getComputedStyle(node).outlineStyle") == "solid"


def test_on_paper_nothing_stays_closed_and_all_is_dark_on_white(open_report):
    page = open_report(color_scheme="dark")
    page.emulate_media(media="print")
    names = page.locator("#mistakes li")
    assert names.count() > 5
    seen = "node => node.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true })"
    for name in names.all():
        assert name.evaluate(seen)
        assert name.bounding_box()["height"] > 5
    colors = page.eval_on_selector(
        "body", "node => [getComputedStyle(node).color, getComputedStyle(node).backgroundColor]"
    )
    assert colors == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    fill = page.eval_on_selector("rect", "node => getComputedStyle(node).fill")
    assert fill == "rgb(0, 114, 178)"
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
