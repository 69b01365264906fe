"""Every command that a page shows is run, and says what the page says; or a test elsewhere is
named that runs it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.__main__ import parser
from tests.docs.pages import PAGES, ROOT, commands, inline

# a page that another test follows, or a command -> where it is run, or why nowhere
PAGES_ELSEWHERE = {
    "authors.md": "tests/house/test_authors_page.py",
    "cluster.md": "tests/autograder/run/test_cluster.py",
    "hub.md": "tests/deploy/test_hub.py",
}
ELSEWHERE = {
    "make lab": "tests/browser/conftest.py",
    "make test": "this",
    "autograder new-task UNIT.NAME": "tests/house/test_authors_page.py",
    "make student": "tests/house/test_students_bundle.py",
    "python3 -m venv .venv": "tests/house/students_machine.py",
    ".venv/bin/pip install backprop_course-*.whl": "tests/house/students_machine.py",
    ".venv/bin/python -m course.lab": "tests/browser/conftest.py",
}
FOLLOWED = [page for page in PAGES if page.name not in PAGES_ELSEWHERE]
WITH_COMMANDS = [
    page
    for page in FOLLOWED
    if page.name != "instructors.md"
    and any(command.line not in ELSEWHERE for command in commands(page))
]


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """An empty folder, in which the instructor's page begins."""
    return tmp_path_factory.mktemp("instructor")


@pytest.fixture(scope="module")
def follow():
    """A function follow(page, folder) -> (Command, exit code, what it said) of each command.

    It runs a page's commands in order, from a folder on. What a page before it had run just so,
    in the same folder, is not run again.
    """
    before = {}

    def following(page, folder):
        done = _followed(page, folder, before)
        before.update({(folder, c.line): (code, said) for folder, c, code, said in done})
        return [(command, code, said) for _, command, code, said in done]

    return following


@pytest.fixture(scope="module")
def followed(follow, place):
    """What came of the commands of the instructor's page."""
    return follow(ROOT / "docs" / "instructors.md", place)


def _followed(page, folder, before):
    done, last = [], 0
    for command in commands(page):
        if command.line in ELSEWHERE:
            continue
        if command.line.startswith("cd "):
            folder = folder / command.line.removeprefix("cd ")
            continue
        if (folder, command.line) in before and not command.shown:
            last, said = before[folder, command.line]
        else:
            ran = run(command.line, folder, last)
            last, said = ran.returncode, ran.stdout + ran.stderr
        done.append((folder, command, last, said))
    return done


def run(line, folder, last=0):
    """Run a command line as a shell does in this environment, after one that ended with `last`."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST")}
    return subprocess.run(
        ["bash", "-c", f"(exit {last}); {line}"],
        cwd=folder,
        env={**inherited, "PATH": path, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "default"},
        capture_output=True,
        text=True,
        timeout=280,
    )


def asked_for_its_code(done):
    """Yield (Command, code, output, whether the page asks for the code by `echo $?`)."""
    for (command, code, said), (after, _, _) in zip(done, [*done[1:], (None, 0, "")], strict=True):
        yield command, code, said, after is not None and after.line == "echo $?"


def pattern(line):
    """Return the expression that a shown line stands for: … is anything."""
    return ".*".join(re.escape(piece.strip()) for piece in line.split("…"))


def missing(shown, said):
    """Return the first shown line that does not follow the ones before it; None where all do."""
    lines = [re.sub(r"\s+", " ", line).strip() for line in said.splitlines()]
    for line in shown:
        wanted = re.compile(pattern(re.sub(r"\s+", " ", line)))
        while lines and not wanted.fullmatch(lines[0]):
            lines.pop(0)
        if not lines and line.strip() != "…":
            return line
        lines = lines[1:]
    return None


@pytest.mark.slow
@pytest.mark.nbgrader
@pytest.mark.timeout(600)
def test_the_instructors_week_goes_as_the_page_says(followed):
    for command, code, said, asked in asked_for_its_code(followed):
        assert asked or code == 0, f"{command.line} ended with {code}\n{said}"
        lost = missing(command.shown, said)
        assert lost is None, f"{command.line} does not say: {lost}\n\n{said}"
    assert len(followed) > 12


@pytest.mark.slow
@pytest.mark.nbgrader
@pytest.mark.timeout(600)
@pytest.mark.parametrize("page", WITH_COMMANDS, ids=lambda page: page.name)
def test_the_commands_of_a_page_can_be_run(followed, follow, place, page):
    # in the class that was graded already
    for command, code, said in follow(page, place / "example-class"):
        assert code == 0, f"{page.name}: {command.line} ended with {code}\n{said}"
        assert missing(command.shown, said) is None, said


def test_the_week_has_every_command_of_an_instructor():
    shown = {
        c.line.split()[1]
        for c in commands(ROOT / "docs" / "instructors.md")
        if c.line.startswith("autograder ")
    }
    assert shown >= {"doctor", "release", "grade", "feedback", "report", "solve", "example-class"}


def written():
    """Return command -> what stands in backticks beside it in the table "What each writes"."""
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`.+?) \| (.+) \|$", text, re.MULTILINE)
    return {
        name: re.findall(r"`([^`]+)`", says)
        for names, says in rows
        for name in re.findall(r"`([^`]+)`", names)
    }


def choices():
    """Return the commands that the parser knows: name -> its own parser."""
    return next(action.choices for action in parser()._actions if action.dest == "command")


def test_of_every_command_it_is_said_what_it_writes():
    assert written().keys() == choices().keys()


@pytest.mark.slow
@pytest.mark.nbgrader
@pytest.mark.timeout(600)
def test_commands_write_what_the_table_says(followed, place):
    ran = {c.line.split()[1] for c, _, _ in followed if c.line.startswith("autograder ")}
    assert len(ran) > 7
    for command in ran:
        for path in written()[command]:
            path = path.replace("UNIT", "05_two_layer").replace("STUDENT", "ahmed-becker")
            assert (place / "example-class" / path).exists(), f"{command} does not write {path}"


def test_what_is_not_run_here_is_run_there():
    shown = {command.line for page in FOLLOWED for command in commands(page)}
    for line, where in ELSEWHERE.items():
        assert line in shown, f"no page shows {line} any more"
        assert where == "this" or (ROOT / where).is_file(), where
    for page, where in PAGES_ELSEWHERE.items():
        assert (ROOT / "docs" / page).is_file(), page
        assert (ROOT / where).is_file(), where


def targets():
    """Return the targets of the Makefile."""
    return set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))


@pytest.mark.parametrize(
    "page", [*PAGES, ROOT / "autograder" / "SECURITY.md"], ids=lambda p: p.name
)
def test_commands_in_sentences_are_understood(page):
    written = [*inline(page), *(command.line for command in commands(page))]
    for line in written:
        words = line.split()
        if words[0] == "make" and len(words) > 1 and "=" not in words[1]:
            assert words[1] in targets(), f"{page.name}: {line}"
        if words[0] == "autograder" and len(words) > 1 and not words[1].startswith(("-", "/")):
            assert words[1] in choices(), f"{page.name}: {line}"
            for word in words[2:]:
                if word.startswith("--"):
                    assert word in choices()[words[1]]._option_string_actions, line


def test_a_shown_line_that_does_not_come_is_noticed():
    assert missing(["a …", "c"], "a b\nx\nc\n") is None
    assert missing(["…", "c"], "a\nc\n") is None
    assert missing(["a", "…"], "a\n") is None
    assert missing(["c", "a …"], "a b\nc\n") == "a …"
    assert missing(["a"], "ab") == "a"
