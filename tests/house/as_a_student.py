"""Runs in a student's environment: notebooks from top to bottom, two at a time, each in a kernel.

A line of JSON for each says what happened. Nothing of the project can be imported here but what
the bundle's wheel holds.
"""

import asyncio
import json
import sys
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient

LOOK = """
import importlib.util, json, sys, course
print(json.dumps([course.__file__, sys.prefix, importlib.util.find_spec("autograder") is None]))
"""
"""The last cell: where the kernel found the course, and whether it would find the grader."""


async def run_through(path, turn):
    notebook = nbformat.read(path, as_version=4)
    given = list(notebook.cells)
    notebook.cells.append(nbformat.v4.new_code_cell(LOOK))
    client = NotebookClient(
        notebook, timeout=120, allow_errors=True, resources={"metadata": {"path": str(path.parent)}}
    )
    async with turn:
        started = time.perf_counter()
        await client.async_execute()
        seconds = time.perf_counter() - started
    course, prefix, alone = json.loads(notebook.cells[-1].outputs[0].text)
    return {
        "folder": path.parent.name,
        "seconds": seconds,
        "raised": told(given, lambda output: output.get("evalue")),
        "warned": told(given, lambda o: o.text if o.get("name") == "stderr" else None),
        "checks": {
            cell.metadata.nbgrader.grade_id: [output.get("data", {}) for output in cell.outputs]
            for cell in given
            if cell.metadata.get("nbgrader", {}).get("grade")
        },
        "from_the_wheel": course.startswith(prefix),
        "no_grader": alone,
    }


def told(cells, look):
    """Return (cell id, text) of each output in which `look` sees something."""
    outputs = ((cell.id, look(output)) for cell in cells for output in cell.get("outputs", ()))
    return [(name, text) for name, text in outputs if text is not None]


async def main():
    turn = asyncio.Semaphore(2)
    for done in asyncio.as_completed([run_through(Path(p), turn) for p in sys.argv[1:]]):
        print(json.dumps(await done), flush=True)


asyncio.run(main())
