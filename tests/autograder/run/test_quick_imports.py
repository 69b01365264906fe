import gc
import os
import subprocess
import sys

import pytest

from autograder.run.quick_imports import quick_imports

IMPORTS = """
import sys
from autograder.run.quick_imports import quick_imports
with quick_imports():
    import nbformat
assert "rfc3987_syntax" not in sys.modules
nbformat.validate(nbformat.v4.new_notebook())
try:
    nbformat.validate({"nbformat": 4})
except nbformat.ValidationError:
    print("validates")
"""

STAND_INS = """
import sys
from autograder.run.quick_imports import quick_imports
with quick_imports():
    import nbgrader.utils
    import nbconvert
left_out = {"bs4", "jupyter_server", "setuptools", "requests", "mistune"}
assert not left_out & sys.modules.keys(), left_out & sys.modules.keys()
try:
    nbgrader.utils.unpack_archive("pyproject.toml", "/nowhere")
except Exception as error:
    print(type(error).__name__)
import nbgrader.server_extensions.formgrader as formgrader
print(formgrader.load_jupyter_server_extension.__module__)
print(formgrader.__file__ is not None)
import nbformat.v4
notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("*so* $x$")])
print("<em>so</em> $x$" in nbconvert.HTMLExporter().from_notebook_node(notebook)[0])
import nbgrader.auth.jupyterhub as hub
try:
    hub.requests.request("GET", "nowhere://")
except Exception as error:
    print(type(error).__name__)
"""


THREADS = """
import os
from autograder.run.quick_imports import quick_imports
with quick_imports():
    import numpy
print(os.environ.get("OPENBLAS_NUM_THREADS"), len(os.listdir("/proc/self/task")))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="threads are counted in /proc")
@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="one core has one thread anyway")
@pytest.mark.parametrize(("asked", "threads"), [(None, "1"), ("2", "2")])
def test_numpy_starts_no_threads_but_those_that_were_asked_for(asked, threads):
    env = {k: v for k, v in os.environ.items() if k != "OPENBLAS_NUM_THREADS"}
    env |= {"OPENBLAS_NUM_THREADS": asked} if asked else {}
    done = subprocess.run([sys.executable, "-c", THREADS], capture_output=True, text=True, env=env)
    assert done.stdout.split() == [str(asked), threads], done.stderr


def test_what_stood_in_for_a_module_leads_to_it():
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", STAND_INS], capture_output=True, text=True
    )
    name = "nbgrader.server_extensions.formgrader.formgrader"
    said = ["UnrecognizedFormat", name, "True", "True", "InvalidSchema"]
    assert done.stdout.splitlines() == said, done.stderr


def test_what_is_left_out_is_left_out_and_notebooks_are_validated_all_the_same():
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", IMPORTS], capture_output=True, text=True
    )
    assert done.stdout == "validates\n", done.stderr


def test_nothing_is_left_changed():
    before = set(sys.modules)
    with quick_imports():
        assert not gc.isenabled()
    assert gc.isenabled()
    assert set(sys.modules) == before
