"""The site: no warning, no link that leads nowhere, nothing fetched, nothing left out."""

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

import course
from autograder.seal.limits import Limits
from course.mistakes import all_mistakes
from docs.extensions.commands import commands
from docs.extensions.settings import settings
from tests.docs.pages import ROOT

pytestmark = pytest.mark.slow

# the attribute by which an element loads something by itself
LOADS = {
    **dict.fromkeys(("audio", "embed", "iframe", "img", "input", "script", "source"), "src"),
    **dict.fromkeys(("image", "link", "use"), "href"),
    "object": "data",
    "track": "src",
    "video": "src",
}
LOADING_RELATIONS = {"stylesheet", "icon", "preload", "prefetch", "modulepreload", "preconnect"}


class Page(HTMLParser):
    """What a page loads, where its links lead, and which places in it have a name."""

    def __init__(self, path):
        super().__init__()
        self.loads, self.links, self.names = [], [], set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.names |= {attributes[name] for name in ("id", "name") if attributes.get(name)}
        if tag == "a" and attributes.get("href"):
            self.links.append(attributes["href"])
        if tag == "link" and not LOADING_RELATIONS & set(attributes.get("rel", "").split()):
            return
        if attributes.get(LOADS.get(tag)):
            self.loads.append(attributes[LOADS[tag]])


@pytest.fixture(scope="module")
def pages(site):
    """The site's pages: path -> Page."""
    found = {path: Page(path) for path in sorted(site.rglob("*.html"))}
    assert len(found) > 10
    return found


def text_of(site, name):
    return (site / name).read_text(encoding="utf-8")


def elsewhere(address):
    """Whether an address leads off the site."""
    return bool(urlsplit(address).scheme or urlsplit(address).netloc)


def test_every_page_of_the_folder_is_there(site):
    wanted = {path.stem for path in (ROOT / "docs").glob("*.md")}
    assert wanted | {"search", "genindex"} <= {path.stem for path in site.glob("*.html")}


def test_no_page_loads_anything_from_elsewhere(pages):
    for path, page in pages.items():
        for url in page.loads:
            parts = urlsplit(url)
            assert not elsewhere(url) or parts.scheme == "data", (path.name, url)
            # a picture of the page itself is named by a fragment alone
            if parts.path and parts.scheme != "data":
                assert (path.parent / unquote(parts.path)).is_file(), (path.name, url)


def test_what_a_page_loads_is_noticed(tmp_path):
    path = tmp_path / "page.html"
    path.write_text(
        '<script src="https://x.y/a.js"></script><link rel="preload stylesheet" href="//x.y/a.css">'
        '<link rel="next" href="b.html"><img src="a.png"><a href="c.html" id="here">c</a>'
    )
    page = Page(path)
    assert page.loads == ["https://x.y/a.js", "//x.y/a.css", "a.png"]
    assert [elsewhere(url) for url in page.loads] == [True, True, False]
    assert (page.links, page.names) == (["c.html"], {"here"})


def test_no_style_sheet_or_script_of_the_site_fetches_from_elsewhere(site):
    for path in site.rglob("*.css"):
        text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert not re.search(r"(@import|url\()\s*[\"']?(https?:)?//", text), path
    for path in site.rglob("*.js"):
        if path.name != "searchindex.js":
            text = path.read_text(encoding="utf-8", errors="replace")
            assert not re.search(r"(fetch|import|src ?=)\s*\(?\s*[\"'`](https?:)?//", text), path


def test_every_link_within_the_site_leads_somewhere(pages):
    seen = 0
    for path, page in pages.items():
        for link in page.links:
            if elsewhere(link):
                assert urlsplit(link).scheme in {"https", "mailto"}, (path.name, link)
                continue
            parts = urlsplit(link)
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            assert target.is_file(), f"{path.name} leads to {link}"
            if parts.fragment and target in pages:
                names = pages[target].names
                assert unquote(parts.fragment) in names, f"{path.name} leads to {link}"
                seen += 1
    assert seen > 50


def test_every_public_name_of_the_course_is_in_the_api(pages, site):
    names = pages[site / "api.html"].names
    assert {f"course.{name}" for name in course.__all__} <= names


def test_every_mistake_has_its_place(pages, site):
    names = pages[site / "mistakes.html"].names
    assert {f"mistake-{name}" for name in all_mistakes()} == {
        name for name in names if name.startswith("mistake-")
    }


def test_every_command_and_option_is_in_the_reference(pages, site):
    assert {f"autograder-{name}" for name in commands()} <= pages[site / "commands.html"].names
    text = text_of(site, "commands.html")
    for _, command in commands().values():
        assert all(
            option in text
            for option in command._option_string_actions
            if option[1] == "-" and option != "--help"
        )


def test_every_limit_is_in_the_table_with_its_default(site):
    text = re.sub(r"<[^>]+>", "", text_of(site, "configuration.html"))
    for name in Limits().as_data():
        assert f"c.Seal.{name}\n" in text, name
    assert "2048 * 2**20" in text
    assert Limits().memory_bytes == 2048 * 2**20


@pytest.mark.parametrize("exporter", ["CanvasExporter", "MoodleExporter"])
def test_every_setting_of_an_export_is_in_its_table(site, exporter):
    text = text_of(site, "configuration.html")
    shown = {name for name, _, _ in settings(f"autograder.export.{exporter}")}
    assert {f"c.{exporter}.missing", f"c.{exporter}.assignment_names"} < shown
    assert all(name in text for name in shown)


def test_formulas_are_mathml_and_none_is_left_in_dollars(site):
    text = text_of(site, "units.html")
    assert text.count("<math") > 10
    assert not re.search(r"\$[^$<]+\$", text)


def test_no_page_shows_a_docstring_that_was_not_understood(site):
    for name in ("api.html", "contract.html"):
        words = re.sub(r"<[^>]+>", "", text_of(site, name))
        # a list that was taken for prose, a heading of NumPy's, markup of Markdown's
        assert not re.search(r"^[A-Za-z_]\w* : ", words, re.MULTILINE)
        assert "-----" not in words
        assert "`" not in words
        # and no address of an object in this process
        assert " at 0x" not in words


def test_nothing_of_this_machine_stands_on_a_page(site):
    for path in site.glob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert str(ROOT) not in text, path
        assert str(Path.home()) + "/" not in text, path
