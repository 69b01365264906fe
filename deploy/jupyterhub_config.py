"""A class on one machine: JupyterHub, nbgrader's exchange, students as users of the system.

docs/hub.md says how to set the machine up. The values of the first block are an operator's to
set, here or in the environment (HUB_GRADER for GRADER, and so on).
"""

import os
import sys
from pathlib import Path

from tornado.web import RedirectHandler

c = get_config()  # noqa: F821  (JupyterHub puts it there)
here = Path(__file__).resolve().parent


def setting(name, default):
    """Return a value from the environment, or the default."""
    return os.environ.get(f"HUB_{name}", default)


# where the proxy listens; a web server with a certificate stands before it
BIND_URL = setting("BIND_URL", "http://127.0.0.1:8000")
# the account that holds the course folder, with its answers and gradebook, and grades
GRADER = setting("GRADER", "grader")
COURSE = Path(setting("COURSE", f"~{GRADER}/backprop"))
# accounts of instructors, with commas between: these may use the grader's server
INSTRUCTORS = {name.strip() for name in setting("INSTRUCTORS", "").split(",") if name.strip()}
# the group of the system whose members are the students
STUDENTS = setting("STUDENTS", "students")
EXCHANGE = setting("EXCHANGE", "/srv/nbgrader/exchange")
# what the hub keeps: its database, its secrets
STATE = Path(setting("STATE", "/var/lib/jupyterhub"))

try:
    COURSE = COURSE.expanduser()
except RuntimeError:
    sys.exit(
        f"Got the grader {GRADER!r}, but this machine has no such user: make the account, or name "
        "another in HUB_GRADER."
    )

# --- who may come in: whoever has a password on this machine and is one of these
c.JupyterHub.authenticator_class = "pam"
c.PAMAuthenticator.allowed_groups = {STUDENTS}
c.Authenticator.allowed_users = {GRADER} | INSTRUCTORS
# or whoever came in once could come in for ever
c.Authenticator.allow_existing_users = False
c.JupyterHub.load_roles = [
    {
        "name": "instructors",
        "description": "may start, stop and use the grader's server",
        "users": sorted(INSTRUCTORS),
        "scopes": [f"{scope}!user={GRADER}" for scope in ("access:servers", "servers")],
    }
]

# --- the hub and its proxy, for which nobody on this machine can stand in
c.JupyterHub.bind_url = BIND_URL
c.JupyterHub.hub_port = int(setting("PORT", "8081"))
c.ConfigurableHTTPProxy.api_url = setting("PROXY_API_URL", "https://127.0.0.1:8001")
# a student may listen on the port that another's server was about to take: certificates tell
c.JupyterHub.internal_ssl = True
c.JupyterHub.internal_certs_location = str(STATE / "certificates")
c.JupyterHub.cookie_secret_file = str(STATE / "cookie_secret")
c.JupyterHub.db_url = f"sqlite:///{STATE / 'jupyterhub.sqlite'}"
c.ConfigurableHTTPProxy.pid_file = str(STATE / "proxy.pid")

# the links of nbgrader's Formgrader to folders forget that a hub is before them
to_grader = {"url": f"/user/{GRADER}/tree/{{0}}", "permanent": False}
c.JupyterHub.extra_handlers = [("/tree/(.*)", RedirectHandler, to_grader)]

# --- everyone's server, a process of their own account
c.JupyterHub.spawner_class = "localprocess"


def prepare(spawner):
    """Give a server the programs and the settings of its kind: the grader's, or a student's."""
    of_grader = spawner.user.name == GRADER
    # the students' programs hold no answer; the grader's are the course folder's own
    programs = COURSE / ".venv" / "bin" if of_grader else Path(sys.prefix) / "bin"
    settings = [here / ("grader" if of_grader else "students"), here / "everyone"]
    if of_grader:
        settings.append(COURSE)  # for its nbgrader_config.py
    spawner.cmd = [str(programs / "jupyterhub-singleuser")]
    spawner.default_url = "/formgrader" if of_grader else "/lab"
    spawner.environment = {
        "PATH": os.pathsep.join([str(programs), "/usr/local/bin", "/usr/bin", "/bin"]),
        "JUPYTER_CONFIG_PATH": os.pathsep.join(map(str, settings)),
        "NBGRADER_EXCHANGE": EXCHANGE,
    }


c.Spawner.pre_spawn_hook = prepare
