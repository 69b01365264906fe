import errno
import os
import runpy
import shutil
import subprocess
import sys

import pytest

from autograder.__main__ import main

from .conftest import ASSIGNMENT, NOTEBOOK, ROOT, digests


def refused(capsys, *argv):
    """Return the one sentence that a refused command line gets."""
    assert main(list(map(str, argv))) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    (line,) = captured.err.splitlines()
    assert line.startswith("autograder: ")
    return line


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        ([], "required: COMMAND"),
        (["grad"], "invalid choice: 'grad'"),
        (["grade"], "required: ASSIGNMENT"),
        (["grade", ASSIGNMENT, "--bogus"], "arguments: --bogus; `autograder grade --help`"),
        (["grade", ASSIGNMENT, "--workers", "x"], "got 'x', but a whole number from 1 on"),
        (["grade", ASSIGNMENT, "--workers", "0"], "got '0', but a whole number from 1 on"),
        (["example-class", ASSIGNMENT, "--students", "many"], "invalid int value: 'many'"),
        (
            ["report", ASSIGNMENT, "--course-root", "/nowhere/at/all"],
            "Got /nowhere/at/all, no folder",
        ),
        (["report", ASSIGNMENT, "--course-root", "/"], "folder /, but it holds no nbgrader_config"),
        (["release", "05_tow_layer", "--course-root", ROOT], "nearest is '05_two_layer'"),
        (["release", "", "--course-root", ROOT], "Got the assignment ''"),
        (["release", ASSIGNMENT, "--course-root"], "expected one argument"),
    ],
)
def test_what_cannot_be_done_is_refused_in_a_sentence(capsys, argv, says):
    assert says in refused(capsys, *argv)


@pytest.mark.parametrize("command", ["release", "grade", "report"])
@pytest.mark.parametrize(
    "path", ["..", ".", "../..", "../source/05_two_layer", "05_two_layer/../..", "/"]
)
def test_a_path_is_no_assignment_wherever_it_leads(capsys, tmp_path, command, path):
    # a notebook wherever the path may lead, so that only its being a path refuses it
    root = tmp_path / "outer" / "course"
    (root / "source" / ASSIGNMENT).mkdir(parents=True)
    shutil.copy(ROOT / "nbgrader_config.py", root)
    for folder in (root / "source" / ASSIGNMENT, root / "source", root, root.parent, tmp_path):
        shutil.copy(ROOT / "source" / ASSIGNMENT / NOTEBOOK, folder / NOTEBOOK)
    before = digests(tmp_path)
    assert f"Got the assignment {path!r}" in refused(capsys, command, path, "--course-root", root)
    assert digests(tmp_path) == before


def test_refusing_loses_nothing(capsys, tmp_path):
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    (tmp_path / "source" / ASSIGNMENT).mkdir(parents=True)
    shutil.copy(
        ROOT / "source" / ASSIGNMENT / NOTEBOOK, tmp_path / "source" / ASSIGNMENT / NOTEBOOK
    )
    (tmp_path / "gradebook.db").write_bytes(b"not a database at all, but somebody's")
    (tmp_path / "submitted" / "kofi-ito" / ASSIGNMENT).mkdir(parents=True)
    before = digests(tmp_path)
    for command in ("grade", "report"):
        refused(capsys, command, ASSIGNMENT, "--course-root", tmp_path, "--bogus")
    refused(capsys, "example-class", ASSIGNMENT, "--course-root", tmp_path)
    asked_for = ("--student", "kofi-ita", "--course-root", tmp_path)
    assert "nearest who has is 'kofi-ito'" in refused(capsys, "grade", ASSIGNMENT, *asked_for)
    told = refused(capsys, "report", ASSIGNMENT, "--course-root", tmp_path)
    assert "cannot be used (file is not a database)" in told
    assert digests(tmp_path) == before


@pytest.fixture
def root(tmp_path):
    """A course with one unit and nothing else."""
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    shutil.copytree(ROOT / "source" / ASSIGNMENT, tmp_path / "source" / ASSIGNMENT)
    return tmp_path


def test_a_file_where_a_folder_belongs_is_named(capsys, root):
    (root / "release").write_text("mine")
    told = refused(capsys, "release", ASSIGNMENT, "--course-root", root)
    assert f"'{root}/release/{ASSIGNMENT}' cannot be used (Not a directory): see that" in told
    assert (root / "release").read_text() == "mine"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"cells": 3}', "\0"])
def test_a_source_that_was_saved_half_is_named(capsys, root, text):
    (root / "source" / ASSIGNMENT / NOTEBOOK).write_text(text)
    for command in ("solve", "release"):
        told = refused(capsys, command, ASSIGNMENT, "--course-root", root)
        assert f"{NOTEBOOK} is no notebook that can be read (" in told
    assert not (root / "release").exists()


def test_a_release_that_is_refused_has_released_nothing(capsys, root):
    path = root / "source" / ASSIGNMENT / NOTEBOOK
    path.write_text(path.read_text().replace("# 05 ·", "05 ·", 1))
    told = refused(capsys, "release", ASSIGNMENT, "--course-root", root)
    assert f"{path} opens without its # title" in told
    assert not (root / "release").exists()


@pytest.mark.slow
def test_the_module_runs_as_a_command_from_anywhere(tmp_path):
    command = [sys.executable, "-m", "autograder", "report", "x"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr.startswith("autograder: Got the folder ")
    assert done.stdout == ""


def into_a_closed_pipe(program):
    """Run Python into a pipe that nobody reads; return its exit code and standard error."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [sys.executable, *program], stdout=writing, stderr=subprocess.PIPE, text=True
        )
    finally:
        os.close(writing)
    return done.returncode, done.stderr


@pytest.mark.parametrize("lines", [1, 3000])
def test_where_nobody_reads_on_it_ends_quietly(lines):
    """Whether the pipe is met while it prints, or when it ends."""
    code = (
        "import sys, autograder.__main__ as m\n"
        f"m._doctor = lambda options: [print('x' * 50) for _ in range({lines})] and 0\n"
        "sys.exit(m.main(['doctor']))"
    )
    assert into_a_closed_pipe(["-c", code]) == (141, "")


def test_help_that_nobody_reads_ends_quietly(monkeypatch):
    monkeypatch.delenv("PYTHONUNBUFFERED", raising=False)
    assert into_a_closed_pipe(["-m", "autograder", "--help"]) == (141, "")


def test_what_is_refused_is_said_though_nobody_reads_on():
    code, said = into_a_closed_pipe(["-m", "autograder", "grad"])
    assert (code, said[:35]) == (2, "autograder: argument COMMAND: inval")


def test_another_broken_pipe_is_an_error(capsys, monkeypatch):
    def breaks(options):
        raise BrokenPipeError(errno.EPIPE, "Broken pipe")

    monkeypatch.setattr("autograder.__main__._doctor", breaks)
    assert "Broken pipe" in refused(capsys, "doctor")


def test_the_installed_command_does_nothing_where_its_own_workers_load_it():
    """As multiprocessing does in each of them, under this name."""
    runpy.run_path(str(ROOT / "autograder" / "command"), run_name="__mp_main__")
    with pytest.raises(SystemExit):
        runpy.run_path(str(ROOT / "autograder" / "command"), run_name="__main__")


def test_help_does_not_wait_for_nbgrader():
    code = (
        "import sys, autograder.__main__ as m\n"
        "try: m.main(['--help'])\n"
        "except SystemExit: pass\n"
        "assert 'nbgrader' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "example-class" in done.stdout


@pytest.mark.nbgrader
@pytest.mark.parametrize("command", ["grade", "feedback", "report", "similar"])
@pytest.mark.parametrize("released", [False, True], ids=["never released", "released"])
def test_an_empty_class_is_told_where_submissions_come_from(capsys, tmp_path, command, released):
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    shutil.copytree(ROOT / "source" / ASSIGNMENT, tmp_path / "source" / ASSIGNMENT)
    if released:
        shutil.copytree(ROOT / "release" / ASSIGNMENT, tmp_path / "release" / ASSIGNMENT)
        (tmp_path / "submitted").mkdir()
    before = digests(tmp_path)
    said = refused(capsys, command, ASSIGNMENT, "--course-root", tmp_path)
    assert f"Nobody has handed in anything for {ASSIGNMENT}" in said
    assert f"`nbgrader collect {ASSIGNMENT}`" in said
    assert digests(tmp_path) == before


def test_a_worker_that_reads_the_command_again_does_not_follow_it(monkeypatch):
    # as multiprocessing does in each process that it starts
    monkeypatch.setattr("sys.argv", ["autograder", "--help"])
    runpy.run_path(str(ROOT / "autograder" / "command"), run_name="__mp_main__")
