"""Solved copies of the notebooks for instructors, with outputs: what to read out in class."""

import os
import shutil
import tempfile

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from autograder.course_error import CourseError
from autograder.releasing.kernel_client import WatchfulKernelManager
from autograder.source_notebook import read_source
from course.demos.demo import STILLS

FOLDER = "solutions"


def solve(course, assignment):
    """Run an assignment's source notebooks and keep them, outputs and all; yield their paths.

    course : a Course; the copies go to solutions/ASSIGNMENT, which is not committed. Raises
    CourseError, naming the notebook, where a cell of it fails; copies made before stay.
    """
    for name in course.notebooks(assignment):
        source = course.folder("source", assignment) / f"{name}.ipynb"
        notebook = read_source(source)
        with tempfile.TemporaryDirectory() as scratch:
            # a cell may read or import what lies beside its notebook, and writes nothing there
            others = shutil.ignore_patterns("*.ipynb", ".ipynb_checkpoints", "__pycache__")
            shutil.copytree(source.parent, scratch, dirs_exist_ok=True, ignore=others)
            # with the course's configuration: it may close kernels to others
            client = NotebookClient(
                notebook,
                resources={"metadata": {"path": scratch}},
                kernel_manager_class=WatchfulKernelManager,
                config=course.config,
                # what a kernel warns of is for whoever starts it by hand
                extra_arguments=["--IPKernelApp.log_level=40"],
            )
            try:
                # nobody moves the demos of these: their pictures are what is to be seen
                client.execute(env={**os.environ, STILLS: "1"})
            except CellExecutionError as error:
                raise CourseError(
                    f"{source} does not run through: {error.ename}: {error.evalue}"
                ) from error
        target = course.root / FOLDER / assignment / source.name
        target.parent.mkdir(parents=True, exist_ok=True)
        # written beside it first: a reader never meets half a notebook
        part = target.with_suffix(".part")
        nbformat.write(notebook, part)
        shutil.move(part, target)
        yield target
