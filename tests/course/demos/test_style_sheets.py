"""Several demos on one page: the rules that all share must not undo those of one.

Each demo brings the shared style sheets along, so that they come once more after another demo's
own rules; of two rules that name as many classes, the later one holds.
"""

import re
from pathlib import Path

import pytest

from course import demos

FOLDER = Path(demos.__file__).parent
PREFIXES = {
    "network_view": ".demo.network-view",
    "network_view_picture": ".demo.network-view",
    "descent": ".demo.descent",
    "descent_path": ".demo.descent.descent-path",
    "places": ".demo.with-places",
    "chain_graph": ".demo.with-places.chain-graph",
    "decision_boundary": ".demo.with-places.decision-boundary",
    "deltas_by_depth": ".demo.with-places.deltas-by-depth",
    "softmax_view": ".demo.with-places.softmax-view",
}


def selectors(name):
    """Return the selectors of a style sheet, without at-rules and the steps of keyframes."""
    css = re.sub(r"/\*.*?\*/", "", (FOLDER / f"{name}.css").read_text(), flags=re.DOTALL)
    heads = [head.strip() for head in re.findall(r"([^{}]+)\{", css)]
    split = [part.strip() for h in heads if h[0] != "@" for part in re.split(r",(?![^(]*\))", h)]
    return [part for part in split if not re.fullmatch(r"from|to|\d+%", part)]


def test_every_style_sheet_is_held_to_its_prefix():
    assert {path.stem for path in FOLDER.glob("*.css")} == {"demo", *PREFIXES}


@pytest.mark.parametrize("name", PREFIXES)
def test_rules_name_one_class_more_than_those_that_they_build_on(name):
    found = selectors(name)
    assert found
    for selector in found:
        assert re.search(re.escape(PREFIXES[name]) + r"(?![\w-])", selector), selector
