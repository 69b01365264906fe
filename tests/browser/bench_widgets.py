"""What `make bench-widgets` runs: how soon each demo follows a key, in a real JupyterLab.

Beside each demo, in the same notebook and kernel, its still picture is drawn anew by `interact`
and matplotlib, for the ratio. The table is printed and written to docs/bench-widgets.md.
"""

import argparse
import os
import platform
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import nbformat

from tests.browser.conftest import REPOSITORY, running_browser, running_lab, wait_until_ready
from tests.browser.demos import DRIVEN, SETUP

INTERACT = """
import matplotlib.pyplot as plt
from IPython.display import display
from ipywidgets import FloatSlider, interact

demo.close()
at = {state}


def still(to):
    {move}
    display(demo.figure())
    plt.close("all")


interact(still, to=FloatSlider(value=at, min={low}, max={high}, step={step}));
"""
STILL = (".jp-Cell:last-child .jp-Cell-outputArea", ".widget-output img", "src")
MEMORY = "__import__('psutil').Process().memory_info().rss"
MOVES, WARM_UP, MEGABYTE = 2000, 200, 2**20


@dataclass(frozen=True)
class Measured:
    """What was measured of one demo, in milliseconds and bytes."""

    name: str
    median: float
    slow: float
    interact: float
    first: float
    queued: int
    last: float
    kernel: tuple
    heap: tuple

    def misses(self):
        """Return the bars that are missed, in words."""
        bars = {
            f"median {self.median:.0f} ms, bar 50 ms": self.median <= 50,
            f"95th percentile {self.slow:.0f} ms, bar 100 ms": self.slow <= 100,
            f"first picture {self.first:.0f} ms, bar 1000 ms": self.first <= 1000,
            f"last picture {self.last:.0f} ms after the release, bar 100 ms": self.last <= 100,
            f"kernel grew {_growth(self.kernel):.1f} MB, bar 5 MB": _growth(self.kernel) <= 5,
            f"page grew {_growth(self.heap):.1f} MB, bar 5 MB": _growth(self.heap) <= 5,
        }
        return [f"{self.name}: {said}" for said, held in bars.items() if not held]


def _growth(sizes):
    return (sizes[1] - sizes[0]) / MEGABYTE


class Bench:
    """One demo in a page of its own, with a kernel of its own."""

    def __init__(self, page, driven):
        self.page, self.driven = page, driven
        self.devtools = page.context.new_cdp_session(page)

    def measure(self, presses, moves):
        """Return the Measured of this demo."""
        self._run_cell(0)
        first = self._first_picture()
        self._watch(f".{self.driven.root}", ".picture > svg", "aria-label")
        delays = self._delays(self.driven.slider, presses)
        queued, last = self._held(seconds=2, rate=60)
        kernel, heap = self._memory(moves)
        self._run_cell(2)
        self.page.wait_for_selector(" ".join(STILL[:2]))
        self._watch(*STILL)
        interact = self._delays(f"{STILL[0]} .noUi-handle", max(4, presses // 2))
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
        self._watch("body", f".{self.driven.root} .picture > svg", "aria-label")
        self._run_cell(1)
        self.page.wait_for_function("window.times.pictures > 0")
        return self.page.evaluate("window.times.painted - window.started")

    def _watch(self, *watched):
        script = Path(__file__).with_name("picture_times.js").read_text(encoding="utf-8")
        self.page.evaluate(script, list(watched))

    def _delays(self, control, presses):
        """Return the milliseconds from each key to its picture, at the pace of a hand."""
        self.page.locator(control).focus()
        self._press("ArrowRight")
        for number in range(presses):
            self._press("ArrowLeft" if number % 2 == 0 else "ArrowRight")
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
        slider = self.page.locator(self.driven.slider)
        slider.focus()
        low, high, step, value = slider.evaluate(
            "node => [node.min, node.max, node.step, node.value].map(Number)"
        )
        places, at = round((high - low) / step), round((value - low) / step)
        key, start = "ArrowRight", time.perf_counter()
        for move in range(seconds * rate):
            time.sleep(max(0, start + move / rate - time.perf_counter()))
            if at == (places if key == "ArrowRight" else 0):
                self.page.keyboard.up(key)
                key = "ArrowLeft" if key == "ArrowRight" else "ArrowRight"
            self.page.keyboard.down(key)
            at += 1 if key == "ArrowRight" else -1
        self.page.keyboard.up(key)
        took = time.perf_counter() - start
        self.page.wait_for_timeout(1500)
        last = self.page.evaluate("Math.max(0, window.times.painted - window.times.released)")
        self._check_the_end_of(slider)
        return round((move + 1) / took), last

    def _check_the_end_of(self, slider):
        """Raise AssertionError where the kernel and the picture are not where the slider is."""
        value, shown = slider.evaluate("node => Number(node.value)"), self._shown()
        state = float(self._ask(self.driven.state))
        if not abs(state - value) < 1e-9:
            raise AssertionError(f"{self.driven.name}: slider {value}, kernel {state}")
        ways = ["ArrowLeft", "ArrowRight"]
        if slider.evaluate("node => Number(node.value) === Number(node.min)"):
            ways.reverse()
        for key in ways:
            self._press(key)
        if self._shown() != shown:
            raise AssertionError(f"{self.driven.name}: after a held key {shown!r} was shown")

    def _shown(self):
        return self.page.locator(self.driven.picture).get_attribute("aria-label")

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
        script = Path(__file__).with_name("many_moves.js").read_text(encoding="utf-8")
        while count > 0:
            # in parts, since one call to the page has a time limit
            part = min(count, 100)
            self.page.evaluate(script, [self.driven.slider, self.driven.picture, part])
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


def notebook_of(driven):
    """Return the notebook in which a demo is measured: the functions, the demo, interact."""
    still = INTERACT.format(**{name: getattr(driven, name) for name in
                               ("state", "move", "low", "high", "step")})  # fmt: skip
    cells = [SETUP, f"demo = {driven.right}\ndemo", still]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(cell.strip()) for cell in cells],
        metadata={"kernelspec": kernel},
    )


def table(measured):
    """Return the table of what was measured, in Markdown."""
    lines = [
        "| demo | key to picture, median (ms) | 95th percentile (ms)"
        " | interact + matplotlib, median (ms) | ratio | first picture (ms)"
        " | held key, moves a second | last picture after release (ms)"
        " | kernel, before → after 2,000 moves (MB) | page's heap (MB) |",
        "| --- |" + " ---: |" * 9,
    ]
    for one in measured:
        kernel, heap = (
            " → ".join(f"{size / MEGABYTE:.1f}" for size in sizes)
            for sizes in (one.kernel, one.heap)
        )
        lines.append(
            f"| {one.name} | {one.median:.0f} | {one.slow:.0f} | {one.interact:.0f}"
            f" | {one.interact / one.median:.1f} | {one.first:.0f} | {one.queued}"
            f" | {one.last:.0f} | {kernel} | {heap} |"
        )
    return "\n".join(lines)


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
            nbformat.write(notebook_of(driven), root_dir / f"{driven.name}.ipynb")
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
        f" {date.today()}: JupyterLab in Chromium {version}, {os.cpu_count()} cores,"
        f" Python {platform.python_version()}, {asked.presses} keys a demo, a 3-4-4-2 network.\n\n"
        f"{said}\n",
        encoding="utf-8",
    )
    sys.exit(bool(missed))


if __name__ == "__main__":
    main()
