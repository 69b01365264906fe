"""What students get, file by file; and that the two lists of packages are one."""

import re
import shutil
import tomllib
import zipfile
from pathlib import Path

import nbformat
import pytest

from autograder.__main__ import main
from autograder.course_error import CourseError
from autograder.releasing.student_bundle import build_wheel, write_bundle

ROOT = Path(__file__).parents[2]

WHEEL = Path(__file__).with_name("wheel_holds.txt").read_text(encoding="utf-8").split()
BUNDLE = Path(__file__).with_name("bundle_holds.txt").read_text(encoding="utf-8").split()
ANSWERS = ("autograder", "source/", "tests/", "gradebook", "solution", "planted")


@pytest.mark.slow
def test_the_wheel_holds_exactly_the_allow_list(tmp_path):
    with zipfile.ZipFile(build_wheel(ROOT, tmp_path)) as wheel:
        held = sorted(wheel.namelist())
        assert held == sorted(WHEEL)
        assert not [name for name in held if any(word in name for word in ANSWERS)]
        for name in held:
            if name.endswith(".py"):
                text = wheel.read(name).decode()
                # a property that says which way a picture goes is none
                passes = re.search(r"def \w*backward\w*\((?!self\b)", text)
                assert not passes, f"{name} has a backward pass"
                assert not re.search(r"^\s*(from|import) autograder", text, re.MULTILINE), name
        assert "entry_points.txt" not in " ".join(held)


@pytest.mark.slow
def test_the_students_bundle_holds_exactly_the_allow_list(tmp_path):
    archive = write_bundle(ROOT, tmp_path / "one.zip")
    with zipfile.ZipFile(archive) as bundle:
        held = sorted(bundle.namelist())
        assert held == sorted(BUNDLE)
        notebooks = [name for name in held if name.endswith(".ipynb")]
        for name in notebooks:
            text = bundle.read(name).decode()
            for word in ("HIDDEN TESTS", "BEGIN SOLUTION", "STUDENTS SEE", "autograder"):
                assert word not in text, f"{name} holds {word}"
    assert archive.read_bytes() == write_bundle(ROOT, tmp_path / "two.zip").read_bytes()


@pytest.mark.parametrize(
    ("error", "line"),
    [("The wheel could not be built:\n\nso\nwhy", "built: why"), ("One line.", "One line.")],
)
def test_a_wheel_that_cannot_be_built_is_a_sentence(small, monkeypatch, capsys, error, line):
    def fails(root, folder):
        raise RuntimeError(error)

    monkeypatch.setattr("autograder.releasing.student_bundle.build_wheel", fails)
    assert main(["student", "--course-root", str(small)]) == 2
    assert capsys.readouterr().err.endswith(f"{line}\n")
    assert not list(small.glob("dist/*"))


SAID_OPENLY = {
    # costs, forward passes and steps: what the checks differentiate, and what they step with
    ("cost", "course/tasks/matrix/truth.py"),
    ("loss", "course/forward.py"),
    ("sgd_step", "course/tasks/training/truth.py"),
    ("update", "course/tasks/nodes/truth.py"),
    # a later unit takes up what an earlier one asked for
    ("relu", "release/10_find_the_bug/find_the_bug.ipynb"),
    ("sigmoid_prime", "release/07_activations/activations.ipynb"),
    # the pass by matrices opens with the names that the cells before it defined
    ("backward", "release/03_matrix_form/matrix_form.ipynb"),
    # the passes to mend are wrong in a line or two
    *((f"fix_{k}", "release/10_find_the_bug/find_the_bug.ipynb") for k in range(1, 9)),
}
"""(Task, file): solutions most of whose lines may stand in a file that students have."""


def solutions():
    """Yield (task, lines) of each solution in the instructors' notebooks, comments left out."""
    region = re.compile(r"### BEGIN SOLUTION\n(.*?)### (?:STUDENTS SEE|END SOLUTION)", re.DOTALL)
    for path in sorted(ROOT.glob("source/*/*.ipynb")):
        for cell in nbformat.read(path, as_version=4).cells:
            for text in region.findall(cell.source):
                lines = [line.strip() for line in text.splitlines()]
                lines = [line for line in lines if len(line) > 8 and not line.startswith("#")]
                if lines:
                    yield cell.metadata.nbgrader.grade_id, lines


def test_no_solution_stands_in_what_students_get(tmp_path):
    texts = {}
    for path in (*ROOT.glob("course/**/*.py"), *ROOT.glob("course/**/*.md")):
        texts[path.relative_to(ROOT).as_posix()] = path.read_text(encoding="utf-8")
    for path in ROOT.glob("release/*/*.ipynb"):
        cells = nbformat.read(path, as_version=4).cells
        texts[path.relative_to(ROOT).as_posix()] = "\n".join(cell.source for cell in cells)
    lines_of = {name: set(map(str.strip, text.splitlines())) for name, text in texts.items()}
    found = {
        (task, name)
        for task, lines in solutions()
        for name, held in lines_of.items()
        if sum(line in held for line in lines) >= 0.75 * len(lines)
    }
    assert len({task for task, _ in solutions()}) > 50
    assert found - SAID_OPENLY == set()
    # what is no longer true goes off the list
    assert SAID_OPENLY - found == set()


def test_a_bundle_without_a_release_is_refused(tmp_path):
    with pytest.raises(CourseError, match="the project's folder"):
        write_bundle(tmp_path, tmp_path / "dist" / "bundle.zip")
    (tmp_path / "pyproject.toml").touch()
    with pytest.raises(FileNotFoundError, match="make release"):
        write_bundle(tmp_path, tmp_path / "dist" / "bundle.zip")
    assert not (tmp_path / "dist").exists()


def test_a_course_folder_without_the_project_is_refused(small):
    with pytest.raises(CourseError, match=r"pyproject\.toml: .* the project's folder"):
        write_bundle(small, small / "dist" / "bundle.zip")
    assert not (small / "dist").exists()


@pytest.fixture
def small(tmp_path):
    """The project with one unit and one released notebook, which a test may spoil."""
    for step in ("source", "release"):
        shutil.copytree(ROOT / step / "00_start_here", tmp_path / step / "00_start_here")
    return tmp_path


def spoilt(path, change):
    notebook = nbformat.read(path, as_version=4)
    change(notebook)
    nbformat.write(notebook, path)


def with_an_output(notebook):
    cell = next(cell for cell in notebook.cells if cell.cell_type == "code")
    cell.outputs = [nbformat.v4.new_output("stream", text="the answer is 42")]


def with_a_mark(notebook):
    notebook.cells[-1].source += "\n### BEGIN SOLUTION"


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda at: shutil.copy(at, at.with_name("mine.ipynb")), "no notebook of that name"),
        (lambda at: spoilt(at, with_an_output), "outputs of a run"),
        (lambda at: spoilt(at, with_a_mark), "holds 'BEGIN SOLUTION'"),
        (
            lambda at: shutil.copy(at.parents[2] / "source" / at.parent.name / at.name, at),
            "holds '",
        ),
        (lambda at: at.write_text("{}"), "is not a notebook"),
    ],
)
def test_what_is_no_fresh_release_is_refused_and_the_bundle_from_before_stays(small, spoil, said):
    archive = small / "dist" / "bundle.zip"
    archive.parent.mkdir()
    archive.write_bytes(b"the last bundle")
    spoil(small / "release" / "00_start_here" / "start_here.ipynb")
    with pytest.raises(CourseError, match=said):
        write_bundle(small, archive)
    assert archive.read_bytes() == b"the last bundle"


def requirements(lines):
    """Return name -> version range of requirement lines, names in one spelling."""
    split = (re.match(r"\s*(?:- )?([A-Za-z0-9_.-]+?)\s*([<>=!~].*)?$", line) for line in lines)
    return {m[1].lower().replace("_", "-"): (m[2] or "").strip() for m in split if m}


def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_environment_and_pyproject_name_the_same_packages_and_versions():
    text = (ROOT / "environment.yml").read_text(encoding="utf-8")
    conda = requirements(text.partition("dependencies:")[2].splitlines())
    assert conda.pop("python") == project()["requires-python"]
    conda.pop("pip")
    assert conda == requirements(project()["dependencies"])


def test_the_packages_ordered_are_there():
    ordered = {"jupyterlab", "numpy", "matplotlib", "nbgrader", "ipywidgets"}
    assert ordered <= set(requirements(project()["dependencies"]))


def test_constraints_pin_every_package_named_within_its_range():
    pins = requirements((ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines())
    extras = project()["optional-dependencies"].values()
    named = requirements([*project()["dependencies"], *(line for e in extras for line in e)])
    for name, allowed in named.items():
        assert name in pins, f"{name} is not pinned in constraints.txt"
        version = tuple(map(int, pins[name].removeprefix("==").split(".")[:2]))
        for bound in allowed.split(","):
            limit = tuple(map(int, bound.lstrip("<>=").split(".")))
            if bound.startswith(">="):
                assert version >= limit[:2], (name, version, allowed)
            else:
                assert version[: len(limit)] < limit, (name, version, allowed)


def test_no_file_names_a_registry():
    # put together here, so that this file does not name one either
    hosts = ["pypi." + "org", "python" + "hosted.org", "registry." + "npmjs", "index" + "-url"]
    for path in [*ROOT.glob("*.*"), ROOT / "Makefile", *ROOT.glob(".ci/*")]:
        if path.is_file() and path.suffix not in {".db", ".png"}:
            text = path.read_text(encoding="utf-8", errors="replace")
            assert not [host for host in hosts if host in text], path
