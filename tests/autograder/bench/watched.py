"""A command timed from its start to its end, or the memory and processor time of its parts."""

import subprocess
import threading
import time
from dataclasses import dataclass, field
from itertools import count

import psutil

EVERY, MEMORY_EVERY = 0.5, 4
"""Seconds between two looks at the processes, and how many go by between two at their memory."""


@dataclass
class Watched:
    """What was seen of a command.

    seconds : wall time, made longer by the looking; output : what it printed. processor :
    seconds of processor time of the command itself ("main"), of the process that workers are
    forked from ("imports"), of the workers ("workers") and of what runs in the sandboxes
    ("sandboxes"). private : the most memory, in bytes, that one worker and its sandbox had to
    themselves; of a sandbox that several workers share, an equal part.
    """

    seconds: float = 0.0
    output: str = ""
    processor: dict = field(default_factory=dict)
    private: int = 0


def seconds_of(command, **options):
    """Return how long a command takes by the clock; raises CalledProcessError where it fails."""
    started = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True, **options)
    return time.perf_counter() - started


def watch(command, **options):
    """Run a command and return what was seen of it; raises CalledProcessError where it fails.

    To look at all its processes takes processor time, too; `seconds_of` tells how long it takes.
    """
    seen, over = Watched(), threading.Event()
    started = time.perf_counter()
    with subprocess.Popen(command, text=True, stdout=subprocess.PIPE, **options) as run:
        looking = threading.Thread(target=_look, args=(run.pid, seen, over))
        looking.start()
        seen.output, _ = run.communicate()
        seen.seconds = time.perf_counter() - started
        over.set()
        looking.join()
    if run.returncode:
        raise subprocess.CalledProcessError(run.returncode, command, seen.output)
    return seen


def _look(number, seen, over):
    spent = {}
    looks = count()
    while not over.wait(EVERY):
        try:
            _look_once(psutil.Process(number), seen, spent, next(looks) % MEMORY_EVERY == 0)
        except psutil.Error:
            continue
    for (part, _), seconds in spent.items():
        seen.processor[part] = seen.processor.get(part, 0.0) + seconds


def _look_once(main, seen, spent, memory):
    spent["main", main.pid] = _processor(main)
    shared, workers = [], []
    for child in main.children():
        if child.name() == "bwrap":
            shared += [child, *child.children(recursive=True)]
        else:
            workers += child.children()
            spent["imports", child.pid] = _processor(child)
    apart = {worker.pid: worker.children(recursive=True) for worker in workers}
    for worker in workers:
        spent["workers", worker.pid] = _processor(worker)
    # what a fork took is its zygote's children's time once it has ended: those that live, together
    living = [*shared, *(one for below in apart.values() for one in below)]
    together = sum(_processor(process, children=True) for process in living)
    spent["sandboxes", 0] = max(together, spent.get(("sandboxes", 0), 0.0))
    if memory and workers:
        part = sum(map(_private, shared)) / len(workers)
        each = [part + sum(map(_private, [worker, *apart[worker.pid]])) for worker in workers]
        seen.private = max(seen.private, *each)


def _processor(process, children=False):
    try:
        times = process.cpu_times()
    except psutil.Error:
        return 0.0
    own = times.user + times.system
    return own + times.children_user + times.children_system if children else own


def _private(process):
    """Return the bytes that no other process shares with one."""
    try:
        with open(f"/proc/{process.pid}/smaps_rollup", encoding="ascii") as file:
            lines = [line.split() for line in file]
    except OSError:
        return 0
    return 1024 * sum(int(words[1]) for words in lines if words[0].startswith("Private_"))
