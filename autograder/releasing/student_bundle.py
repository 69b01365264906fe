"""The students' bundle: one archive with all that a student needs, and nothing else."""

import subprocess
import sys
import tempfile
import zipfile
from importlib.util import find_spec
from pathlib import Path

import nbformat

from autograder.course_error import CourseError

MARKS = ("BEGIN SOLUTION", "BEGIN HIDDEN TESTS", "STUDENTS SEE", "autograder")
"""What stands in an instructors' notebook and never in a released one."""

README = Path(__file__).with_name("student_readme.md")


def _refuse_other(root):
    """Raise CourseError for a folder that is not the project's."""
    if not (Path(root) / "pyproject.toml").is_file():
        raise CourseError(
            f"Got {root}, which holds no pyproject.toml: the students' bundle holds the course "
            "itself, and is made in the project's folder."
        )


def build_wheel(root, folder):
    """Build the wheel of `course` from the project at `root` into `folder`; return its path.

    Raises CourseError where there is no project, and RuntimeError with the builder's own words
    where it fails.
    """
    _refuse_other(root)
    if find_spec("hatchling") is None:
        raise RuntimeError("The wheel could not be built: hatchling is needed, `make install`.")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True)
    wheels = sorted(Path(folder).glob("*.whl"))
    if done.returncode or len(wheels) != 1:
        raise RuntimeError(f"The wheel could not be built:\n{done.stdout}{done.stderr}")
    return wheels[0]


def write_bundle(root, archive):
    """Write the students' bundle of the project at `root` to `archive` and return its path.

    It holds the wheel of `course`, the released notebooks and their contents page,
    environment.yml and a short README, under one folder. Same input, same bytes. Raises
    FileNotFoundError where there is no release yet, and CourseError where a notebook in it is
    none that `make release` leaves there, or `root` is not the project; a bundle made before stays.
    """
    root, archive = Path(root), Path(archive)
    notebooks = sorted((root / "release").glob("*/*.ipynb"))
    released = [*sorted((root / "release").glob("README.md")), *notebooks]
    if not notebooks:
        _refuse_other(root)
        raise FileNotFoundError(
            f"Got {root / 'release'}, but it holds no notebooks: run `make release` first."
        )
    for path in notebooks:
        _refuse_unless_released(path, root)
    with tempfile.TemporaryDirectory() as folder:
        wheel = build_wheel(root, folder)
        archive.parent.mkdir(parents=True, exist_ok=True)
        # the wheel by its full name: not every shell fills in a *
        words = README.read_text(encoding="utf-8").replace("WHEEL", wheel.name)
        files = {
            "README.md": words.encode(),
            "environment.yml": (root / "environment.yml").read_bytes(),
            wheel.name: wheel.read_bytes(),
            **{path.relative_to(root).as_posix(): path.read_bytes() for path in released},
        }
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as bundle:
            for name, data in files.items():
                # ZipInfo's fixed date keeps the bytes the same
                info = zipfile.ZipInfo(f"backprop-course/{name}")
                info.external_attr = 0o644 << 16
                bundle.writestr(info, data, zipfile.ZIP_DEFLATED)
    return archive


def _refuse_unless_released(path, root):
    """Raise CourseError for a notebook that might give an answer away."""
    way_out = "run `make release`, and keep other notebooks out of release/."
    if not (root / "source" / path.parent.name / path.name).is_file():
        raise CourseError(f"Got {path}, but source/ holds no notebook of that name: {way_out}")
    text = path.read_text(encoding="utf-8")
    for mark in MARKS:
        if mark in text:
            raise CourseError(f"Got {path}, which holds {mark!r}: {way_out}")
    try:
        cells = nbformat.reads(text, as_version=4).cells
    except (ValueError, AttributeError, nbformat.ValidationError) as error:
        raise CourseError(f"Got {path}, which is not a notebook ({error}): {way_out}") from error
    if any(cell.get("outputs") for cell in cells):
        raise CourseError(f"Got {path}, which holds outputs of a run: {way_out}")
