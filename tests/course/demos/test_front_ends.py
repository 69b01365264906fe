"""The demos' front ends use what any page has: nothing of JupyterLab's, and no network.

So they work in every editor that shows widgets, and offline.
"""

import re
from pathlib import Path

import pytest

from course import demos

FOLDER = Path(demos.__file__).parent
SCRIPTS = sorted(FOLDER.glob("*.js"))
STYLES = sorted(FOLDER.glob("*.css"))
FOREIGN = {
    "a module": r"\bimport\b(?!\.meta)|\brequire\b|\bexport\b(?! default \{ render \};)",
    "JupyterLab's": r"jupyter|\bjp-|\blm-|lumino|phosphor|(?i:vscode)Api",
    "the network": r"https?:|\bfetch\b|XMLHttpRequest|WebSocket|EventSource|sendBeacon|\bWorker\b",
    "code in text": r"\beval\b|\bFunction\(|innerHTML|insertAdjacentHTML|document\.write\b",
}
# the namespace of SVG is no address; Lumino passes over what bears the attribute
HARMLESS = {
    "drawing.js": ['"http://www.w3.org/2000/svg"', '"data-lm-suppress-shortcuts"'],
    # what says whether the page is light or dark; and fonts, each with another for other pages
    "demo.css": [
        '[data-jp-theme-light="false"]',
        "var(--jp-ui-font-family, system-ui, sans-serif)",
        "var(--jp-content-font-size1, 14px)",
    ],
    "decision_boundary.css": ['[data-jp-theme-light="false"]'],
}


def foreign(name, text):
    """Return what a front end uses that not every page has, as pairs of its kind and itself."""
    for words in HARMLESS.get(name, []):
        text = text.replace(words, "")
    text = re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*", "", text, flags=re.DOTALL)
    return [(kind, found[0]) for kind, rule in FOREIGN.items() for found in re.finditer(rule, text)]


@pytest.mark.parametrize("path", [*SCRIPTS, *STYLES], ids=lambda path: path.name)
def test_a_front_end_uses_what_any_page_has(path):
    assert foreign(path.name, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_a_style_sheet_fetches_nothing_and_takes_no_colour_from_the_page(path):
    css = path.read_text(encoding="utf-8")
    assert not re.search(r"@import|url\(", css)
    assert "--vscode-" not in css


def test_what_is_excused_is_still_there():
    for name, excused in HARMLESS.items():
        text = (FOLDER / name).read_text(encoding="utf-8")
        assert [words for words in excused if words not in text] == []


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("a module", 'import * as d3 from "d3";'),
        ("a module", 'const d3 = await import("d3");'),
        ("a module", 'window.require(["d3"], draw);'),
        ("JupyterLab's", "window.jupyterapp.commands.execute(name);"),
        ("JupyterLab's", 'document.querySelector(".jp-Notebook")'),
        ("JupyterLab's", "color: var(--jp-ui-font-color1);"),
        ("the network", 'fetch("numbers.json")'),
        ("the network", 'image.src = "https://example.org/x.png";'),
        ("code in text", "node.innerHTML = text;"),
    ],
)
def test_what_is_planted_is_found(kind, line):
    assert kind in [found for found, _ in foreign("any.js", f"const a = 1; // a\n{line}\n")]
