"""A real JupyterLab and a real browser, for tests that need both."""

import contextlib
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from urllib.parse import quote

import nbformat
import pytest

from course.lab import lab_arguments
from tests.browser.pages import listen_for_errors

REPOSITORY = Path(__file__).parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


SECONDS = 90
"""How long a test waits for what is to come: later, on a machine with much else to do."""

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@contextlib.contextmanager
def running_browser():
    """A running Chromium, as playwright's Browser; raises RuntimeError where there is none."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        raise RuntimeError(f"No browser: install one of {', '.join(BROWSERS)}.")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@dataclass(frozen=True)
class Lab:
    """A JupyterLab at url; log is the file with what it says.

    folder : where the notebooks of a test lie below the folder that it serves.
    """

    url: str
    token: str
    log: Path
    folder: str = "."

    def address(self, notebook, interface="lab/tree"):
        """Return the address that opens a notebook; interface may be "notebooks" as well."""
        path = quote((PurePosixPath(self.folder) / notebook).as_posix())
        return f"{self.url}{interface}/{path}?reset&token={self.token}"

    def ask(self, method, path):
        """Return what the server's API answers, None where that is nothing."""
        request = urllib.request.Request(
            f"{self.url}api/{path}",
            headers={"Authorization": f"token {self.token}"},
            method=method,
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.loads(answer.read() or "null")


def wait_until_ready(page):
    """Wait until the page's notebook is there and its kernel answers."""
    page.wait_for_function(
        "() => { const shown = window.jupyterapp?.shell?.currentWidget;"
        " return shown?.context?.isReady && shown.sessionContext.isReady; }"
    )


def start_all_cells(page):
    """Start all cells of the page's notebook; what they make is for the test to wait for."""
    page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")


def write_notebook(path, cells):
    """Write a notebook of code cells with these sources, for a Python kernel."""
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(cell.strip()) for cell in cells],
        metadata={"kernelspec": kernel},
    )
    nbformat.write(notebook, path)


@pytest.fixture(scope="session")
def shared_lab(tmp_path_factory):
    """(Lab, its home, the folder it serves).

    It has settings, kernels and a workspace of its own, asks nobody for news, and offers
    `window.jupyterapp` to the test. The kernels import this repository's `course`.
    """
    home, root_dir = (tmp_path_factory.mktemp(name) for name in ("jupyter", "notebooks"))
    with running_lab(root_dir, home) as lab:
        yield lab, home, root_dir


@pytest.fixture(scope="module")
def serve(shared_lab):
    """A function serve(cells) -> Lab with a notebook of these cells, twice, for two pages.

    The server is the same for all modules; its theme is put back, and its kernels end with the
    module.
    """
    lab, home, root_dir = shared_lab
    _write_settings(home / "settings", "JupyterLab Light")

    def start(cells):
        folder = Path(tempfile.mkdtemp(dir=root_dir, prefix="module-"))
        for name in ("demo.ipynb", "classic.ipynb"):
            write_notebook(folder / name, cells)
        return replace(lab, folder=folder.name)

    yield start
    for kernel in lab.ask("GET", "kernels"):
        lab.ask("DELETE", f"kernels/{kernel['id']}")


@pytest.fixture(scope="module")
def open_demo(chromium):
    """A function open_demo(lab, height) -> page, in which the cells of demo.ipynb are started.

    page.errors holds what the page complains of from then on. All pages end with the module.
    """
    pages = []

    def opened(lab, height=900):
        page = chromium.new_page(viewport={"width": 1280, "height": height})
        page.set_default_timeout(1000 * SECONDS)
        pages.append(page)
        listen_for_errors(page)
        page.goto(lab.address("demo.ipynb"))
        wait_until_ready(page)
        # what the application itself complained of while it started is not the demo's
        page.errors.clear()
        start_all_cells(page)
        return page

    yield opened
    for page in pages:
        page.close()


@pytest.fixture
def open_classic(chromium):
    """A function open_classic(lab) -> page of Notebook 7, with classic.ipynb started."""
    pages = []

    def opened(lab):
        page = chromium.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(1000 * SECONDS)
        pages.append(page)
        page.goto(lab.address("classic.ipynb", interface="notebooks"))
        # before its kernel is chosen, a notebook is idle too, and runs nothing
        page.wait_for_function(
            "() => document.querySelector('.jp-Notebook-ExecutionIndicator[data-status=idle]') &&"
            " document.querySelector('.jp-Toolbar-kernelName').textContent !== 'No Kernel'"
        )
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        return page

    yield opened
    for page in pages:
        page.close()


def running_lab(root_dir, home, theme="JupyterLab Light", cwd=None):
    """Return a context manager of a Lab that serves root_dir and keeps all of its own in home.

    It is opened as the course opens it for students; cwd is where it is started.
    """
    _write_settings(home / "settings", theme)
    return _lab(lab_arguments(root_dir), home, cwd)


def running_plain_lab(folder, home):
    """Return a context manager of a Lab as `jupyter lab`, typed in a folder, opens it."""
    _write_settings(home / "settings", "JupyterLab Light")
    for_root = ["--allow-root"] if os.geteuid() == 0 else []
    return _lab([sys.executable, "-m", "jupyterlab", *for_root], home, cwd=folder)


@pytest.fixture(scope="module")
def start_course(tmp_path_factory):
    """A function start_course(folder) -> Lab, started in a folder as `make lab` starts it."""
    with contextlib.ExitStack() as running:

        def start(folder):
            home = tmp_path_factory.mktemp("jupyter")
            command = [sys.executable, "-m", "course.lab"]
            return running.enter_context(_lab(command, home, cwd=folder))

        yield start


@contextlib.contextmanager
def _lab(command, home, cwd=None):
    token, port = secrets.token_hex(16), _free_port()
    command = [
        *command, "--no-browser", "--expose-app-in-browser", "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={port}", "--ServerApp.port_retries=0",
        f"--IdentityProvider.token={token}",
    ]  # fmt: skip
    environment = {
        **os.environ,
        "HOME": str(home),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
        "IPYTHONDIR": str(home / "ipython"),
        "PYTHONPATH": os.pathsep.join(
            filter(None, [str(REPOSITORY), os.environ.get("PYTHONPATH")])
        ),
    }
    lab = Lab(f"http://127.0.0.1:{port}/", token, home / "lab.log")
    with lab.log.open("w") as log:
        process = subprocess.Popen(
            command, cwd=cwd, env=environment, stdout=log, stderr=log, start_new_session=True
        )
    try:
        _wait_until_it_answers(lab, process)
        yield lab
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        # its kernels, should any have outlived it; the group is this server's own
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _write_settings(folder, theme):
    settings = {
        "notification": {"fetchNews": "false", "checkForUpdates": False},
        "themes": {"theme": theme},
    }
    plugins = folder / "@jupyterlab" / "apputils-extension"
    plugins.mkdir(parents=True, exist_ok=True)
    for name, values in settings.items():
        (plugins / f"{name}.jupyterlab-settings").write_text(json.dumps(values))


def _wait_until_it_answers(lab, process, seconds=60):
    request = urllib.request.Request(
        f"{lab.url}api/status", headers={"Authorization": f"token {lab.token}"}
    )
    end = time.monotonic() + seconds
    while process.poll() is None and time.monotonic() < end:
        with contextlib.suppress(OSError), urllib.request.urlopen(request, timeout=5):
            return
        time.sleep(0.05)
    raise RuntimeError(f"JupyterLab did not answer at {lab.url}:\n{lab.log.read_text()[-3000:]}")
