"""Every unit's notebook of the instructor's, run from top to bottom.

The student's is run where a student has it: tests/house/test_students_bundle.py.
"""

import time

import nbformat
import pytest
from nbclient import NotebookClient

from autograder.releasing.kernel_client import WatchfulKernelManager
from course.score import SCORE_MIME
from course.tasks import UNITS, all_tasks

from .conftest import ROOT

SECONDS = {"training": 60}
"""How long a notebook may run, in seconds; 20 where nothing else is said."""


def run_through(path, folder):
    """Run a notebook in a folder of its own; return it with its outputs, and the seconds."""
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        resources={"metadata": {"path": str(folder)}},
        timeout=120,
        kernel_manager_class=WatchfulKernelManager,
    )
    started = time.perf_counter()
    client.execute()
    return notebook, time.perf_counter() - started


def scores(notebook):
    """Return grade id -> points earned, as each graded cell's last output says."""
    earned = {}
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade"):
            (score,) = (o.data[SCORE_MIME] for o in cell.outputs if o.output_type != "stream")
            earned[cell.metadata.nbgrader.grade_id] = sum(f["earned"] for f in score["findings"])
    return earned


def warnings(notebook):
    """Return what was written to standard error."""
    return [
        output.text
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if output.get("name") == "stderr"
    ]


@pytest.mark.nbgrader
@pytest.mark.parametrize("unit", UNITS)
def test_the_source_earns_full_marks_quietly_and_in_time(unit, tmp_path):
    (path,) = ROOT.glob(f"source/{UNITS[unit]}/*.ipynb")
    notebook, seconds = run_through(path, tmp_path)
    possible = {
        f"check_{task.name}": task.points
        for task in all_tasks().values()
        if task.id.startswith(f"{unit}.")
    }
    assert scores(notebook) == possible
    assert warnings(notebook) == []
    # twice the promise: a loaded machine is slower than a reader's
    assert seconds < 2 * SECONDS.get(unit, 20)
