"""What docs/authors.md tells an author to do, done in a copy of the project, block by block."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from tests.house.students_machine import ROOT

PAGE = ROOT / "docs" / "authors.md"
BLOCK = re.compile(r"(?P<before>[^\n]*)\n\n```(?P<kind>\w+)\n(?P<text>.*?)```(?=\n)", re.DOTALL)
PLACE = re.compile(r"`(?P<path>[\w./]+)`(?:, cell `(?P<cell>[\w-]+)`)?:$")


FOLDERS = ("autograder", "course", "docs", "release", "source", "tests")
FILES = ("README.md", "constraints.txt", "environment.yml", "nbgrader_config.py", "pyproject.toml")
LEFT_BEHIND = shutil.ignore_patterns("__pycache__", "output", "node_modules", ".*")


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    """A copy of the project, for this environment."""
    place = tmp_path_factory.mktemp("author") / "project"
    for name in FOLDERS:
        shutil.copytree(ROOT / name, place / name, ignore=LEFT_BEHIND)
    for name in FILES:
        shutil.copy2(ROOT / name, place / name)
    yield place
    shutil.rmtree(place)


def run(command, clone):
    """Run a line of the page in the copy, whose modules come before those of this project."""
    scripts = Path(sys.executable).parent
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST")}
    path = f"{scripts}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        command,
        shell=True,
        cwd=clone,
        env={**inherited, "PATH": path, "PYTHONPATH": str(clone)},
        capture_output=True,
        text=True,
        timeout=280,
    )


def shell(text, clone, place):
    for command in text.replace("\\\n", "").splitlines():
        done = run(command, clone)
        assert not done.returncode, f"{command}\n{done.stdout}{done.stderr}"


def console(text, clone, place):
    """Run the command behind the $, and find each line below it in what comes."""
    command, *lines = text.splitlines()
    done = run(command.removeprefix("$ "), clone)
    came = [line.removeprefix("E").strip() for line in done.stdout.splitlines()]
    for line in lines:
        assert any(line in each for each in came), f"{line}\n\n{done.stdout}{done.stderr}"


def python(text, clone, place):
    """Make a block the whole of a file, or of a cell of a notebook."""
    path = clone / place["path"]
    if not place["cell"]:
        path.write_text(text, encoding="utf-8")
        return
    notebook = nbformat.read(path, as_version=4)
    (cell,) = (cell for cell in notebook.cells if cell.id == place["cell"])
    cell.source = text.rstrip("\n")
    nbformat.write(notebook, path)


def diff(text, clone, place):
    """Change the one place of a file that reads like the lines without a +."""
    lines = [(line[:1] or " ", line[1:]) for line in text.splitlines()]
    old, new = ("\n".join(t for sign, t in lines if sign != other) for other in "+-")
    path = clone / place["path"]
    source = path.read_text(encoding="utf-8")
    assert source.count(old) == 1, f"{path}: {source.count(old)} places read\n{old}"
    path.write_text(source.replace(old, new), encoding="utf-8")


KINDS = {"sh": shell, "console": console, "python": python, "markdown": python, "diff": diff}


def blocks():
    """Return (heading of the second level, kind, text, place) of every block of the page."""
    found, place = [], None
    for part in re.split(r"^## ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        for block in BLOCK.finditer(part):
            # a block below another goes on in the same file
            place = PLACE.search(block["before"]) or place
            found.append((part.splitlines()[0], block["kind"], block["text"], place))
    return found


def test_every_block_is_of_a_kind_that_is_followed():
    found = blocks()
    assert {kind for _, kind, _, _ in found} == KINDS.keys()
    assert len(found) == PAGE.read_text(encoding="utf-8").count("\n```") / 2


@pytest.mark.slow
@pytest.mark.nbgrader
@pytest.mark.parametrize("heading", ["A worked example", "A new unit"])
def test_the_page_can_be_followed(clone, heading):
    steps = [step for step in blocks() if step[0] == heading]
    assert steps
    for _, kind, text, place in steps:
        KINDS[kind](text, clone, place)


@pytest.mark.slow
def test_the_copy_was_followed_in_the_projects_style(clone):
    done = run("python -m ruff check course autograder tests/proof tests/course", clone)
    # of the new unit, mistakes and cases are still to be written
    unfinished = {"autograder/planted/regression.py", "course/tasks/regression/fit.py"}
    assert set(re.findall(r"--> (\S+?):", done.stdout)) == unfinished
    named = run("python -m ruff format --check course autograder tests/proof tests/course", clone)
    assert not named.returncode, named.stdout
