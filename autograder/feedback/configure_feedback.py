"""Feedback pages that need no network: nbgrader's own, with MathML for MathJax."""

from importlib.util import find_spec
from pathlib import Path

TEMPLATES = Path(__file__).parent / "templates"


def configure_feedback(c):
    """Say in an nbgrader configuration how feedback pages, and Formgrader's, are written.

    nbconvert looks for each file of a template in every base folder in turn: where ours holds
    one of the same name it is taken, and all others are nbgrader's. So `nbgrader
    generate_feedback` and Formgrader's button, which name the template, write our page too.
    """
    # where it lies, without importing all that makes Formgrader's pages
    nbgrader = Path(find_spec("nbgrader").origin).parent
    theirs = nbgrader / "server_extensions" / "formgrader" / "templates"
    c.HTMLExporter.extra_template_basedirs = [str(TEMPLATES), str(theirs)]
    c.HTMLExporter.filters = {
        "markdown2html": "autograder.feedback.formulas.markdown_with_mathml",
        "without_hidden_tests": "autograder.feedback.configure_feedback.without_hidden_tests",
    }
    # pictures and tables as they are, a widget as its words: no script runs on these pages
    c.WidgetsDataTypeFilter.display_data_priority = [
        "text/html",
        "text/markdown",
        "image/svg+xml",
        "image/png",
        "image/jpeg",
        "text/latex",
        "text/plain",
    ]
    c.GenerateFeedback.force = True
    c.ExchangeFactory.release_feedback = (
        "autograder.feedback.releasing_feedback.SparingReleaseFeedback"
    )


def without_hidden_tests(source):
    """Return a cell's source without the tests that its release did not hold: a Jinja filter."""
    kept, at = [], 0
    while True:
        begin = source.find("BEGIN HIDDEN TESTS", at)
        end = source.find("END HIDDEN TESTS", begin) if begin >= 0 else -1
        if end < 0:
            return ("".join(kept) + source[at:]).rstrip()
        kept.append(source[at : max(at, source.rfind("\n", at, begin) + 1)])
        after = source.find("\n", end)
        at = len(source) if after < 0 else after + 1
