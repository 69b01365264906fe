"""What axe-core, the library of accessibility rules, finds on a page."""

import os
from pathlib import Path

import pytest

AXE = Path(os.environ.get("AXE_CORE") or Path(__file__).parent / "node_modules/axe-core/axe.min.js")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
THEMES = ["JupyterLab Light", "JupyterLab Dark"]
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
    reason="no axe-core: run `make axe` where npm is at hand, or set AXE_CORE to the path of an "
    "axe.min.js",
)


def violations(page, selector):
    """Return what axe-core finds in an element: how many rules passed, and the violations."""
    if not page.evaluate("typeof axe === 'object'"):
        page.add_script_tag(content=AXE.read_text(encoding="utf-8"))
    return page.evaluate(RUN, [selector, RULES])


def set_theme(page, theme):
    """Give the page's JupyterLab another theme, and wait until it is there."""
    page.evaluate(
        "theme => window.jupyterapp.commands.execute('apputils:change-theme', { theme })", theme
    )
    page.wait_for_function("name => document.body.dataset.jpThemeName === name", arg=theme)
    # JupyterLab trips over its own curtain where the next theme comes before it is down
    page.wait_for_selector("#jupyterlab-splash", state="detached")
