"""The command itself killed at random moments, sealed, with the real grader: nothing is lost."""

import json
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress

import nbformat
import psutil
import pytest

from autograder.__main__ import main
from autograder.gradebook.autograded import MARK
from autograder.seal.zygote_process import ZygoteProcess

from ..conftest import NOTEBOOK, digests
from ..gradebook.tables import tables_of
from .standin import ASSIGNMENT, ROOT

pytestmark = [pytest.mark.nbgrader, pytest.mark.slow]

STUDENTS = 8
SEED = 16


def start(root):
    return subprocess.Popen(
        [sys.executable, "-m", "autograder", "grade", ASSIGNMENT, "--course-root", str(root),
         "--workers", "2"],
        cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def grade(root):
    """Grade to the end; return how long it took."""
    before = time.monotonic()
    with start(root) as run:
        said = run.stderr.read()
    assert run.returncode == 0, said
    return time.monotonic() - before


def change(root, student, turn):
    """Hand in the student's notebook once more, with a cell that makes it other work."""
    path = root / "submitted" / student / ASSIGNMENT / NOTEBOOK
    notebook = nbformat.read(path, as_version=4)
    cells = [one for one in notebook.cells if not one.source.startswith("turn = ")]
    cell = nbformat.v4.new_code_cell(f"turn = {turn}")
    cell.id = f"turn-{turn}"
    notebook.cells = [cell, *cells]
    nbformat.write(notebook, path)


def tables(root):
    return tables_of(f"sqlite:///{root / 'gradebook.db'}")


def assert_sound(root):
    """Whatever is there is whole: rows of whole submissions, folders with whole notebooks."""
    found = tables(root)
    assert set(found["stray"].values()) == {0}
    cells = [row[1:4] for row in found["grade"]]
    assert len(set(cells)) == len(cells)
    per_student = {student: 0 for student, *_ in cells}
    for student, *_ in cells:
        per_student[student] += 1
    assert len({*per_student.values()}) <= 1
    for folder in root.glob(f"autograded/[!.]*/{ASSIGNMENT}"):
        assert json.loads((folder / NOTEBOOK).read_text())["nbformat"] == 4
        assert (folder / "timestamp.txt").is_file()


@pytest.mark.nightly
def test_killed_at_random_moments_the_class_is_as_if_undisturbed(tmp_path, request):
    kills = request.config.getoption("--kills")
    rng = random.Random(SEED)
    root = tmp_path / "class"
    words = ["--students", str(STUDENTS), "--seed", "3", "--course-root", str(root)]
    assert main(["example-class", ASSIGNMENT, *words]) == 0
    fresh = shutil.copytree(root, tmp_path / "fresh")
    whole = grade(root)
    able = [path.parts[-3] for path in sorted(root.glob(f"submitted/*/{ASSIGNMENT}/{NOTEBOOK}"))]
    killed = turn = 0
    while killed < kills:
        turn += 1
        assert turn < 3 * kills, "the runs are through before they are killed"
        # so that there is work at every moment, also for the next run
        for student in rng.sample(able, 5):
            change(root, student, turn)
        with start(root) as run:
            time.sleep(rng.uniform(0.1, 0.9) * whole)
            started = psutil.Process(run.pid).children(recursive=True)
            run.kill()
            run.stderr.read()
        killed += run.returncode == -9
        # workers, and the sandboxes of workers
        _, alive = psutil.wait_procs(started, timeout=10)
        assert alive == []
        assert_sound(root)
    grade(root)

    for name in ("submitted", ".grader_key"):
        if (fresh / name).is_dir():
            shutil.rmtree(fresh / name)
        copy = shutil.copytree if (root / name).is_dir() else shutil.copy
        copy(root / name, fresh / name)
    grade(fresh)
    assert tables(root) == tables(fresh)
    assert digests(root / "autograded") == digests(fresh / "autograded")
    assert {path.name for path in root.iterdir()} == {path.name for path in fresh.iterdir()}


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    root = tmp_path_factory.mktemp("killed") / "class"
    words = ["--students", str(STUDENTS), "--seed", "3", "--course-root", str(root)]
    assert main(["example-class", ASSIGNMENT, *words]) == 0
    return root


@pytest.mark.alone
@pytest.mark.parametrize(
    ("graded", "seconds"), [(0, 0), (0, 0.3), (0, 0.6), (0, 0.9), (0, 1.2), (0, 1.6), (1, 0)]
)
def test_ctrl_c_ends_a_sealed_run_at_once_with_all_its_processes(
    example, tmp_path, graded, seconds
):
    """While all is imported and the sandboxes start, and in the middle of the class."""
    root = shutil.copytree(example, tmp_path / "class")
    with start(root) as run:
        sandboxes = []
        while not sandboxes or len(list(root.glob(f"autograded/*/{ASSIGNMENT}/{MARK}"))) < graded:
            time.sleep(0.02)
            # some of them are gone before they have been asked for their names
            with suppress(psutil.NoSuchProcess):
                started = psutil.Process(run.pid).children(recursive=True)
                sandboxes = [one for one in started if one.name() == "bwrap"]
        time.sleep(seconds)
        started = psutil.Process(run.pid).children(recursive=True)
        pressed = time.monotonic()
        run.send_signal(signal.SIGINT)
        said = run.stderr.read()
        took = time.monotonic() - pressed
    print(f"Ctrl-C took {took:.2f} s.")
    assert took < 2
    assert run.returncode == 130
    assert "Traceback" not in said and "stopped; " in said
    _, alive = psutil.wait_procs(started, timeout=10)
    assert alive == []


def test_what_is_graded_already_starts_no_sandbox(example, tmp_path, monkeypatch):
    root = shutil.copytree(example, tmp_path / "class")
    grade(root)
    started = []
    monkeypatch.setattr(ZygoteProcess, "__init__", lambda *_, **__: started.append(1))
    assert main(["grade", ASSIGNMENT, "--course-root", str(root), "--workers", "2"]) == 0
    assert not started
