"""Who imports whom, and what an import costs."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

import course

ROOT = Path(__file__).parents[2]


def imported(path):
    """Yield the dotted names that a Python file imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")


def test_course_never_imports_autograder():
    files = sorted((ROOT / "course").rglob("*.py"))
    assert len(files) > 10
    for path in files:
        for name in imported(path):
            assert not name.startswith("."), f"{path}: write `from course.…`, not {name}"
            assert name.partition(".")[0] != "autograder", f"{path} imports {name}"
        # the wheel must not even carry the name as a module to be found at run time
        assert 'import_module("autograder' not in path.read_text(encoding="utf-8")


def test_autograder_imports_course():
    names = {n for path in (ROOT / "autograder").rglob("*.py") for n in imported(path)}
    assert any(name.partition(".")[0] == "course" for name in names)


def test_public_names_are_pinned():
    assert course.__all__ == [
        "ChainGraph",
        "DecisionBoundary",
        "DeltasByDepth",
        "DescentPath",
        "Finding",
        "NetworkView",
        "Picture",
        "Score",
        "SoftmaxView",
        "WeightUpdate",
        "activation_curves_picture",
        "active_units_picture",
        "central_difference",
        "check",
        "complex_step_gradient",
        "confusion_picture",
        "digits",
        "five_notations",
        "images_picture",
        "jacobian_picture",
        "lines_picture",
        "network_picture",
        "pass_costs_picture",
        "progress",
        "progress_bar",
        "show_hints",
        "sigmoid_slope_picture",
        "softmax_picture",
        "spirals",
        "tangent_picture",
        "to_be_written",
        "two_costs_picture",
        "two_moons",
        "value_graph_picture",
        "waiting_for",
    ]
    for name in course.__all__:
        assert getattr(course, name).__doc__
    with pytest.raises(AttributeError, match="it offers"):
        course.nothing  # noqa: B018


MEASURE = """
import json, sys, time
import numpy
before = set(sys.modules)
# of this process alone: a machine that is busy otherwise makes no import heavy
started = time.process_time()
import course
seconds = time.process_time() - started
print(json.dumps([seconds, sorted({m.partition(".")[0] for m in set(sys.modules) - before})]))
"""


def test_import_is_light():
    runs = []
    for _ in range(3):
        done = subprocess.run([sys.executable, "-c", MEASURE], capture_output=True, check=True)
        runs.append(json.loads(done.stdout))
    heavy = {"matplotlib", "ipywidgets", "anywidget", "jinja2", "IPython", "traitlets"}
    assert not heavy & set(runs[0][1])
    assert min(seconds for seconds, _ in runs) < 0.3
