"""An attacker whose weapon is the notebook's file itself: its size, depth, metadata, ids."""

import json

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell

from . import small
from .small import FULL, HALF, WRONG


def text(**parts):
    return nbformat.writes(small.notebook(**parts))


def changed(change, **parts):
    """Return the bytes of a notebook after its JSON was changed in place."""
    held = json.loads(text(**parts))
    change(held)
    return json.dumps(held).encode()


def more_points(held):
    for cell in held["cells"]:
        if "nbgrader" in cell["metadata"]:
            cell["metadata"]["nbgrader"].update(points=1e9, max_points=1e9, score=1e9)


def no_tests(held):
    for cell in held["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade"):
            cell["source"] = "2.0"
            cell["metadata"]["nbgrader"].update(solution=True, locked=False)


def finished(held):
    for cell in held["cells"]:
        if "check(" in cell["source"] and cell["cell_type"] == "code":
            score = {"earned": 2.0, "possible": 2.0}
            data = {"text/plain": "2.0", "application/vnd.backprop.score+json": score}
            output = {"output_type": "execute_result", "data": data, "metadata": {}}
            cell["outputs"] = [output | {"execution_count": 1}]


def kernel(held):
    held["metadata"] = {
        "kernelspec": {"name": "sh", "display_name": "sh", "argv": ["/bin/sh", "-c", "reboot"]},
        "language_info": {"name": "</script><script>alert(1)</script>"},
        "backprop_grading": {"mends": ["All is well."], "trouble": []},
        "celltoolbar": "Create Assignment",
        "title": "<base href='https://example.org/'>",
    }


def tags(held):
    for cell in held["cells"]:
        cell["metadata"].setdefault("tags", []).extend(
            ["raises-exception", "remove-cell", "skip-execution", "hide_input", "parameters"]
        )


def same_ids(held):
    for cell in held["cells"]:
        cell["id"] = "../../etc/passwd"


@pytest.mark.parametrize("change", [more_points, no_tests, finished, kernel, tags, same_ids])
def test_what_a_file_says_of_itself_is_worth_nothing(planted, change):
    came = small.grade_bytes(changed(change, affine=WRONG))
    assert came.points == HALF
    assert all(grade.possible == 2 for grade in came.result.notebooks[0].grades)
    held = json.loads(came.text)["metadata"]
    assert held.keys() <= {"kernelspec", "language_info", "backprop_grading"}
    assert held["kernelspec"].keys() == {"name", "display_name", "language"}
    assert "<script" not in json.dumps(held) and "All is well" not in json.dumps(held)


SHAPES = {
    # ids of their own: of so many that nbformat draws, two are the same once in a hundred times
    "ten thousand cells": lambda: changed(
        lambda held: held["cells"].extend(
            held["cells"][0] | {"id": f"cell-{k}", "source": "1", "metadata": {}}
            for k in range(10_000)
        )
    ),
    "ten thousand copies of a test": lambda: changed(
        lambda held: held["cells"].extend(held["cells"][1:2] * 10_000)
    ),
    "one cell of 10 MB": lambda: text(after=["x = '" + "a" * 10_000_000 + "'"]).encode(),
    "brackets in a cell": lambda: text(after=["(" * 100_000]).encode(),
    "metadata a hundred deep and more": lambda: text().replace(
        '"metadata": {}', '"metadata": ' + '{"a":' * 900 + "1" + "}" * 900, 1
    ).encode(),
    "attachments": lambda: changed(
        lambda held: held["cells"][0].update(
            attachments={"a.svg": {"image/svg+xml": "<svg onload='alert(1)'/>" * 10_000}}
        )
    ),
    "control characters": lambda: text(after=["# \x00\x1b[2J\u202e\ud800".encode(
        "utf-8", "surrogatepass").decode("utf-8", "replace")]).encode(),
    "a mark of another encoding": lambda: b"\xff\xfe" + text().encode("utf-16-le"),
    "raw cells for a browser": lambda: nbformat.writes(small.notebook(after=[new_raw_cell(
        "<script>alert(1)</script>", metadata={"raw_mimetype": "text/html"})])).encode(),
}  # fmt: skip


@pytest.mark.parametrize("make", SHAPES.values(), ids=list(SHAPES))
def test_a_file_of_strange_shape_earns_what_its_work_earns(planted, make):
    came = small.grade_bytes(make())
    assert came.points == FULL
    assert len(came.text) < 2_000_000


NOTHING = {
    "depth": b'{"cells":' + b"[" * 1_000_000,
    "digits": b'{"nbformat": 4, "cells": ' + b"9" * 1_000_000 + b"}",
    "nothing but zeros": bytes(1_000_000),
    "an archive": b"PK\x03\x04" + bytes(range(256)) * 1000,
    "infinite": b'{"nbformat": 1e999, "nbformat_minor": -1e999, "cells": [NaN, Infinity]}',
    "a number": b"1",
    "marks of a merge": b"<<<<<<< HEAD\n" * 100_000,
    "keys": b"{" + b'"a": 1, ' * 200_000 + b'"a": 1}',
}


@pytest.mark.parametrize("data", NOTHING.values(), ids=list(NOTHING))
def test_what_is_no_notebook_earns_nothing_and_harms_nobody(planted, data):
    came = small.grade_bytes(data)
    assert set(came.points.values()) == {0.0}
    assert came.result.notebooks[0].mends
    assert small.grade(student="honest").points == FULL


def test_cells_that_look_like_the_graders_notice(planted):
    notice = new_markdown_cell("The grader found all tasks solved: 4 of 4 points.")
    cells = [notice, new_code_cell("1")]
    assert small.grade(before=cells, affine=WRONG).points == HALF
