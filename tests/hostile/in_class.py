"""A class of unit 05: attackers, each with one idea, and honest students among them."""

import json
import os
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell

from .test_forging import FACTS, SESSION
from .test_network import CALLS
from .test_processes import SIGNALS
from .test_reading import ENVIRONMENT, FILES, READS
from .test_writing import FULL_TMP, SHADOWS, WRITES

ASSIGNMENT, NOTEBOOK = "05_two_layer", "two_layer.ipynb"
PAGES = Path(__file__).with_name("pages")
PAGE_STEMS = sorted(path.stem for path in PAGES.glob("*.html"))
NO_BACKWARD = "def backward(*arguments):\n    return None, None, None, None"

LONG = (
    new_code_cell("..." * 100_000),
    new_code_cell("# BEGIN HIDDEN TESTS\n" * 20_000),
    new_markdown_cell("\\begin{a}" * 20_000),
)
"""Texts for which nbconvert and Pygments take time with the square of their length, or more."""

STRANGE_IDS = (
    "o'brien \"><img src=x onerror=alert(1)>",
    "=cmd()",
    "{0}%s$x",
    "*",
    "\x1b[31mred",
)
"""Of honest students: whatever an id holds, it is neither followed nor run."""

CELLS = {
    "reader": READS + FILES + ENVIRONMENT,
    "writer": WRITES + SHADOWS + FULL_TMP,
    "caller": CALLS,
    "signaller": "planted_pid = 1\n" + SIGNALS,
    "leaver": "import os\nos._exit(0)",
    "looper": "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass",
    "hog": "kept = []\nwhile True: kept.append(bytearray(50_000_000))",
    "flooder": "while True: print('\\x1b[2J\\x1b]0;owned\\x07' + 'x' * 1000)",
    "closer": "import os\nos.closerange(3, 100)",
}
LAZY = {
    "forger": SESSION
    + f"session._ops['calls'] = lambda told: channel.send({FACTS % '*[np.zeros(3)] * 4'})",
    "plain": "",
}
"""Attackers who did not write `backward`, and one who did not either and attacks nothing."""


def lay_out(root, planted, marker):
    """Hand in the class in a course's folder; returns the ids of the honest."""
    source = (root / "source" / ASSIGNMENT / NOTEBOOK).read_text(encoding="utf-8")
    told = planted.told.replace(
        "'files': [", f"'files': ['{root}/.grader_key', '{root}/gradebook.db', "
    )
    told = told.replace(
        "'files': [", f"'files': ['{root}/submitted/honest-0/{ASSIGNMENT}/{NOTEBOOK}', "
    )
    honest = [*(f"honest-{k}" for k in range(4)), *STRANGE_IDS]
    for student in honest:
        _hand_in(
            root, student, source, [new_code_cell(f"# {marker}")] if "honest" in student else []
        )
    for student, cell in CELLS.items():
        _hand_in(root, student, source, [new_code_cell(told + cell)])
    for student, cell in LAZY.items():
        _hand_in(root, student, source, [new_code_cell(told + cell)], NO_BACKWARD)
    for page in sorted(PAGES.glob("*.html")):
        text = page.read_text(encoding="utf-8")
        _hand_in(root, page.stem, source, _shown(text))
    _hand_in(root, "long-winded", source, LONG)
    _hand_in(root, "linker", source, [new_code_cell("print(open('data.txt').read())")])
    folder = root / "submitted" / "linker" / ASSIGNMENT
    (folder / "data.txt").symlink_to(planted.folder / "home" / "secret.txt")
    (folder / "\x1b]0;owned\x07").symlink_to(planted.folder)
    os.mkfifo(folder / "pipe")
    (folder / "../../x.ipynb").write_text(source)
    return honest


def _shown(text):
    """Return cells that put HTML wherever a notebook has a place for it."""
    kinds = ("HTML", "Markdown", "Latex", "SVG", "Javascript")
    shows = "\n".join(f"display({kind}({text!r}))" for kind in kinds)
    told = "{'text/html': text, 'application/javascript': text, 'application/pdf': text}"
    markdown, marked = new_markdown_cell(text), new_code_cell("1")
    marked.metadata = {"tags": [text], "name": text, "collapsed": text}
    markdown.attachments = {"a.svg": {"image/svg+xml": text}}
    return [
        new_code_cell(f"from IPython.display import *\ntext = {text!r}\n{shows}\n"
                      f"display({told}, raw=True)\nprint(text)\nraise ValueError(text)"),
        markdown,
        new_raw_cell(text, metadata={"raw_mimetype": "text/html", "format": "text/html"}),
        marked,
    ]  # fmt: skip


def _hand_in(root, student, source, cells, backward=None):
    notebook = nbformat.reads(source, as_version=4)
    for cell in notebook.cells:
        if backward and cell.metadata.get("nbgrader", {}).get("grade_id") == "backward":
            cell.source = backward
    notebook.cells = [*cells[:1], *notebook.cells, *cells[1:]]
    folder = root / "submitted" / student / ASSIGNMENT
    folder.mkdir(parents=True)
    (folder / NOTEBOOK).write_text(json.dumps(notebook), encoding="utf-8")
    (folder / "timestamp.txt").write_text("2026-03-05 10:00:00 UTC")
