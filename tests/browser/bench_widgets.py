"""What `make bench-widgets` runs: how soon each demo follows a key, in a real JupyterLab.

Beside each demo, in the same notebook and kernel, its still picture is drawn anew by `interact`
and matplotlib, for the ratio. The table is printed and written to docs/bench-widgets.md.
"""

import argparse
import ast
import math
import os
import platform
import statistics
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from tests.browser.bench_table import Measured, table
from tests.browser.conftest import (
    REPOSITORY,
    running_browser,
    running_lab,
    wait_until_ready,
    write_notebook,
)
from tests.browser.demos import DRIVEN, SETUP
from tests.browser.pages import script

INTERACT = """
import matplotlib.pyplot as plt
from IPython.display import display
from ipywidgets import FloatSlider, interact

demo.close()
# from the middle there is a way to both sides
at = {low} + {step} * round(({high} - {low}) / {step} / 2)


def still(to):
    {move}
    display(demo.figure())
    plt.close("all")


interact(still, to=FloatSlider(value=at, min={low}, max={high}, step={step}));
"""
STILL = (".jp-Cell:last-child .jp-Cell-outputArea", ".widget-output img", "src")
MEMORY = "__import__('psutil').Process().memory_info().rss"
MOVES, WARM_UP = 2000, 200


class Bench:
    """One demo in a page of its own, with a kernel of its own."""

    def __init__(self, page, driven):
        self.page, self.driven = page, driven
        self.control = f".{driven.root} {driven.control}"
        self.picture = f".{driven.root} {driven.picture}"
        self.devtools = page.context.new_cdp_session(page)

    def measure(self, presses, moves):
        """Return the Measured of this demo."""
        self._run_cell(0)
        first = self._first_picture()
        self._watch(f".{self.driven.root}", self.driven.picture, "aria-label")
        delays = self._delays(self.control, self.driven.keys, presses)
        queued, last = self._held(seconds=2, rate=60)
        kernel, heap = self._memory(moves)
        self._run_cell(2)
        self.page.wait_for_selector(" ".join(STILL[:2]))
        self._watch(*STILL)
        handle = f"{STILL[0]} .noUi-handle"
        interact = self._delays(handle, ("ArrowRight", "ArrowLeft"), max(4, presses // 2))
        slow = statistics.quantiles(delays, n=20, method="inclusive")[-1]
        return Measured(
            self.driven.name, statistics.median(delays), slow, statistics.median(interact),
            first, queued, last, kernel, heap,
        )  # fmt: skip

    def _run_cell(self, number):
        self.page.evaluate(
            """async (number) => {
              const app = window.jupyterapp;
              app.shell.currentWidget.content.activeCellIndex = number;
              window.started = performance.now();
              await app.commands.execute('notebook:run-cell');
            }""",
            number,
        )

    def _first_picture(self):
        self._watch("body", self.picture, "aria-label")
        self._run_cell(1)
        self.page.wait_for_function("window.times.pictures > 0")
        return self.page.evaluate("window.times.painted - window.started")

    def _watch(self, *watched):
        self.page.evaluate(script("picture_times.js"), list(watched))

    def _delays(self, control, keys, presses):
        """Return the milliseconds from each key to its picture, at the pace of a hand."""
        self.page.locator(control).focus()
        self._press(keys[0])
        for number in range(presses):
            self._press(keys[(number + 1) % 2])
            # six keys a second, so that none finds the one before it still under way
            self.page.wait_for_function("performance.now() - window.times.painted > 120")
        return self.page.evaluate("window.times.delays")[-presses:]

    def _press(self, key):
        before = self.page.evaluate("window.times.pictures")
        self.page.keyboard.press(key)
        self.page.wait_for_function("before => window.times.pictures > before", arg=before)

    def _held(self, seconds, rate):
        """Hold a key down; return the moves and how late after the release the last picture is.

        Where the slider's end is reached, the key for the other way is held.
        """
        control, (key, other) = self.page.locator(self.control), self.driven.keys
        control.focus()
        slides = control.evaluate("node => node.matches('input[type=range]')")
        ahead, behind = self._room(control) if slides else (math.inf, math.inf)
        began = self._state()
        start = time.perf_counter()
        for move in range(seconds * rate):
            time.sleep(max(0, start + move / rate - time.perf_counter()))
            if ahead == 0:
                self.page.keyboard.up(key)
                key, other, ahead, behind = other, key, behind, ahead
            self.page.keyboard.down(key)
            ahead, behind = ahead - 1, behind + 1
        self.page.keyboard.up(key)
        took = time.perf_counter() - start
        self.page.wait_for_timeout(1500)
        last = self.page.evaluate("Math.max(0, window.times.painted - window.times.released)")
        # a button takes a step for each key
        taken = began + self.driven.step * (move + 1)
        self._check_the_end(float(control.input_value()) if slides else taken)
        return round((move + 1) / took), last

    def _room(self, control):
        """Return how many keys it is to the slider's end and to its start."""
        low, high, step, value = control.evaluate(
            "node => [node.min, node.max, node.step, node.value].map(Number)"
        )
        return round((high - value) / step), round((value - low) / step)

    def _check_the_end(self, value):
        """Raise AssertionError where the keys led elsewhere than kernel and picture say."""
        state = self._state()
        if not abs(state - value) < 1e-9:
            raise AssertionError(f"{self.driven.name}: the keys led to {value}, kernel {state}")
        shown = self.page.locator(self.picture).get_attribute("aria-label")
        text = ast.literal_eval(self._ask(self.driven.text))
        if shown != text:
            raise AssertionError(f"{self.driven.name}: shown {shown!r}, kernel {text!r}")

    def _state(self):
        return float(self._ask(self.driven.state))

    def _memory(self, moves):
        sizes = []
        for count in (WARM_UP, moves):
            self._move(count)
            for _ in range(2):
                self.devtools.send("HeapProfiler.collectGarbage")
            self.devtools.send("Performance.enable")
            found = self.devtools.send("Performance.getMetrics")["metrics"]
            heap = next(one["value"] for one in found if one["name"] == "JSHeapUsedSize")
            sizes.append((int(self._ask(MEMORY)), heap))
        return tuple(zip(*sizes, strict=True))

    def _move(self, count):
        while count > 0:
            # in parts, since one call to the page has a time limit
            part = min(count, 100)
            self.page.evaluate(script("many_moves.js"), [self.control, self.picture, part])
            count -= part

    def _ask(self, expression):
        return self.page.evaluate(
            """async (value) => {
              const { kernel } = window.jupyterapp.shell.currentWidget.sessionContext.session;
              const reply = await kernel.requestExecute(
                { code: 'import gc; gc.collect()', silent: true, user_expressions: { value } },
              ).done;
              return reply.content.user_expressions.value.data['text/plain'];
            }""",
            expression,
        )


def cells_of(driven):
    """Return the cells in which a demo is measured: the functions, the demo, interact."""
    still = INTERACT.format(**{name: getattr(driven, name) for name in
                               ("move", "low", "high", "step")})  # fmt: skip
    return [SETUP, f"demo = {driven.right}\ndemo", still]


def main():
    """Measure the demos that are named, or all; exit with 1 where a bar is missed."""
    reader = argparse.ArgumentParser(prog="make bench-widgets", description=__doc__)
    reader.add_argument("names", nargs="*", metavar="DEMO", help="as in tests/browser/demos.py")
    reader.add_argument("--presses", type=int, default=60)
    reader.add_argument("--moves", type=int, default=MOVES)
    reader.add_argument("--to", type=Path, default=REPOSITORY / "docs" / "bench-widgets.md")
    asked = reader.parse_args()
    chosen = [one for one in DRIVEN if not asked.names or one.name in asked.names]
    measured = []
    with tempfile.TemporaryDirectory() as folder, running_browser() as browser:
        root_dir, home = Path(folder, "notebooks"), Path(folder, "jupyter")
        root_dir.mkdir()
        home.mkdir()
        for driven in chosen:
            write_notebook(root_dir / f"{driven.name}.ipynb", cells_of(driven))
        with running_lab(root_dir, home) as lab:
            for driven in chosen:
                page = browser.new_page(viewport={"width": 1280, "height": 900})
                page.goto(lab.address(f"{driven.name}.ipynb"))
                wait_until_ready(page)
                measured.append(Bench(page, driven).measure(asked.presses, asked.moves))
                page.close()
                print(measured[-1], flush=True)
        version = browser.version
    said = table(measured)
    print(said)
    missed = [miss for one in measured for miss in one.misses()]
    print("\n".join(missed) or "Every bar is held.")
    asked.to.write_text(
        f"# How soon the demos follow a key\n\nMeasured by `make bench-widgets` on"
        f" {date.today()}: JupyterLab as `make lab` opens it, in Chromium {version},"
        f" {os.cpu_count()} cores, Python {platform.python_version()}, {asked.presses} keys a"
        " demo; a 3-4-4-2 network, DecisionBoundary one of 2-12-12-2 and 80 points.\n\n"
        f"{said}\n",
        encoding="utf-8",
    )
    sys.exit(bool(missed))


if __name__ == "__main__":
    main()
