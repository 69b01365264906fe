"""Worker processes behind the interface of concurrent.futures.Executor."""

import multiprocessing
import multiprocessing.forkserver
import os
import signal
import threading
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from multiprocessing import resource_tracker
from multiprocessing.connection import wait
from queue import SimpleQueue

STARTS = 2.0
"""Seconds that a worker which is asked to end is given, before it is killed."""


class WorkerDied(Exception):  # noqa: N818  (what happened, not what is wrong with the call)
    """The process that ran a call died, or had to be ended, before it answered."""


def warm_up(module):
    """Begin to import what workers need, in the process that they will be forked from.

    module : its dotted name. Returns at once; what comes next here goes on beside it.
    """
    context = _context()
    context.set_forkserver_preload([module])
    # it would open the gate to Ctrl-C again, if it were started in between
    resource_tracker.ensure_running()
    with _uninterrupted():
        multiprocessing.forkserver.ensure_running()


@contextmanager
def _uninterrupted():
    """Let Ctrl-C wait until a process is started, which does not hear it itself.

    It reaches every process of a terminal, and each would show what it was just at.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _context():
    # Forked from a process that has imported all and runs no threads: fork alone would copy
    # the locks of this one's threads, and spawn would import all of it once a worker.
    return multiprocessing.get_context("forkserver")


class WorkerProcesses(Executor):
    """Calls run in a fixed number of processes; one that dies is replaced, and the rest go on.

    concurrent.futures.ProcessPoolExecutor loses every call under way when a single process
    dies. Here one call fails with WorkerDied.

    workers : how many processes; as many as there are cores where None is given. They are
        started as calls come in, so that one call takes one process, or by `start`.
    prepare : called once in each before its first call; what it raises, its calls raise.
    hand : called here with the number of a process, from 0, whenever it is about to start;
        returns what prepare is given there: a socket, which is closed here then, or None.
    patience : seconds after which a call that has not come back counts as lost, and its
        process is killed; None waits for ever.
    """

    def __init__(self, workers=None, prepare=None, patience=None, hand=None):
        self.workers = workers or len(os.sched_getaffinity(0))
        self._prepare, self._patience, self._hand = prepare, patience, hand
        self._processes, self._called = [], 0
        self._idle = SimpleQueue()
        # a thread for each process: it sends a call and waits for the answer
        self._threads = ThreadPoolExecutor(self.workers)

    def submit(self, function, /, *arguments, **named):
        """Run a call in the first process that is free; returns a Future."""
        self._called += 1
        self.start(self._called)
        return self._threads.submit(self._run, function, arguments, named)

    def start(self, expected):
        """Start as many processes as so many calls take, as far as they are not running yet."""
        while len(self._processes) < min(expected, self.workers):
            hand = partial(self._hand, len(self._processes)) if self._hand else None
            self._processes.append(_Worker(self._prepare, self._patience, hand))
            self._idle.put(self._processes[-1])

    def shutdown(self, wait=True, *, cancel_futures=False):
        """End the processes; with cancel_futures at once, whatever they are at."""
        if cancel_futures:
            for worker in self._processes:
                worker.kill()
        # the threads of killed processes have their answer at once
        self._threads.shutdown(wait=wait or cancel_futures, cancel_futures=cancel_futures)
        if wait or cancel_futures:
            for worker in self._processes:
                worker.end()

    def process_ids(self):
        """Return the ids of the worker processes, such as a measurement needs."""
        return [worker.process.pid for worker in self._processes]

    def _run(self, function, arguments, named):
        worker = self._idle.get()
        try:
            return worker.call(function, arguments, named)
        finally:
            self._idle.put(worker)


class _Worker:
    """One process and the pipe to it; after its death the next call starts another."""

    def __init__(self, prepare, patience, hand):
        self._prepare, self._patience, self._hand = prepare, patience, hand
        self._ended, self._changes = False, threading.Lock()
        with self._changes:
            self._start()

    def _start(self):
        self._pipe, theirs = multiprocessing.Pipe()
        handed = (self._hand(),) if self._hand else ()
        given = theirs, self._prepare, handed
        self.process = _context().Process(target=_serve, args=given, daemon=True)
        with _uninterrupted():
            self.process.start()
        # the only copies left are the worker's, so that its death closes them
        for end in (theirs, *filter(None, handed)):
            end.close()

    def call(self, function, arguments, named):
        with self._changes:
            # of its own accord, and not because it was killed here
            if not self._ended and not self.process.is_alive():
                self._pipe.close()
                self._start()
        try:
            self._pipe.send((function, arguments, named))
            if not wait([self._pipe], self._patience):
                self.process.kill()
                raise WorkerDied(f"it did not come back within {self._patience:g} s")
            done, value = self._pipe.recv()
        except (EOFError, OSError) as error:
            self.process.join()
            raise WorkerDied(_death(self.process.exitcode)) from error
        if done:
            return value
        raise value

    def kill(self):
        with self._changes:
            self._ended = True
            self.process.kill()

    def end(self):
        with self._changes:
            self._ended = True
            self._pipe.close()
        self.process.join(STARTS)
        self.process.kill()
        self.process.join()


def _death(exit_code):
    if exit_code is None or exit_code >= 0:
        return f"it ended with exit code {exit_code}"
    return f"it was killed by signal {-exit_code} ({signal.strsignal(-exit_code)})"


def _serve(pipe, prepare, handed):
    """What a worker process does: answer calls until nobody is there to ask."""
    # Ctrl-C reaches every process of a terminal, and a SIGTERM may reach every one of a group;
    # when to end is for the one who asks to say
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # what is started here is to hear it
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])
    # not ignored: that would be handed down to programs that are started here
    signal.signal(signal.SIGTERM, lambda *_: None)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    trouble = None
    try:
        if prepare:
            prepare(*handed)
    except Exception as error:
        trouble = error
    while True:
        try:
            function, arguments, named = pipe.recv()
        except (EOFError, OSError):
            return
        _answer(pipe, trouble, function, arguments, named)


def _answer(pipe, trouble, function, arguments, named):
    try:
        if trouble:
            raise trouble
        answer = True, function(*arguments, **named)
    except Exception as error:
        answer = False, error
    try:
        pipe.send(answer)
    except (TypeError, AttributeError, ValueError) as error:  # what pickle says of either
        pipe.send((False, RuntimeError(f"{answer[1]!r} cannot be sent back: {error}")))


def _end_with_parent():
    """End this process when the one that started it is gone, even in the middle of a call."""
    multiprocessing.parent_process().join()
    os._exit(1)
