"""A running JupyterHub, and what a person or a program does with it."""

import http.cookiejar
import json
import os
import re
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import contextmanager, suppress
from pathlib import Path

import websocket

PROXY = Path(__file__).parents[1] / "browser" / "node_modules" / ".bin" / "configurable-http-proxy"


class Hub:
    """A JupyterHub at `url`, where each user has a token and may have a server."""

    def __init__(self, url, log):
        self.url, self.log = url, log
        self._tokens = {}

    def token(self, user):
        """Return a token of a user of the system, got with name and password."""
        if user.name not in self._tokens:
            assert self.log_in(user.name, user.password)
            auth = {"username": user.name, "password": user.password}
            address = f"hub/api/users/{user.name}/tokens"
            status, said = self._request("POST", address, {"auth": auth})
            assert status == 201, said
            self._tokens[user.name] = json.loads(said)["token"]
        return self._tokens[user.name]

    def log_in(self, name, password):
        """Send the form of the login page; return whether the hub let the person in."""
        jar = http.cookiejar.CookieJar()
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        browser.open(f"{self.url}hub/login").close()
        (xsrf,) = {cookie.value for cookie in jar if cookie.name == "_xsrf"}
        form = {"username": name, "password": password, "_xsrf": xsrf}
        # not the user's own page, which would start their server
        address = f"{self.url}hub/login?next=/hub/home"
        try:
            with browser.open(address, urllib.parse.urlencode(form).encode()) as page:
                return page.url.endswith("/hub/home")
        except urllib.error.HTTPError as error:
            error.close()
            return False

    def ask(self, user, method, path, body=None):
        """Send a request as a user; return (status, text)."""
        return self._request(method, path, body, self.token(user))

    def start_server(self, user):
        """Ask for a user's server, which starts in its own time."""
        status, said = self.ask(user, "POST", f"hub/api/users/{user.name}/server")
        assert status in (201, 202), said

    def wait_for_server(self, user, seconds=90):
        """Wait until a user's server answers."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            status, _ = self.ask(user, "GET", f"user/{user.name}/api/status")
            if status == 200:
                return
            time.sleep(0.2)
        raise RuntimeError(f"{user.name}'s server did not start:\n{_said(self.log)}")

    def terminal(self, user, command, seconds=120):
        """Run a command in a terminal of a user's server; return (exit code, what it printed)."""
        status, said = self.ask(user, "POST", f"user/{user.name}/api/terminals", {})
        assert status == 200, said
        name = json.loads(said)["name"]
        address = f"user/{user.name}/terminals/websocket/{name}"
        with self._websocket(address, user, seconds) as connection:
            # a shell repeats what is typed, and this not as it will print it
            line = f'{{ {command}\n}}; echo "<ended:$?>"\n'
            connection.send(json.dumps(["stdin", line]))
            printed = ""
            while not (ended := re.search(r"<ended:(\d+)>", printed)):
                kind, *content = json.loads(connection.recv())
                if kind == "stdout":
                    printed += content[0]
        self.ask(user, "DELETE", f"user/{user.name}/api/terminals/{name}")
        return int(ended[1]), printed

    @contextmanager
    def _websocket(self, address, user, seconds):
        connection = websocket.create_connection(
            f"{self.url.replace('http', 'ws', 1)}{address}",
            header=[f"Authorization: token {self.token(user)}"],
            timeout=seconds,
        )
        try:
            yield connection
        finally:
            connection.close()

    def _request(self, method, path, body=None, token=None):
        request = urllib.request.Request(self.url + path, method=method)
        request.data = None if body is None else json.dumps(body).encode()
        request.add_header("Content-Type", "application/json")
        if token:
            request.add_header("Authorization", f"token {token}")
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()


@contextmanager
def running_hub(machine):
    """A Hub on a Machine, started with deploy/jupyterhub_config.py and is ended with its proxy."""
    ports = _free_ports(3)
    url = f"http://127.0.0.1:{ports[0]}/"
    log = machine.folder / "state" / "hub.log"
    command = [
        machine.programs / "jupyterhub",
        f"--config={machine.folder / 'deploy' / 'jupyterhub_config.py'}",
    ]
    environment = {
        "PATH": os.pathsep.join([str(PROXY.parent), os.environ["PATH"]]),
        "LANG": "C.UTF-8",
        "HUB_BIND_URL": url,
        "HUB_PORT": str(ports[1]),
        "HUB_PROXY_API_URL": f"https://127.0.0.1:{ports[2]}",
        "HUB_GRADER": machine.grader.name,
        "HUB_COURSE": str(machine.course),
        "HUB_INSTRUCTORS": machine.instructor.name,
        "HUB_STUDENTS": machine.students_group,
        "HUB_EXCHANGE": str(machine.exchange),
        "HUB_STATE": str(machine.folder / "state"),
    }
    with log.open("w") as file:
        process = subprocess.Popen(
            command, cwd=machine.folder / "state", env=environment, stdout=file, stderr=file
        )
    try:
        _wait_until_it_answers(url, process, log)
        yield Hub(url, log)
    finally:
        # asked kindly, it would wait for each server; these end with their users
        process.kill()
        process.wait()
        with suppress(OSError, ValueError):
            os.kill(int((machine.folder / "state" / "proxy.pid").read_text()), signal.SIGKILL)


def _free_ports(count):
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
    finally:
        for probe in probes:
            probe.close()


def _wait_until_it_answers(url, process, log, seconds=60):
    end = time.monotonic() + seconds
    while process.poll() is None and time.monotonic() < end:
        with suppress(OSError), urllib.request.urlopen(f"{url}hub/health", timeout=5):
            return
        time.sleep(0.1)
    raise RuntimeError(f"JupyterHub did not answer at {url}:\n{_said(log)}")


def _said(log):
    """Return what a hub logged, without what its proxy repeats."""
    telling = re.compile(r"\[[A-Z] |\s*\w+Error")
    return "\n".join(line for line in log.read_text().splitlines() if telling.match(line))[-5000:]
