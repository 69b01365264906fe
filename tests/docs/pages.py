"""The pages that people read, and the blocks in them."""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
_FENCED = re.compile(r"^```(?P<kind>[^\n]*)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
_INLINE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")

# where a word at the beginning of a line makes it a command, in a block that shows no prompt
PROGRAMS = ("autograder", "conda", "dask", "git", "jupyter", "make", "nbgrader", "pip", "python")


@dataclass(frozen=True)
class Block:
    """A fenced block of a page: its kind, which may be "", and its text."""

    kind: str
    text: str


@dataclass(frozen=True)
class Command:
    """A command of a page, and the lines that the page shows below it."""

    line: str
    shown: tuple[str, ...] = ()


def blocks(page):
    """Return the Blocks of a page, in order."""
    return [Block(m["kind"], m["text"]) for m in _FENCED.finditer(page.read_text(encoding="utf-8"))]


def commands(page):
    """Return the Commands of all blocks of a page, in order."""
    return [command for block in blocks(page) for command in _of(block)]


def _of(block):
    if block.kind == "console":
        prompted = re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]
        for line, *shown in map(str.splitlines, prompted):
            yield Command(line, tuple(shown))
    elif block.kind in ("", "sh"):
        for line in block.text.replace("\\\n", " ").splitlines():
            # what comes behind two spaces or a # says what the command does
            written = re.split(r"\s{2,}|\s+#", line)[0]
            if written.partition(" ")[0] in PROGRAMS:
                yield Command(written)


def inline(page):
    """Return what stands between backticks in the sentences of a page."""
    return _INLINE.findall(_FENCED.sub("", page.read_text(encoding="utf-8")))
