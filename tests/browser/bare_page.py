"""A page that shows widgets with no front end of Jupyter's around them, as other editors do.

VS Code, above all: its notebooks render widgets by ipywidgets' own managers and anywidget's AMD
bundle. Here npm's html-manager, which builds on the same, does so without an editor.
"""

import contextlib
import json
import re
import sysconfig
import threading
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import ipywidgets.embed
import pytest

from tests.browser.demos import DRIVEN, SETUP
from tests.browser.pages import listen_for_errors

HERE = Path(__file__).parent
PACKAGES = HERE / "node_modules"
ANYWIDGET = Path(sysconfig.get_path("data")) / "share/jupyter/nbextensions/anywidget"
FILES = {
    "bare_page.css": HERE / "bare_page.css",
    "bare_page.js": HERE / "bare_page.js",
    "require.js": PACKAGES / "requirejs/require.js",
    "embed-amd.js": PACKAGES / "@jupyter-widgets/html-manager/dist/embed-amd.js",
    "anywidget/index.js": ANYWIDGET / "index.js",
}
CONTROLS = PACKAGES / "@jupyter-widgets/controls/css"
SERVED = {*FILES.values(), *CONTROLS.glob("*.css")}
KINDS = ["right", "wrong"]
MOTIONLESS = "vscode-light vscode-reduce-motion"
NO_WIDGETS = '<script src="bare/embed-amd.js"></script>'

needs_html_manager = pytest.mark.skipif(
    not FILES["embed-amd.js"].is_file(),
    reason="no html-manager: run `make npm` where npm is at hand",
)


class Bare(BaseHTTPRequestHandler):
    """Answers with the page, with `server.widgets` in it, and with the files that it asks for."""

    def do_GET(self):
        name = urlsplit(self.path).path.removeprefix("/bare/")
        # by its name alone, since axe-core looks for what a style sheet imports beside the page
        found = FILES.get(name, CONTROLS / name.strip("/"))
        if name == "/":
            page = (HERE / "bare_page.html").read_text(encoding="utf-8")
            self._answer(page.replace("<!-- widgets -->", self.server.widgets).encode(), ".html")
        elif found.is_file() and found in SERVED:
            self._answer(found.read_bytes(), found.suffix)
        else:
            self.send_error(404)

    def _answer(self, body, suffix):
        kind = {".html": "text/html", ".css": "text/css", ".js": "text/javascript"}[suffix]
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


@contextlib.contextmanager
def open_bare(browser, widgets=NO_WIDGETS):
    """Open a page with these widgets, which reaches nothing but the machine itself.

    widgets : what `ipywidgets.embed` makes of them; NO_WIDGETS where a kernel brings them.
    page.errors holds what the page complains of, page.strayed what it asked of others.
    """
    with ThreadingHTTPServer(("127.0.0.1", 0), Bare) as server:
        server.widgets = widgets
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = browser.new_page(viewport={"width": 1000, "height": 900})
        listen_for_errors(page)
        page.strayed = []

        def stop(route):
            page.strayed.append(route.request.url)
            route.abort()

        page.route(re.compile(r"^https?://(?!127\.0\.0\.1:)"), stop)
        page.goto(f"http://127.0.0.1:{server.server_port}/")
        yield page
        page.close()
        server.shutdown()


def saved_demos():
    """Return the demos of DRIVEN as a notebook saves them, and the texts of their pictures.

    There is one of each of the KINDS, first all of the first; the texts are by kind and name.
    """
    names, demos, texts = {}, [], {}
    exec(SETUP, names)
    for kind in KINDS:
        for one in DRIVEN:
            demo = eval(getattr(one, kind), names)
            demos.append(demo)
            texts[kind, one.name] = eval(one.text, {"demo": demo})
    # as notebooks save it; the front end of anywidget does not know the defaults
    state = ipywidgets.embed.dependency_state(demos, drop_defaults=False)
    widgets = ipywidgets.embed.embed_snippet(
        demos, state=state, requirejs=False, embed_url="bare/embed-amd.js"
    )
    for demo in demos:
        demo.close()
    return widgets, texts


def wear(page, classes="", paper=None, ink=None):
    """Give the page the classes of a theme of VS Code's, and its colours of page and text."""
    page.evaluate("look => window.wear(look)", {"classes": classes, "paper": paper, "ink": ink})


def run(page, code, **expressions):
    """Run a cell in the page's kernel; return the texts of expressions, taken after it."""
    return page.evaluate(
        "([code, expressions]) => window.kernel.run(code, expressions)", [code, expressions]
    )


def start_kernel(lab):
    """Return the address of the channels of a new kernel of this server."""
    request = urllib.request.Request(
        f"{lab.url}api/kernels",
        data=b'{"name": "python3"}',
        headers={"Authorization": f"token {lab.token}"},
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        kernel = json.load(answer)["id"]
    address = lab.url.replace("http:", "ws:")
    return f"{address}api/kernels/{kernel}/channels?token={lab.token}"
