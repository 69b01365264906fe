"""The student's end of a conversation: cells are run, answers held and called, as the host says.

One fork holds one conversation about one notebook. Nothing here is trusted by the host: all of
it shares a process with the student's code.
"""

import builtins
import gc
import os
import signal
import threading
from contextlib import contextmanager, suppress

import numpy as np

from course.handlers import set_handler
from course.running import unwatched

from .answers import Answers
from .kept import Kept
from .outlines import Outlines
from .outputs import CellOutputs
from .placing import place
from .shell import Shell
from .wire import ClosedError, WireError

_LATER = (signal.SIGALRM, signal.SIGINT)

_TOGETHER = 500_000
"""Bytes of outputs that a cell's last message takes along."""


def main(channel):
    """Serve one conversation on the channel, in a fork of a warmed process (see `warming`).

    channel : the Channel to the host. Returns when the host ends it, or is gone.
    """
    session = Session(channel, Shell.instance())
    try:
        session.serve()
    except ClosedError:
        return


class RefusedError(Exception):
    """The host ended a check with an error, told as a type's name and a text."""


class Session:
    """One conversation: `serve` answers the host's ops until it says "end".

    channel : the Channel to the host. shell : the Shell that was made before the fork.
    """

    def __init__(self, channel, shell):
        channel.make_function = self.host_function
        self._channel, self._shell = channel, shell
        self._answers = Answers(shell)
        self._host_functions, self._kept_functions = {}, {}
        self._interruptible = self._asking = False
        self._process, self._thread = os.getpid(), threading.get_ident()
        self._outlines = shell.outlines
        self._ops = {
            "file": self._file,
            "named": self._name,
            "run": self._run,
            "calls": self._calls,
            "changed_later": self._changed_later,
            "draw_ahead": self._draw_ahead,
        }
        self._named = {}
        shell.session = self
        shell.begin()
        if not shell.numbers_drawn:
            # every fork starts with the same state, and a notebook's numbers are its own; NumPy's
            # own way to find a seed writes to ten times as much memory
            np.random.seed(int.from_bytes(os.urandom(4), "little"))
        signal.signal(signal.SIGINT, self._interrupted)
        self._kept = Kept(shell.kept_names)
        gc.enable()

    def serve(self):
        """Answer the host's ops in turn until it ends the conversation."""
        while True:
            told = self._channel.receive()
            if told["op"] == "end":
                return
            self._answer(told)

    def _answer(self, told):
        act = self._ops.get(told["op"])
        if act is None:
            known = ", ".join([*self._ops, "end"])
            raise WireError(f"Got the op {told['op']!r}, but there are {known}.")
        act(told)

    def _interrupted(self, number, frame):
        if self._interruptible:
            # once a turn: a second one could come while the first is put into words
            self._interruptible = False
            done = self._answers.done()
            if done:
                # now, for the call under way may let no interrupt through
                self._send({"event": "so_far", "are": done})
            raise KeyboardInterrupt

    @contextmanager
    def _students_turn(self):
        """Run a block that the student's code has a hand in; an interrupt ends it."""
        inner = self._interruptible
        try:
            self._interruptible = True
            yield
        finally:
            self._interruptible = inner
            if not inner:
                self._kept.put_back()

    def _run(self, told):
        most = told.get("output_bytes", 1_000_000), told.get("rich_outputs", 20)
        outputs = CellOutputs(*most, self._named)
        ran = False
        try:
            with self._students_turn():
                ran = self._shell.run(told["code"], outputs, told.get("label"))
        except:  # noqa: E722  (a name such as BaseException may be what the cell deleted)
            self._kept.put_back()
            outputs.error(self._shell.error_output())
        if os.getpid() != self._process:
            os._exit(0)  # a process that the cell started, and that came back here
        shown, done = outputs.as_list(), {"event": "done", "ok": ran, "dropped": outputs.dropped}
        if outputs.bytes > _TOGETHER:
            # each of them fits into one message
            while shown:
                self._send({"event": "output", "output": shown.pop(0)})
        self._send({**done, "outputs": shown, "count": self._shell.execution_count - 1})

    def _file(self, told):
        place(told["path"], told["data"])

    def _name(self, told):
        """Show pictures by their keys from now on, those that the host says it has."""
        self._named = self._shell.drawn.named(told["keys"])

    def _calls(self, told):
        self._ask(self._answers.calls, told)

    def _changed_later(self, told):
        self._ask(self._answers.changed_later, told)

    def _draw_ahead(self, told):
        """Run a notebook as it was released, and tell a share of what its functions drew."""
        self._shell.drawn.recording = told["share"]
        # nobody reads what is wrong with cells that are not filled in
        self._shell.showtraceback = lambda *_, **__: None
        for code in told["cells"]:
            # one that fails, or was interrupted, has none of its pictures drawn ahead
            with suppress(BaseException), self._students_turn():
                self._shell.run(code, CellOutputs())
        self._send({"event": "drawn", "pictures": self._shell.drawn.told()})

    def _ask(self, ask, told):
        """Send the event that comes of asking the student's objects, or the error that it met."""
        outputs, asking, in_a_cell = self._shell.outputs, self._asking, self._interruptible
        self._shell.outputs, self._asking = CellOutputs(0, 0), True
        try:
            with self._students_turn():
                # in the middle of a cell its context is entered already
                event = ask(told) if in_a_cell else self._shell.context.run(ask, told)
            self._send(event)
        except ClosedError:
            raise
        except:  # noqa: E722  (whatever the student's objects made of it)
            self._send({"event": "error", "output": self._shell.error_output()})
        finally:
            # in the middle of a cell, its outputs go on where they were
            self._shell.outputs, self._asking = outputs, asking

    def _send(self, body):
        with _undisturbed():
            self._channel.send(body)

    def _exchange(self, body):
        """Send an event and return the host's next op."""
        if threading.get_ident() != self._thread:
            raise RuntimeError("This can only be called from the cell itself, not from a thread.")
        with _undisturbed():
            self._channel.send(body)
            return self._channel.receive()

    def host_function(self, number, name):
        """Return a function of the host's, to be called here: its arguments go there and back."""

        def asked(*arguments, **named):
            # a function of the host's goes back as its number there
            told = [self._host_functions.get(id(one), one) for one in arguments]
            by_name = {key: self._host_functions.get(id(one), one) for key, one in named.items()}
            event = {"event": "call_host", "n": number, "arguments": told, "named": by_name}
            try:
                told = self._exchange(event)
            except ClosedError:
                raise
            except WireError as error:
                raise TypeError(f"{name} cannot take this: {error}") from None
            if told["op"] == "raise":
                raise _error(told)
            return told["is"]

        asked.__name__ = asked.__qualname__ = str(name)
        made = self._kept_functions[number] = unwatched(asked)
        self._host_functions[id(made)] = {"host_function": number}
        return made

    def check(self, task_id, objects):
        """Have the host score objects of the running cell: {"data", "html", "text"}.

        Raises ValueError, or what else the host says, where it refuses; RuntimeError where no
        cell asks for it, but an answer that is being checked.
        """
        self._refuse_inner("check")
        slot = self._answers.hold(objects)
        event = {"event": "check", "task": task_id, "slot": slot, "objects": len(objects)}
        try:
            told = self._exchange({**event, "leans": len(objects) > 1})
            while told["op"] not in ("score", "raise"):
                self._answer(told)
                with _undisturbed():
                    told = self._channel.receive()
        finally:
            self._answers.drop(slot)
        if told["op"] == "raise":
            raise _error(told)
        return told

    def graded(self):
        """Return what the host tells of the tasks graded so far: id -> {"data", "html", "text"}."""
        return self._told("graded")["scores"]

    def outlines(self):
        """Return the Outlines of the course's tasks; the host is asked once, where it must be."""
        if self._outlines is None:
            self._outlines = Outlines(self._told("tasks"))
        return self._outlines

    def _told(self, event):
        self._refuse_inner("progress")
        told = self._exchange({"event": event})
        if told["op"] == "raise":
            raise _error(told)
        return told

    def _refuse_inner(self, name):
        if self._asking:
            raise RuntimeError(f"`{name}` cannot be called by an answer that is being checked.")


@contextmanager
def _undisturbed():
    """Keep interrupts and alarms out of a block, for a frame that is cut stays cut.

    They are told again after it. To block them would not do: a thread of the student's could
    take them, and Python would still handle them in this one.
    """
    came = []
    before = [(number, set_handler(number, lambda n, _: came.append(n))) for number in _LATER]
    try:
        yield
    finally:
        for number, handler in reversed(before):
            set_handler(number, handler)
        for number, handler in before:
            if number in came and callable(handler):
                handler(number, None)


def _error(told):
    kind = getattr(builtins, str(told["type"]), None)
    if not (isinstance(kind, type) and issubclass(kind, Exception)):
        kind = RefusedError
    return kind(told["said"])
