"""The outlines of a task and of a unit: where they go, and what is refused."""

import ast
import shutil

import nbformat
import pytest

from autograder.__main__ import main
from autograder.authoring.clone import TEMPLATES, Clone
from autograder.authoring.new_task import new_task
from autograder.authoring.new_unit import new_unit
from autograder.course_error import CourseError
from course.tasks import UNITS

from ..conftest import ROOT, digests

LISTS = ("wheel_holds.txt", "bundle_holds.txt")


def clone_with(unit, place):
    """Copy into a folder what the outline of a task of that unit is written into."""
    names = [
        *(path.relative_to(ROOT) for path in ROOT.glob(f"course/tasks/{unit}/*.py")),
        *(path.relative_to(ROOT) for path in ROOT.glob(f"source/{UNITS[unit]}/*.ipynb")),
        "course/tasks/__init__.py",
        f"autograder/solutions/{unit}.py",
        f"autograder/planted/{unit}.py",
        f"tests/proof/units/{unit}.py",
        f"tests/course/tasks/test_{unit}.py",
        *(f"tests/house/{name}" for name in LISTS),
        "pyproject.toml",
    ]
    for name in names:
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, place / name)
    return place


@pytest.fixture
def clone(tmp_path):
    return clone_with("start", tmp_path)


@pytest.mark.parametrize("unit", UNITS)
def test_an_outline_fits_into_every_unit(unit, tmp_path):
    clone_with(unit, tmp_path)
    before = digests(tmp_path)
    files = new_task(tmp_path, f"{unit}.brand_new", points=3)
    after = digests(tmp_path)
    assert {name for name in after if after[name] != before.get(name)} == set(files)
    assert f"course/tasks/{unit}/brand_new.py" in files and len(files) == 8
    for name in files:
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert "UNFINISHED" in text or "brand_new" in text
        if name.endswith(".py"):
            ast.parse(text)
    (notebook,) = (name for name in files if name.endswith(".ipynb"))
    cells = nbformat.read(tmp_path / notebook, as_version=4).cells
    nbformat.validate(nbformat.read(tmp_path / notebook, as_version=4))
    ids = [cell.id for cell in cells]
    place = ids.index("brand-new-text")
    assert ids[place + 1 : place + 3] == ["brand_new", "check_brand_new"]
    assert cells[place + 2].metadata.nbgrader.points == 3
    # everything that was there still is, in its order
    old = [cell.id for cell in nbformat.read(ROOT / notebook, as_version=4).cells]
    assert [one for one in ids if one in old] == old
    tasks = (tmp_path / "course" / "tasks" / unit / "__init__.py").read_text(encoding="utf-8")
    (listed,) = (
        node.value
        for node in ast.parse(tasks).body
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "TASKS"
    )
    assert listed.elts[-1].id == "BRAND_NEW_TASK"


@pytest.mark.parametrize(
    ("task_id", "said"),
    [
        ("slopes", "must be UNIT.NAME"),
        ("start.", "must be UNIT.NAME"),
        ("start.1st", "must be UNIT.NAME"),
        ("start.class", "must be UNIT.NAME"),
        ("start.a b", "must be UNIT.NAME"),
        ("start.../x", "must be UNIT.NAME"),
        ("start.süd", "must be UNIT.NAME"),
        ("../x.slopes", "must be UNIT.NAME"),
        ("stort.slopes", "nearest is 'start'"),
        ("start.affine", "has one: take another name"),
        ("start.setup", "has cells of it"),
        ("start.kinds", "there is one already"),
    ],
)
def test_an_id_that_is_not_fit_is_refused_and_nothing_written(clone, task_id, said):
    (clone / "course" / "tasks" / "start" / "kinds.py").write_text("")
    before = digests(clone)
    with pytest.raises(CourseError, match=said):
        new_task(clone, task_id)
    assert digests(clone) == before


def test_a_second_outline_of_the_same_task_is_refused(clone):
    new_task(clone, "start.brand_new")
    before = digests(clone)
    with pytest.raises(CourseError, match="take another name"):
        new_task(clone, "start.brand_new")
    new_task(clone, "start.others")
    assert digests(clone) != before
    assert "BRAND_NEW_TASK, OTHERS_TASK" in (clone / "course/tasks/start/__init__.py").read_text()


@pytest.mark.parametrize(
    ("folder", "task_id", "said"),
    [
        ("regression", "regression.fit", "two digits and a name"),
        ("../12_x", "regression.fit", "two digits and a name"),
        ("12_x/..", "regression.fit", "two digits and a name"),
        ("05_regression", "regression.fit", "Got '05'"),
        ("12_regression", "start.fit", "Got 'start'"),
        ("12_regression", "regression", "must be UNIT.NAME"),
        ("12_regression", "Regression.fit", "lower-case"),
        ("12_regression", "class.fit", "lower-case"),
        ("12_regression", "regression.1", "must be UNIT.NAME"),
    ],
)
def test_a_unit_that_is_not_fit_is_refused_and_nothing_written(clone, folder, task_id, said):
    before = digests(clone)
    with pytest.raises(CourseError, match=said):
        new_unit(clone, folder, task_id)
    assert digests(clone) == before


def test_a_unit_gets_its_files_and_its_place(clone):
    files = new_unit(clone, "12_regression", "regression.fit", points=4)
    assert Clone(clone).units() == {**UNITS, "regression": "12_regression"}
    assert list(Clone(clone).units().values()) == sorted(Clone(clone).units().values())
    assert "source/12_regression/regression.ipynb" in files
    for name in LISTS:
        lines = (clone / "tests" / "house" / name).read_text().splitlines()
        assert lines == sorted(lines)
        assert [line for line in lines if "regression" in line]
    for name in files:
        if name.endswith(".py"):
            ast.parse((clone / name).read_text(encoding="utf-8"))


def test_a_folder_that_is_no_clone_is_refused_in_a_sentence(tmp_path, capsys):
    assert main(["new-task", "start.brand_new", "--course-root", str(tmp_path)]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "it is no clone of the project" in line
    assert main(["new-unit", "12_a", "a.b", "--course-root", str(tmp_path), "--points", "0"]) == 2
    assert "a whole number from 1 on is needed" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_the_command_says_what_it_wrote_and_how_to_go_on(clone, capsys):
    assert main(["new-task", "start.brand_new", "--course-root", str(clone)]) == 0
    printed = capsys.readouterr().out
    assert "course/tasks/start/brand_new.py\n" in printed
    assert "-k start.brand_new" in printed


def test_a_file_that_lists_nothing_is_said(clone):
    (clone / "autograder" / "planted" / "start.py").write_text("MISTAKES = dict()\n")
    with pytest.raises(CourseError, match="assigns no tuple, list or dictionary to MISTAKES"):
        new_task(clone, "start.brand_new")


def test_templates_say_what_is_to_be_done_wherever_something_is():
    texts = [path.read_text(encoding="utf-8") for path in TEMPLATES.iterdir()]
    assert len(texts) > 10
    for text in texts:
        if "NotImplementedError" in text:
            assert "UNFINISHED" in text
