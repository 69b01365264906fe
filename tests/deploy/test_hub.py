"""A class on JupyterHub: a unit goes out and comes back, and nobody sees what is another's."""

import json
import os
import pwd
import re
import socket
import ssl
from contextlib import suppress
from pathlib import Path

import pytest

from tests.deploy.machine import UNIT
from tests.deploy.users import processes, run

pytestmark = [
    pytest.mark.browser,
    pytest.mark.nbgrader,
    pytest.mark.slow,
    # a week with three people's servers, beside all the other tests
    pytest.mark.timeout(900),
]

TRY = """
import os, sys
for path in sys.argv[1:]:
    try:
        print("entered", os.listdir(path)) if os.path.isdir(path) else open(path, "rb").read()
        print("read", path)
    except OSError as error:
        print(type(error).__name__, path)
"""


def test_the_grader_comes_to_formgrader_and_releases_there(week):
    assert f"Successfully released '{UNIT}'" in week.said["release"]
    # the name of an assignment leads to its folder
    assert week.said["source"].endswith(f"/user/{week.grader.name}/tree/backprop/source/{UNIT}")


def test_a_student_works_in_the_browser(week):
    """The kernel of their server ran the course's check."""
    (output,) = json.loads(week.said["check"])
    assert output["data"]["text/plain"] == "2.0"


def test_another_works_in_a_terminal(week):
    assert f"Fetched as: backprop {UNIT}" in week.said["fetch"]
    assert f"Submitted as: backprop {UNIT}" in week.said["submit"]


def test_the_grader_collects_what_each_handed_in_and_nothing_else(week):
    said, submitted = week.said["collect"], week.machine.course / "submitted"
    assert f"{week.ana.name}+{UNIT}+2099-01-01" in said
    assert f"is not collected: it was put there by {week.ben.name}" in said
    assert "which is a link, and links are not followed" in said
    for student in (week.ana, week.ben):
        files = sorted(os.listdir(submitted / student.name / UNIT))
        assert files == ["submission_secret.txt", "timestamp.txt", "two_layer.ipynb"]


def test_what_is_graded_is_graded_in_the_seal_by_the_grader_alone(week):
    rows = {line.split()[0]: line for line in week.said["grade"].splitlines() if " of 30" in line}
    assert "2 of 30" in rows[week.ana.name]
    assert "30 of 30" in rows[week.ben.name]
    course = week.machine.course
    for made in ("gradebook.db", ".grader_key", "autograded"):
        assert (course / made).stat().st_uid == week.grader.uid


def test_each_reads_their_own_feedback(week):
    assert f"feedback for {week.ana.name}" in week.said["feedback page"]
    assert "2 of 30 points" in week.said["feedback page"]
    code, _ = week.hub.terminal(week.ben, f"nbgrader fetch_feedback {UNIT}")
    assert code == 0
    (page,) = (week.ben.home / UNIT / "feedback").glob("*/two_layer.html")
    assert "30 of 30 points" in page.read_text()


def test_a_student_reads_nothing_that_is_anothers(week):
    """All of it is there, and its owner reads it; the one who asks is not its owner."""
    state, course, ana = week.machine.folder / "state", week.machine.course, week.ana.home
    inbound = week.machine.exchange / "backprop" / "inbound"
    feedback = week.machine.exchange / "backprop" / "feedback"
    cache = ana / ".local/share/jupyter/nbgrader_cache/backprop"
    (secret,) = cache.glob("*/submission_secret.txt")
    (kernel,) = (ana / ".local/share/jupyter/runtime").glob("kernel-*.json")
    closed = [
        ana, ana / UNIT / "two_layer.ipynb", secret, kernel, ana / ".jupyterhub",
        inbound, feedback, week.grader.home, course, course / "gradebook.db",
        course / ".grader_key", course / "source" / UNIT / "two_layer.ipynb",
        course / "autograder/solutions/two_layer.py", course / "submitted", course / "autograded",
        course / "feedback", state, state / "cookie_secret", state / "jupyterhub.sqlite",
        *(Path("/proc", pid, "environ") for pid in processes(week.ana.uid)),
    ]  # fmt: skip
    missing = [path for path in closed if not path.exists()]
    assert missing == []
    _, said, _ = week.ben.run("/usr/bin/python3", "-c", TRY, *closed)
    assert said.splitlines() == [f"PermissionError {path}" for path in closed]
    # what can be read is what was handed out, and the student's own
    own = [week.ben.home / UNIT, week.machine.exchange / "backprop" / "outbound" / UNIT]
    assert "Error" not in week.ben.run("/usr/bin/python3", "-c", TRY, *own)[1]


def test_what_lies_in_the_exchange_cannot_be_guessed(week):
    """nbgrader's modes let everybody read a submission whose name they know."""
    inbound = week.machine.exchange / "backprop" / "inbound"
    (name,) = (name for name in os.listdir(inbound) if not name.endswith("+abc") and "ana" in name)
    assert re.fullmatch(rf"{week.ana.name}\+{UNIT}\+.+ UTC\+[\w-]{{12}}", name)
    names = os.listdir(week.machine.exchange / "backprop" / "feedback")
    assert len(names) == 2
    assert all(re.fullmatch(r"[0-9a-f]{32,}\.html", name) for name in names)


def test_a_student_changes_nothing_in_the_exchange_but_adds_to_it(week):
    backprop = week.machine.exchange / "backprop"
    released = backprop / "outbound" / UNIT / "two_layer.ipynb"
    for command in (
        ["mv", backprop, week.machine.exchange / "gone"],
        ["mkdir", backprop / "outbound" / "06"],
        ["cp", "/dev/null", released],
    ):
        assert week.ben.run(*command)[0] != 0
    assert released.stat().st_size > 0


def test_a_student_finds_no_answers_among_the_programs(week):
    python = week.machine.programs / "python"
    _, _, errors = week.ben.run(python, "-c", "import course, nbgrader; import autograder")
    assert "No module named 'autograder'" in errors
    # the grader's, which have them, are in the closed home
    theirs = week.machine.course / ".venv" / "bin" / "python"
    with pytest.raises(PermissionError):
        week.ben.run(theirs, "-c", "import autograder")


def test_the_hub_lets_nobody_into_anothers_server(week):
    for other in (week.ana, week.grader):
        for path in ("api/status", "api/contents", "lab", "formgrader/manage_assignments"):
            status, _ = week.hub.ask(week.ben, "GET", f"user/{other.name}/{path}")
            assert status in (403, 404), (other.name, path)
        assert week.hub.ask(week.ben, "GET", f"hub/api/users/{other.name}")[0] in (403, 404)
        assert week.hub.ask(week.ben, "POST", f"hub/api/users/{other.name}/tokens", {})[0] in (
            403,
            404,
        )
    assert week.hub.ask(week.ben, "GET", f"user/{week.ben.name}/api/status")[0] == 200
    assert week.hub.log_in(week.ben.name, "wrong") is False


def test_an_instructor_uses_the_graders_server_and_no_students(week):
    meyer, grader = week.machine.instructor, week.grader.name
    for path in ("api/status", "formgrader/manage_assignments"):
        assert week.hub.ask(meyer, "GET", f"user/{grader}/{path}")[0] == 200
    assert week.hub.ask(meyer, "GET", f"user/{week.ana.name}/api/status")[0] == 403
    # it runs already, and that is all that is wrong with starting it
    status, said = week.hub.ask(meyer, "POST", f"hub/api/users/{grader}/server")
    assert status == 400 and "already running" in said


def test_an_account_that_is_no_students_is_not_let_in(week):
    root = pwd.getpwuid(0).pw_name
    assert week.hub.log_in(root, "") is False


def test_who_has_left_the_class_is_not_let_in_again(week):
    run("gpasswd", "--delete", week.ben.name, week.machine.students_group)
    try:
        assert week.hub.log_in(week.ben.name, week.ben.password) is False
    finally:
        run("gpasswd", "--add", week.ben.name, week.machine.students_group)
    assert week.hub.log_in(week.ben.name, week.ben.password) is True


def test_nobody_listens_to_what_anothers_kernel_says(week):
    assert week.said["heard by its own"] == "heard something\n"
    assert week.said["heard by another"] == "heard nothing\n"


def test_a_server_answers_nobody_but_the_hub_and_its_proxy(week):
    """It asks for their certificate, as they ask for its."""
    environments = [Path("/proc", pid, "environ").read_text() for pid in processes(week.ana.uid)]
    (port,) = {re.search(r"SERVICE_URL=https://127.0.0.1:(\d+)", text)[1] for text in environments}
    proxy = week.machine.folder / "state" / "certificates" / "proxy-client" / "proxy-client"
    certificate = (f"{proxy}.crt", f"{proxy}.key")
    assert _answer(int(port), certificate).startswith(b"HTTP/1.1 ")
    assert _answer(int(port)) == b""


def _answer(port, certificate=None):
    """Return what a server says to a request, with a certificate of the client's or without."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    if certificate:
        context.load_cert_chain(*certificate)
    # refusing is told in one of several ways, depending on who is quicker
    with (
        socket.create_connection(("127.0.0.1", port), 10) as plain,
        suppress(OSError),
        context.wrap_socket(plain) as connection,
    ):
        connection.sendall(b"GET /nowhere HTTP/1.0\r\n\r\n")
        return connection.recv(100)
    return b""
