import json

import pytest

from course.lab import lab_arguments, lay_out


@pytest.fixture
def release(tmp_path):
    unit = tmp_path / "release" / "05_two_layer"
    unit.mkdir(parents=True)
    (unit / "two_layer.ipynb").write_text("released")
    (unit / ".ipynb_checkpoints").mkdir()
    (unit / ".ipynb_checkpoints" / "two_layer-checkpoint.ipynb").write_text("stale")
    return tmp_path / "release"


def test_new_notebooks_are_laid_out_and_a_students_work_is_never_touched(release, tmp_path):
    work = tmp_path / "work"
    assert lay_out(release, work) == [work / "05_two_layer" / "two_layer.ipynb"]
    mine = work / "05_two_layer" / "two_layer.ipynb"
    mine.write_text("my answers")
    (release / "05_two_layer" / "two_layer.ipynb").write_text("released again")
    (release / "06").mkdir()
    (release / "06" / "deep.ipynb").write_text("new unit")
    assert lay_out(release, work) == [work / "06" / "deep.ipynb"]
    assert mine.read_text() == "my answers"
    (release / "README.md").write_text("contents, second edition")
    assert lay_out(release, work) == []
    assert (work / "README.md").read_text() == "contents, second edition"
    assert not list(work.rglob("*checkpoint*"))


def test_a_folder_without_a_release_is_said(tmp_path):
    with pytest.raises(FileNotFoundError, match="there is no such folder"):
        lay_out(tmp_path / "release", tmp_path / "work")


def test_the_lab_is_quiet(tmp_path):
    arguments = lab_arguments(tmp_path, ["--no-browser"])
    assert arguments[-1] == "--no-browser"
    settings = next(a for a in arguments if "app_settings_dir" in a).partition("=")[2]
    with open(f"{settings}/overrides.json") as file:
        overrides = json.load(file)
    news = overrides["@jupyterlab/apputils-extension:notification"]
    assert news == {"checkForUpdates": False, "fetchNews": "false"}
