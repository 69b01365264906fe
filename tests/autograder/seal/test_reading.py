"""What a sealed process can read: Python, what notebooks import, and nothing of the host's."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


def test_a_planted_file_is_not_there(run, tmp_path):
    (tmp_path / "planted").write_text("secret")
    said = run(f"result = open({str(tmp_path / 'planted')!r}).read()")
    assert said["raised"] == "FileNotFoundError"


@pytest.mark.parametrize(
    "path",
    [ROOT / name for name in ("source", "release", "autograder", "tests", "nbgrader_config.py")]
    + [Path.home(), Path("/proc"), Path("/sys"), Path("/etc/shadow"), Path("/etc/hostname")]
    + [Path("/home"), Path("/root"), Path("/var"), Path("/run"), Path("/usr/bin")],
)
def test_nothing_of_the_host_is_there(run, path):
    said = run(f"import os; result = os.path.exists({str(path)!r})")
    assert said == {"result": False}


def test_the_root_holds_what_the_seal_put_there_and_no_more(run):
    said = run("import os; result = sorted(os.listdir('/')), sorted(os.listdir('/seal'))")
    root, seal = said["result"]
    assert set(root) <= {"dev", "etc", "lib", "lib64", "seal", "tmp", "usr"}
    assert seal == ["entry", "inside", "python", "site"]


def test_the_users_are_not_the_hosts(run):
    said = run("import pwd; result = [each.pw_name for each in pwd.getpwall()]")
    assert {*said["result"]} == {"student"}


def test_the_environment_is_not_the_hosts(run, monkeypatch):
    monkeypatch.setenv("PLANTED", "secret")
    names = run("import os; result = sorted(os.environ)")["result"]
    assert not {"PLANTED", "USER", "VIRTUAL_ENV"} & set(names)
    assert run("import os; result = os.environ['HOME']") == {"result": "/tmp/work"}


@pytest.mark.parametrize("name", ["course.tasks.two_layer", "autograder.solutions", "nbgrader"])
def test_what_knows_the_answers_cannot_be_imported(run, name):
    said = run(f"import importlib; importlib.import_module({name!r})")
    assert said["raised"] == "ModuleNotFoundError"


@pytest.mark.parametrize("name", ["torch", "autograd", "jax", "sympy", "pytest", "sqlalchemy"])
def test_what_would_differentiate_for_them_cannot_be_imported(run, name):
    assert run(f"import {name}")["raised"] == "ModuleNotFoundError"


def test_no_file_of_the_tasks_is_anywhere(run):
    code = """
        import os
        result = [
            os.path.join(folder, name)
            for top in ("/seal", "/tmp")
            for folder, folders, files in os.walk(top)
            for name in folders + files
            if "two_layer" in name or name in ("tasks", "truth.py", "solutions")
        ]
    """
    found = run(code)["result"]
    # other people's packages may have a folder "tasks"; none of it is the course's
    assert [path for path in found if "/course/" in path or "two_layer" in path] == []


@pytest.mark.parametrize(
    "name", ["numpy", "matplotlib.pyplot", "IPython", "ipywidgets", "anywidget", "course.driving"]
)
def test_what_notebooks_need_can_be_imported(run, name):
    assert run(f"import {name}; result = True") == {"result": True}


def test_memory_of_other_processes_cannot_be_read(run):
    code = f"""
        import ctypes, os
        libc = ctypes.CDLL(None, use_errno=True)
        libc.ptrace(16, {os.getpid()}, 0, 0)
        first = ctypes.get_errno()
        libc.process_vm_readv({os.getpid()}, None, 0, None, 0, 0)
        result = [first, ctypes.get_errno()]
    """
    assert run(code) == {"result": [1, 1]}
