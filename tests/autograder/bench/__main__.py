"""What `make bench` runs: a class through `autograder grade`, beside stock nbgrader.

Both grade submissions of the same example class on this machine in one run, in turns: whatever
else the machine is at, and however its speed drifts, falls on both. The table is printed and
written to docs/bench.md.
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from statistics import fmean

from autograder.__main__ import main as autograder
from tests.autograder.bench.watched import seconds_of, watch

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "bench.md"
ASSIGNMENT = "05_two_layer"
RATIO, OVER_BARE, MEGABYTES = 36, 1.5, 150
TURNS = 2
"""How often stock nbgrader grades some of the class; ours grades all of it once more than that."""

STOCK = """
c = get_config()
c.CourseDirectory.course_id = "stock"
c.CourseDirectory.root = {root!r}
c.Execute.interrupt_on_timeout = True
"""


def lay_out(folder, students):
    """Lay out the example class; return its root."""
    root = folder / f"class-of-{students}"
    options = ["--students", str(students), "--seed", "1", "--course-root", str(root)]
    if autograder(["example-class", ASSIGNMENT, *options]):
        raise SystemExit("The example class could not be laid out.")
    return root


def grade(root, run=seconds_of):
    """Grade a class from the beginning, gradebook and all; return what run(command) returns."""
    for name in ("autograded", "feedback", "gradebook.db", "report"):
        path = root / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    command = [sys.executable, "-m", "autograder", "grade", ASSIGNMENT, "--course-root", str(root)]
    return run(command, stderr=subprocess.DEVNULL)


def for_stock(root, folder, students, turn):
    """Lay out a course for stock nbgrader with some of a class; return its root.

    Every so-and-so-many-th of them, sorted by kind, so that its share of each kind is the
    class's; but none of those for whom nbgrader breaks off: no notebook, or a renamed one.
    turn : from 0 on; others of them come in each of the TURNS.
    """
    stock = folder / f"stock-{turn}"
    shutil.copytree(root / "source", stock / "source")
    (stock / "nbgrader_config.py").write_text(STOCK.format(root=str(stock)))
    kinds = json.loads((root / "class.json").read_text())["kinds"]
    odd = {"renamed_notebook", "missing_notebook"}
    fit = sorted((kind, student) for student, kind in kinds.items() if kind not in odd)
    every = len(fit) // students
    first = (2 * turn + 1) * every // (2 * TURNS)
    for _, student in fit[first::every][:students]:
        shutil.copytree(root / "submitted" / student, stock / "submitted" / student)
    nbgrader(stock, "generate_assignment")
    return stock


def nbgrader(root, command):
    """Run one of nbgrader's commands on a course; return its seconds."""
    return seconds_of(
        [sys.executable, "-m", "nbgrader", command, ASSIGNMENT],
        cwd=root, stderr=subprocess.DEVNULL, env=_environment(),
    )  # fmt: skip


def bare(root, processes):
    """Return the seconds that the cells of a graded class take in forks of a warm process."""
    paths = sorted(map(str, root.glob(f"autograded/*/{ASSIGNMENT}/*.ipynb")))
    done = subprocess.run(
        [sys.executable, "-m", "tests.autograder.bench.bare", str(processes)],
        cwd=ROOT, input="\n".join(paths), text=True, stdout=subprocess.PIPE, check=True,
        env=_environment(),
    )  # fmt: skip
    return float(done.stdout), len(paths)


def _environment():
    """Return the environment of this Python, whether or not somebody activated it."""
    scripts = str(Path(sys.executable).parent)
    path = os.pathsep.join([scripts, os.environ["PATH"]])
    return {**os.environ, "PATH": path, "OPENBLAS_NUM_THREADS": "1"}


def measure(options, folder):
    """Return the page's text and the bars that are missed, in words."""
    cores = len(os.sched_getaffinity(0))
    root = lay_out(folder, options.students)
    stocks = [for_stock(root, folder, options.stock, turn) for turn in range(TURNS)]
    ours, theirs = [grade(root)], []
    for stock in stocks:
        theirs.append(nbgrader(stock, "autograde"))
        ours.append(grade(root))
    bare_seconds, bare_notebooks = bare(root, cores)
    seen = grade(root, watch)
    others = {number: grade(lay_out(folder, number)) for number in options.others}
    each = fmean(ours) / options.students
    stock_each = fmean(theirs) / options.stock
    bare_each = bare_seconds / bare_notebooks
    # what one more notebook takes, start-up aside
    small = min(others, default=0)
    more = options.students - small
    further = (fmean(ours) - others.get(small, 0.0)) / more
    rows = [
        *[("`nbgrader autograde`, stock", options.stock, s, s / options.stock) for s in theirs],
        *[("`autograder grade`, sealed", options.students, s, s / options.students) for s in ours],
        *[("`autograder grade`, sealed", n, s, s / n) for n, s in sorted(others.items())],
        ("the same cells, bare, forked", bare_notebooks, bare_seconds, bare_each),
    ]  # fmt: skip
    table = ["| what | notebooks | seconds | ms a notebook |", "|---|---:|---:|---:|"]
    table += [f"| {what} | {n} | {s:.1f} | {1000 * e:.0f} |" for what, n, s, e in rows]
    spent = {part: seen.processor.get(part, 0.0) for part in PARTS}
    bars = [
        (f"times stock nbgrader, start-up included (bar {RATIO})", stock_each / each, RATIO, 1),
        (f"of the bare forked execution, start-up aside (bar {OVER_BARE})",
         further / bare_each, OVER_BARE, -1),
        (f"MB of a worker and its sandbox that nobody shares (bar {MEGABYTES})",
         seen.private / 2**20, MEGABYTES, -1),
    ]  # fmt: skip
    lines = [
        "# How fast a class is graded",
        "",
        f"Written by `make bench` on {date.today()}, Python {platform.python_version()}, "
        f"{cores} cores, {platform.machine()}: an example class of {options.students} of unit 05 "
        f"and, in turns with it, {options.stock} of them through stock nbgrader, {TURNS} times, in "
        "one run. Seconds are from the start of the command to its end, gradebook and table "
        "included; of processor time and memory one more run tells, slowed by who looks at it.",
        "",
        *table,
        "",
        *[f"- {value:.3g} {what}" for what, value, _, _ in bars],
        "",
        f"Where the time goes: of {1000 * sum(spent.values()) / options.students:.0f} ms of "
        f"processor time a notebook, start-up included, "
        + ", ".join(f"{1000 * spent[p] / options.students:.0f} ms {w}" for p, w in PARTS.items())
        + ".",
        "",
    ]
    missed = [what for what, value, bar, sign in bars if sign * (value - bar) < 0]
    return "\n".join(lines), missed


PARTS = {
    "sandboxes": "in the sandboxes (students' cells, and starting the zygote)",
    "workers": "in the workers (mending, drawing and judging cases, writing notebooks)",
    "main": "in the command itself (reading submissions, the gradebook, the table)",
    "imports": "importing what the workers share",
}


def main():
    """Measure, print the page and write it; the exit code says whether every bar is met."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--students", type=int, default=200, metavar="N")
    parser.add_argument("--stock", type=int, default=20, metavar="N", help="through nbgrader")
    parser.add_argument("--large", action="store_true", help="a class of 2000, too")
    options = parser.parse_args()
    options.others = [20, 2000] if options.large else [20]
    with tempfile.TemporaryDirectory() as folder:
        page, missed = measure(options, Path(folder))
    print(page)
    PAGE.write_text(page, encoding="utf-8")
    for what in missed:
        print(f"missed: {what}", file=sys.stderr)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
