"""The same cells without seal, mending or gradebook: each notebook in a fork of a warm process.

Runs the notebooks named on standard input, a path a line, and prints the seconds they took
together; `python -m tests.autograder.bench.bare PROCESSES`.
"""

import json
import os
import sys
import time


def warm_up():
    """Import what the cells import, as the sandbox's zygote does."""
    import matplotlib

    matplotlib.use("agg")
    import matplotlib.pyplot
    import numpy  # noqa: F401
    from IPython.core.interactiveshell import InteractiveShell

    import autograder.grading
    import autograder.solutions.two_layer  # noqa: F401
    import course
    import course.tasks

    for name in ("check", "progress", "NetworkView", "WeightUpdate"):
        getattr(course, name)
    course.tasks.find_task("two_layer.forward")
    return InteractiveShell


def run(path, shell_class):
    """Run a notebook's code cells in this process, and throw away what they show."""
    with open(path, encoding="utf-8") as file:
        cells = json.load(file)["cells"]
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    shell = shell_class.instance()
    for cell in cells:
        if cell["cell_type"] == "code":
            shell.run_cell("".join(cell["source"]), silent=False, store_history=False)


def main():
    """Fork a child a notebook, as many at a time as asked for."""
    at_a_time = int(sys.argv[1])
    paths = [line.strip() for line in sys.stdin]
    shell_class = warm_up()
    started = time.perf_counter()
    running = 0
    for path in paths:
        if running == at_a_time:
            os.wait()
            running -= 1
        if os.fork() == 0:
            try:
                run(path, shell_class)
            finally:
                os._exit(0)
        running += 1
    while running:
        os.wait()
        running -= 1
    print(time.perf_counter() - started)


if __name__ == "__main__":
    main()
