"""What axe-core, the library of accessibility rules, finds on a page."""

import os
from pathlib import Path

import pytest

AXE = Path(os.environ.get("AXE_CORE") or Path(__file__).parent / "node_modules/axe-core/axe.min.js")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """
async ([selector, tags]) => {
  const found = await axe.run(
    { include: [selector] },
    { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] },
  );
  return {
    passed: found.passes.length,
    violations: found.violations.map(({ id, help, nodes }) => ({
      rule: id, help, nodes: nodes.map((node) => [node.html.slice(0, 200), node.failureSummary]),
    })),
  };
}
"""


needs_axe = pytest.mark.skipif(
    not AXE.is_file(),
    reason="no axe-core: run `make npm` where npm is at hand, or set AXE_CORE to the path of an "
    "axe.min.js",
)


def violations(page, selector):
    """Return what axe-core finds in an element: how many rules passed, and the violations."""
    if not page.evaluate("typeof axe === 'object'"):
        page.add_script_tag(content=AXE.read_text(encoding="utf-8"))
    return page.evaluate(RUN, [selector, RULES])
