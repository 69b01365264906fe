"""Nothing in a sealed process gives the true gradients, or judges: on disk, in memory, by import.

What is asked is what a student would try. The hidden files are listed on this side, from what
the allow list leaves out, so that a module added to the course is looked for as well.
"""

import ast
import json
from pathlib import Path

import pytest

from autograder.seal import visible

COURSE = visible.course_folder()
SEEN = set(visible.course_entries())
HIDDEN = sorted(
    path.relative_to(COURSE).as_posix()
    for path in COURSE.rglob("*")
    if path.is_file() and "__pycache__" not in path.parts
    if path.relative_to(COURSE).as_posix() not in SEEN
)
# served in their place, by modules of `inside`
SERVED = {"course.checking", "course.demos", "course.tasks"}


def module_of(file):
    return ".".join(["course", *Path(file).with_suffix("").parts]).removesuffix(".__init__")


def definitions(files):
    """Return the names of all functions and classes in Python files of the course."""
    trees = (ast.parse((COURSE / file).read_text(encoding="utf-8")) for file in files)
    kinds = ast.FunctionDef | ast.ClassDef
    return {node.name for tree in trees for node in ast.walk(tree) if isinstance(node, kinds)}


HIDDEN_MODULES = [module_of(file) for file in HIDDEN if file.endswith(".py")]
SEEN_PYTHON = sorted(file for file in SEEN if file.endswith(".py"))
ONLY_HIDDEN = definitions(f for f in HIDDEN if f.endswith(".py")) - definitions(SEEN_PYTHON)


def test_the_lists_compared_are_not_empty():
    assert {"tasks/__init__.py", "mistakes/network.py", "judging.py", "trials.py"} <= set(HIDDEN)
    assert {"demos/network_truth.py", "demos/deltas_numbers.py"} <= set(HIDDEN)
    assert len(ONLY_HIDDEN) > 300
    assert {"judge", "diagnose", "find_mistake", "score_on", "gradients_of"} <= ONLY_HIDDEN


def test_no_hidden_module_can_be_imported(run):
    code = f"""
        import importlib
        result = []
        for name in {HIDDEN_MODULES!r}:
            try:
                module = importlib.import_module(name)
            except ModuleNotFoundError:
                continue
            result.append([name, module.__name__])
    """
    found = run(code)["result"]
    assert {name for name, _ in found} == SERVED
    assert all(really.startswith("inside.served_") for _, really in found)


@pytest.mark.parametrize(
    "code",
    [
        "from course.mistakes.network import network",
        "from course.demos.network_truth import true_values",
        "from course.demos.deltas_numbers import *",
        "from course import mistakes",
        "import course; course.mistakes.network",
        "import course; course.demos.network_truth",
        "import course; course.judging",
        "import importlib, sys; sys.modules.pop('course.mistakes', 0); import course.mistakes",
        "import sys; del sys.modules['course.demos']; import course.demos.network_truth",
        "import sys; del sys.modules['course.tasks']; import course.tasks.two_layer",
        "import sys; del sys.modules['course.checking']; import course.checking",
    ],
)
def test_no_way_of_importing_leads_there(run, code):
    said = run(code)
    assert said["raised"] in ("ModuleNotFoundError", "AttributeError", "ImportError"), said


def test_every_module_that_can_be_imported_is_one_of_those_to_be_seen(run):
    code = """
        import importlib, pkgutil, sys
        import course
        for found in pkgutil.walk_packages(course.__path__, "course."):
            importlib.import_module(found.name)
        result = [
            [name, getattr(module, "__name__", ""), getattr(module, "__file__", "")]
            for name, module in sys.modules.items()
            if name.partition(".")[0] == "course" and module is not None
        ]
    """
    found = run(code)["result"]
    real = [(name, file) for name, _, file in found if name not in SERVED]
    assert {name for name, _ in real} == {module_of(file) for file in SEEN_PYTHON}
    assert all(file.startswith("/seal/site/course/") for _, file in real)
    assert {name for name, *_ in found} - {name for name, _ in real} == SERVED


def test_no_hidden_file_lies_anywhere(run):
    code = """
        import os
        result = [
            os.path.join(folder, name)
            for folder, folders, names in os.walk("/")
            for name in names
            if "course" in folder.split("/")
        ]
    """
    found = run(code)["result"]
    inside = {path.removeprefix("/seal/site/course/") for path in found}
    # whoever names files of another package so has them elsewhere; compiled files would be here
    assert inside == SEEN


def test_no_file_that_is_there_holds_a_hidden_text(run):
    docs = [
        ast.get_docstring(ast.parse((COURSE / file).read_text(encoding="utf-8")))
        for file in HIDDEN
        if file.endswith(".py")
    ]
    first = sorted({doc.splitlines()[0] for doc in docs if doc})
    assert len(first) > 50
    code = f"""
        import json, os
        lines = [line.encode() for line in json.loads({json.dumps(first)!r})]
        result, read = [], 0
        for top in ("/seal/site/course", "/seal/inside", "/seal/entry", "/etc", "/tmp"):
            for folder, _, names in os.walk(top):
                for name in names:
                    path = os.path.join(folder, name)
                    with open(path, "rb") as file:
                        text = file.read()
                    read += 1
                    result += [[path, line.decode()] for line in lines if line in text]
        result = [result, read]
    """
    found, read = run(code)["result"]
    assert found == []
    assert read > len(SEEN)


def test_no_file_of_python_elsewhere_is_the_courses(run):
    code = """
        import os
        words = [b"course.mistakes", b"course.tasks", b"course.demos.", b"course.judging"]
        result = []
        for folder, _, names in os.walk("/seal/site"):
            for name in names:
                path = os.path.join(folder, name)
                if name.endswith((".py", ".pyc", ".pth", "RECORD")) and os.path.isfile(path):
                    with open(path, "rb") as file:
                        text = file.read()
                    result += [path for word in words if word in text]
        result = sorted(set(result))
    """
    # the late imports, which lead to what the host serves, or nowhere
    names = {path.removeprefix("/seal/site/course/") for path in run(code, seconds=60)["result"]}
    assert names <= {"__init__.py", "score.py", "progress_table.py"}


@pytest.mark.slow
def test_no_function_in_memory_is_a_hidden_one(run):
    code = """
        import gc, sys, types
        gc.unfreeze()
        seen, waiting, files, names = set(), gc.get_objects(), set(), set()
        waiting += list(sys.modules.values())
        known = ("/seal/", "<frozen ")
        while waiting:
            here = waiting.pop()
            if id(here) in seen:
                continue
            seen.add(id(here))
            if isinstance(here, types.FunctionType):
                waiting.append(here.__code__)
            if isinstance(here, types.CodeType):
                files.add(here.co_filename)
                waiting += [held for held in here.co_consts if isinstance(held, types.CodeType)]
                if not here.co_filename.startswith(known) or "/course/" in here.co_filename:
                    names.add(here.co_name)  # also where its file has another name
            elif gc.is_tracked(here):
                waiting += gc.get_referents(here)
        result = [len(seen), sorted(files), sorted(names)]
    """
    count, files, names = run(code, seconds=60)["result"]
    assert count > 50_000
    assert "/seal/site/course/trying.py" in files
    own = {name.removeprefix("/seal/site/course/") for name in files if "/course/" in name}
    assert own <= set(SEEN_PYTHON)
    assert not {name for name in files if str(COURSE.parent) in name}
    assert "slope_by" in names
    assert sorted(ONLY_HIDDEN & set(names)) == []


def test_no_frame_below_holds_more(run):
    code = """
        import sys
        result, frame = [], sys._getframe()
        while frame:
            result.append([frame.f_code.co_filename, frame.f_globals.get("__name__", "")])
            result += [
                [getattr(held, "__module__", None) or "", str(name)]
                for name, held in frame.f_locals.items()
            ]
            frame = frame.f_back
    """
    places = [place for place, _ in run(code)["result"]]
    assert any(place.startswith("/seal/inside/zygote.py") for place in places)
    assert not [place for place in places if place in HIDDEN_MODULES or str(COURSE) in place]
