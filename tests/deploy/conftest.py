"""A hub with a grader and two students, and the week of a unit on it."""

import json
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
import pytest

from tests.browser.conftest import BROWSERS, running_browser, wait_until_ready
from tests.deploy.hub import PROXY, Hub, running_hub
from tests.deploy.machine import ROOT, UNIT, Machine, machine, missing

LISTENER = Path(__file__).with_name("listener.py").read_text(encoding="utf-8")
ANSWER = Path(__file__).with_name("answer.js").read_text(encoding="utf-8")
NOTEBOOK = f"{UNIT}/two_layer.ipynb"


@dataclass
class Week:
    """A unit released, worked on, handed in, graded and given back; what was seen of it."""

    hub: Hub
    machine: Machine
    said: dict[str, str] = field(default_factory=dict)

    @property
    def grader(self):
        """Who holds the course folder."""
        return self.machine.grader

    @property
    def ana(self):
        """A student who works in the browser, and has one task of five."""
        return self.machine.students[0]

    @property
    def ben(self):
        """A student who works in a terminal, has everything, and is not honest."""
        return self.machine.students[1]


@pytest.fixture(scope="session")
def hub_machine():
    """A machine set up for a class; skips where that cannot be."""
    lacks = missing()
    if not PROXY.exists():
        lacks = "there is no configurable-http-proxy: run `make npm` where npm is at hand"
    if not any(map(shutil.which, BROWSERS)):
        lacks = f"there is no browser: none of {', '.join(BROWSERS)} is on PATH"
    if lacks:
        pytest.skip(f"no hub can be tried here: {lacks}")
    with machine() as made:
        # the test looks at the model of a notebook, which its owner may let it
        config = made.students[0].home / ".jupyter" / "jupyter_server_config.json"
        made.students[0].run("mkdir", config.parent)
        config.write_text(json.dumps({"LabApp": {"expose_app_in_browser": True}}))
        yield made


@pytest.fixture(scope="session")
def week(hub_machine):
    """The Week; all that is asserted of the way there is that each step could be done."""
    with running_hub(hub_machine) as hub:
        week = Week(hub, hub_machine)
        with ThreadPoolExecutor() as each:
            people = (week.grader, week.ana, week.ben)
            list(each.map(hub.start_server, people))
            list(each.map(hub.wait_for_server, people))
        with running_browser() as chromium, ThreadPoolExecutor() as beside:
            _release(week, chromium)
            ben = beside.submit(_ben_works, week)
            page = _signed_in(week, week.ana, chromium)
            _ana_works(week, page)
            ben.result()
            _grade(week)
            _ana_reads(week, page)
        yield week


def _signed_in(week, user, chromium):
    page = chromium.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.set_default_timeout(60_000)
    page.goto(week.hub.url)
    page.fill("#username_input", user.name)
    page.fill("#password_input", user.password)
    page.click("#login_submit")
    page.wait_for_url(f"**/user/{user.name}/**")
    return page


def _release(week, chromium):
    """Press Formgrader's button, on the page to which the grader comes first."""
    page = _signed_in(week, week.grader, chromium)
    page.locator(".release a").click()
    said = page.locator("#success-modal, #error-modal")
    said.wait_for()
    week.said["release"] = said.inner_text()
    with page.expect_popup() as opened:
        page.locator("td.name a").evaluate("link => link.click()")
    opened.value.wait_for_load_state()
    week.said["source"] = opened.value.url
    page.context.close()


def _assignment_list(page):
    page.locator(".lm-MenuBar-item", has_text="Nbgrader").click()
    page.get_by_role("menuitem", name="Assignment List").click()
    return page.locator("#nbgrader-assignment-list")


def _ana_works(week, page):
    """Fetch from the Assignment List, answer one task in the notebook, submit there."""
    listed = _assignment_list(page)
    listed.locator("#released_assignments_list").get_by_role("button", name="Fetch").click()
    listed.locator("#fetched_assignments_list").get_by_text(UNIT).wait_for()
    _opens_notebook(week, page)
    (kernel,) = (week.ana.home / ".local/share/jupyter/runtime").glob("kernel-*.json")
    about = json.loads(kernel.read_text())
    with (
        _listens(week, week.ben, about["iopub_port"]) as ben,
        _listens(week, week.ana, about["iopub_port"], about["curve_publickey"]) as ana,
    ):
        week.said["check"] = page.evaluate(ANSWER, ["loss", _solutions()["loss"]])
        week.said["heard by its own"] = ana.communicate(timeout=60)[0]
        week.said["heard by another"] = ben.communicate(timeout=60)[0]
    listed = _assignment_list(page)
    listed.locator("#fetched_assignments_list").get_by_role("button", name="Submit").click()
    listed.locator("#submitted_assignments_list").get_by_text(UNIT).first.wait_for()


def _opens_notebook(week, page):
    """Load the page anew with ana's notebook, until it is there.

    Until then JupyterLab may still lead its file browser to the notebook's folder, away from one
    that was asked for in between, and show the notebook in front of what was opened.
    """
    page.goto(f"{week.hub.url}user/{week.ana.name}/lab/tree/{NOTEBOOK}?reset")
    wait_until_ready(page)


def _listens(week, user, *about):
    command = [week.machine.programs / "python", "-c", LISTENER, *about]
    return user.start(*command)


def _solutions():
    source = nbformat.read(ROOT / "source" / NOTEBOOK, as_version=4)
    marked = [(cell, cell.metadata.get("nbgrader", {})) for cell in source.cells]
    return {about["grade_id"]: cell.source for cell, about in marked if about.get("solution")}


def _ben_works(week):
    """Do all in a terminal, and hand in twice more: for ana, and links to the grader's files."""
    week.said["fetch"] = _done(week, week.ben, f"nbgrader fetch_assignment {UNIT}")
    address = f"user/{week.ben.name}/api/contents/{NOTEBOOK}"
    _, text = week.hub.ask(week.ben, "GET", address)
    notebook = nbformat.from_dict(json.loads(text)["content"])
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        cell.source = _solutions().get(name, cell.source)
    body = {"type": "notebook", "format": "json", "content": notebook}
    status, said = week.hub.ask(week.ben, "PUT", address, body)
    assert status == 200, said
    week.said["submit"] = _done(week, week.ben, f"nbgrader submit {UNIT}")
    own = re.search(r"Destination: (\S+ \S+ \S+)", week.said["submit"])[1]
    forged = f"{Path(own).parent}/{week.ana.name}+{UNIT}+2099-01-01 00:00:00.0 UTC+abc"
    _done(week, week.ben, f"cp -r '{own}' '{forged}'")
    for name in ("gradebook.db", ".grader_key"):
        _done(week, week.ben, f"ln -s {week.machine.course / name} '{own}/copy-of{name}'")


def _grade(week):
    """Collect, grade, and give back, in a terminal of the grader's server."""
    for step, command in {
        "collect": f"nbgrader collect {UNIT}",
        "grade": f"autograder grade {UNIT}",
        "feedback": f"autograder feedback {UNIT}",
        "return": f"nbgrader release_feedback {UNIT}",
    }.items():
        week.said[step] = _done(week, week.grader, f"cd ~/backprop; {command}")


def _ana_reads(week, page):
    """Fetch the feedback in the Assignment List, and open it there."""
    _opens_notebook(week, page)
    listed = _assignment_list(page)
    submitted = listed.locator("#submitted_assignments_list")
    submitted.get_by_role("button", name="Fetch Feedback").click()
    submitted.get_by_text("view feedback").click()
    page.locator(".jp-DirListing-item", has_text="two_layer.html").dblclick()
    shown = page.frame_locator(".jp-HTMLViewer iframe").locator("body")
    shown.locator(".total").wait_for()
    week.said["feedback page"] = shown.inner_text()


def _done(week, user, command):
    """Run a command in a terminal of a user's server, which must succeed; return what it said."""
    code, said = week.hub.terminal(user, command)
    said = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", said)
    assert code == 0, said
    return said
