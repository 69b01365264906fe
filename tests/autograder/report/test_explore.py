"""The instructor's notebook, run from top to bottom beside the tables of a report."""

import json
import re
import shutil

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell

from autograder.releasing.kernel_client import WatchfulKernelManager
from autograder.report.losses import losses_of
from autograder.report.report import NOTEBOOK
from autograder.report.spreadsheets import mistakes_table, students_table

from .made_up import BY_HAND, CELLS, Result, by_hand, mistaken, result

pytestmark = pytest.mark.slow

ASKED = """
import json
both = together(1)
print(json.dumps({
    "unit": unit,
    "tasks": list(tasks),
    "graded": list(graded.index),
    "status": students["status"].to_dict(),
    "possible": possible.to_dict(),
    "share": overview["share"].to_dict(),
    "low": at_most("backward", 0.85)["why"].fillna("").to_dict(),
    "made": made_by(2).reset_index().values.tolist(),
    "both": both.values.tolist(),
}))
"""


def write_tables(folder, results, cells=CELLS):
    graded = [one for one in results if one.points is not None]
    losses = [loss for one in graded for loss in losses_of(one, cells)]
    for name, text in (
        ("05_two_layer.csv", students_table(cells, results, folder)),
        ("05_two_layer.mistakes.csv", mistakes_table(losses)),
    ):
        (folder / name).write_text(text, encoding="utf-8-sig", newline="")
    shutil.copy(NOTEBOOK, folder)


def run(folder, *further):
    """Run the notebook of a folder and these cells after it; return it as it came out."""
    notebook = nbformat.read(folder / NOTEBOOK.name, as_version=4)
    notebook.cells += [new_code_cell(source) for source in further]
    client = NotebookClient(
        notebook,
        timeout=120,
        resources={"metadata": {"path": str(folder)}},
        kernel_manager_class=WatchfulKernelManager,
    )
    client.execute()
    return notebook


def troubles(notebook):
    """Return what widgets showed that went wrong: it does not stop a notebook."""
    widgets = notebook.metadata["widgets"]["application/vnd.jupyter.widget-state+json"]["state"]
    outputs = [one["state"].get("outputs", ()) for one in widgets.values()]
    shown = [output for some in outputs for output in some]
    assert len(shown) == 4
    return [output for output in shown if output["output_type"] in ("error", "stream")]


def test_it_runs_on_a_class_and_says_what_the_tables_say(tmp_path):
    write_tables(
        tmp_path,
        [
            mistaken("NA", "wrong-sign", "bias-missing"),
            mistaken("007", "wrong-sign"),
            mistaken("=1+1", "bias-missing"),
            *(result(f"right {k}", 4.0, 10.0) for k in range(6)),
            result("half", 2.0, 10.0),
            Result("absent", None, 14.0, cause="Handed in nothing.", handed_in=False),
        ],
    )
    notebook = run(tmp_path, ASKED)
    assert troubles(notebook) == []
    told = json.loads(notebook.cells[-1].outputs[0].text)
    assert told["unit"] == "05_two_layer"
    assert told["tasks"] == ["forward", "backward"]
    assert len(told["graded"]) == 10
    assert {"NA", "007", "'=1+1"} < set(told["graded"])
    assert told["status"]["absent"] == "handed in nothing"
    assert told["possible"] == {"forward": 4, "backward": 10}
    assert told["share"] == pytest.approx({"forward": 38 / 40, "backward": 92 / 100})
    assert told["low"] == {
        "NA": "wrong-sign, bias-missing",
        "007": "wrong-sign",
        "'=1+1": "bias-missing",
    }
    assert sorted(told["made"]) == [
        ["backward", "bias-missing", 2, 4],
        ["backward", "wrong-sign", 2, 4],
    ]
    assert told["both"] == [["bias-missing", "wrong-sign", 1, pytest.approx(0.4)]]


def test_it_runs_where_no_points_were_lost(tmp_path):
    write_tables(tmp_path, [result(f"right {k}", 4.0, 10.0) for k in range(3)])
    assert troubles(run(tmp_path)) == []


def test_it_runs_where_all_waits_to_be_graded_by_hand(tmp_path):
    write_tables(tmp_path, [by_hand("a"), by_hand("b", plan=8.0), by_hand("c")], BY_HAND)
    notebook = run(tmp_path, 'print(points["essay"].count(), points["plan"].mean())')
    assert troubles(notebook) == []
    assert notebook.cells[-1].outputs[0].text == "0 8.0\n"


def test_it_is_stripped_and_its_cells_have_names():
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    assert "widgets" not in notebook.metadata
    assert notebook.metadata.kernelspec.name == "python3"
    for cell in notebook.cells:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", cell.id)
        if cell.cell_type == "code":
            assert (cell.outputs, cell.execution_count) == ([], None)
