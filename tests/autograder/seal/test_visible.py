"""Which packages of this machine a sealed process sees, and which it does not."""

from dataclasses import replace
from pathlib import Path

import pytest

from autograder.seal import Limits, Sandbox, SealError, bubblewrap, visible
from tests.autograder.seal.conftest import ENTRY, ENTRY_FOLDER, Tried


def test_the_needs_of_the_course_are_followed_and_nothing_else():
    seen = set(visible.distributions())
    assert {"numpy", "matplotlib", "ipython", "traitlets", "pillow", "psygnal"} <= seen
    assert not seen & {"nbgrader", "pytest", "jupyterlab", "autograd", "pip", "backprop-course"}


def test_the_course_is_seen_without_its_tasks():
    entries = visible.course_entries()
    assert "driving/__init__.py" in entries
    assert not {"tasks", "__pycache__"} & {name.partition("/")[0] for name in entries}


def test_a_package_that_is_not_here_is_named():
    with pytest.raises(SealError, match=r"'no-such-package'.*c\.Seal\.packages"):
        visible.distributions(["no-such-package"])


@pytest.mark.parametrize("name", ["nbgrader", "backprop-course"])
def test_the_grader_is_not_seen_even_where_it_is_asked_for(name):
    assert not {"autograder", "nbgrader", "course"} & set(visible.site_entries([name]))


def test_a_distribution_without_a_list_of_files_is_found_by_its_modules(tmp_path, monkeypatch):
    info = tmp_path / "bare_thing-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: bare-thing\nVersion: 1.0\n")
    (tmp_path / "bare_thing.py").write_text("")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert visible.site_entries(["bare-thing"])["bare_thing.py"] == tmp_path / "bare_thing.py"


@pytest.mark.slow
def test_what_the_configuration_adds_is_seen():
    data = Path(__file__).with_name("entry")
    if Path("/tmp") in data.parents:
        pytest.skip("the project lies in /tmp, of which nothing can be added")
    limits = replace(Limits(), packages=("hypothesis",), paths=(str(data),))
    with (
        Sandbox(limits, entry=ENTRY, entry_folder=ENTRY_FOLDER) as sandbox,
        sandbox.fork() as fork,
    ):
        tried = Tried(fork)
        assert tried("import hypothesis; result = 1") == {"result": 1}
        path = str(data / "tried.py")
        assert tried(f"result = len(open({path!r}).read()) > 10") == {"result": True}
        assert tried(f"open({path!r}, 'w')")["raised"] in ("OSError", "PermissionError")


def test_a_path_that_is_not_there_is_named():
    for path in ("relative", "/no/such/folder", "/tmp"):
        with pytest.raises(SealError, match=r"c\.Seal\.paths"):
            bubblewrap.arguments(replace(Limits(), paths=(path,)))
