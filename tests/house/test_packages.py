"""What students get, file by file; and that the two lists of packages are one."""

import re
import tomllib
import zipfile
from pathlib import Path

import pytest

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


def test_a_bundle_without_a_release_is_refused(tmp_path):
    with pytest.raises(FileNotFoundError, match="make release"):
        write_bundle(tmp_path, tmp_path / "bundle.zip")


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
            text = path.read_text(encoding="utf-8")
            assert not [host for host in hosts if host in text], path
