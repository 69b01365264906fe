"""How Sphinx makes the site of these pages: `make docs` writes it into build/docs."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

project = "Backprop, by hand"
language = "en"
root_doc = "index"
exclude_patterns = ["extensions"]
templates_path = ["_templates"]
source_suffix = {".md": "markdown"}

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "docs.extensions.commands",
    "docs.extensions.docstrings",
    "docs.extensions.formulas",
    "docs.extensions.limits",
    "docs.extensions.mistakes",
    "docs.extensions.pages_elsewhere",
    "docs.extensions.reachable",
    "docs.extensions.settings",
]
myst_enable_extensions = ["deflist", "dollarmath", "fieldlist"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_class_signature = "mixed"
autodoc_typehints = "none"
# the default of an argument as it is written, since some have no short repr
autodoc_preserve_defaults = True
python_use_unqualified_type_names = True
add_module_names = False

# every reference leads somewhere, and a warning is an error (see the Makefile)
nitpicky = True
# a command in a block is shown as it is, and not coloured as Python
highlight_language = "none"

html_theme = "furo"
_LINKS = {"color-link-underline": "var(--color-link)"}
# so that a link is told from the text around it without its colour
html_theme_options = {"light_css_variables": _LINKS, "dark_css_variables": _LINKS}
html_title = project
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_show_copyright = False
# a browser reads no second page of a site that lies in a folder
html_show_search_summary = False
html_domain_indices = False
# math needs no script: see extensions/formulas.py
html_math_renderer = "mathml"
# of the light and of the dark theme; both have the contrast that WCAG asks for
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"
