"""What the pages quote of the command's sentences, and of the configuration, stands there."""

import ast
import re

import pytest

from tests.docs.pages import PAGES, ROOT, inline

PAGE = ROOT / "docs" / "instructors.md"


def quoted():
    """Return what stands in the first column of the table "When it says …"."""
    part = PAGE.read_text(encoding="utf-8").split("## When it says …")[1]
    return [m[1] for m in re.finditer(r"^\| `(.+?)` \|", part, re.MULTILINE)]


def sentences():
    """Return every text of the code of autograder, with … for what is filled in."""
    found = []
    for path in (ROOT / "autograder").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                parts = [p.value if isinstance(p, ast.Constant) else "…" for p in node.values]
                found.append("".join(parts))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.append(node.value)
    return found


@pytest.fixture(scope="module")
def said():
    return sentences()


def test_there_are_sentences_to_look_for():
    assert len(quoted()) > 8


@pytest.mark.parametrize("text", quoted())
def test_a_quoted_sentence_is_said(said, text):
    assert any(text.removesuffix("…").strip() in sentence for sentence in said), text


def test_the_lines_to_leave_are_those_of_the_configuration():
    page = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    config = (ROOT / "nbgrader_config.py").read_text(encoding="utf-8")
    called = r"configure_\w+\(c\)"
    assert set(re.findall(called, page)) == set(re.findall(called, config)) != set()


# of a file that an author is to write, or that a command writes
TO_BE_WRITTEN = re.compile(r"UNIT|STUDENT|NAME|/slopes\.py$|/regression|^tests/output/")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_files_that_a_page_names_are_there(page):
    folders = "autograder|course|deploy|docs|source|tests"
    named = [text for text in inline(page) if re.fullmatch(rf"({folders})/[\w./-]+", text)]
    gone = [p for p in named if not TO_BE_WRITTEN.search(p) and not (ROOT / p).exists()]
    assert not gone, f"{page.name} names {gone}"
