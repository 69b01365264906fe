"""A notebook run in a sandbox, cell by cell, with its graded cells judged on this side.

A process that dies takes one cell with it: the notebook is taken up again in a new one, without
that cell. What has been shown and judged by then stays.
"""

from contextlib import suppress
from dataclasses import dataclass

import numpy as np
from nbformat.notebooknode import NotebookNode
from nbgrader.utils import is_grade

from autograder.run.job import CellGrade
from autograder.verdict.cell_times import CellTimes
from autograder.verdict.cells import (
    has_error,
    is_test,
    on_stdout,
    with_cause,
    without_outputs,
)
from autograder.verdict.exchange import Exchange, Lost
from autograder.verdict.graded_cell import read_graded_cell
from autograder.verdict.opened import shown_by_opening
from autograder.verdict.outputs import Gathered, harmless_error
from autograder.verdict.plain_cell import failed, grade_of
from autograder.verdict.scores import JudgedAgain, NotJudged, Scores
from autograder.verdict.sealed_answer import BrokeOff, CellStopped
from autograder.verdict.seeds import work_of
from autograder.verdict.served_checks import ServedChecks
from autograder.verdict.troubles import Troubles
from course.tasks import find_task

MOST_RESTARTS = 20
"""How many processes more than one a notebook may use up, within its time."""

_NOTEBOOK_UP = "The notebook took more than {:g} s; this cell was not run."


@dataclass(frozen=True)
class Conversed:
    """What came of running a notebook.

    notebook : a copy of it with outputs, execution counts, and nothing else changed. grades : a
    CellGrade for each graded cell, in its order. trouble : what went wrong, a sentence each.
    """

    notebook: NotebookNode
    grades: tuple[CellGrade, ...]
    trouble: tuple[str, ...] = ()


def converse(notebook, secret, sandbox, limits, others=None, pictures=(), opening=None):
    """Run a notebook in forks of a sandbox, judge its graded cells, and return the Conversed.

    notebook : as `mend` leaves it: ids, points, flags and the text of tests from the source.
    secret : see `seeds`. limits : the Limits. others : relative path -> bytes of the files that
    it may read. pictures : what the sandbox's forks know already, see `Sandbox.pictures`.
    opening : an Opening of the sandbox, for a notebook that opens with its cells; not where there
    are others, which those cells may want to read.

    Whatever the notebook does, this returns. Raises SealError where no fork is to be had.
    """
    run = _Run(notebook, secret, limits, others or {}, pictures)
    if opening and not others and run.opens_with(opening):
        sandbox = opening
    while run.goes_on():
        with sandbox.fork(limits) as fork:
            exchange = Exchange(fork)
            run.through(exchange)
        # or they would hold each other, and all that came, until a collection
        exchange.lost = None
    return run.result()


class _Run:
    """One notebook on its way: which cells are done, which are passed over from now on."""

    def __init__(self, notebook, secret, limits, others, pictures):
        self._notebook = without_outputs(notebook)
        self._scores = Scores(secret, work_of(notebook, others))
        self._limits, self._others = limits, others
        self._times = CellTimes(limits)
        self._code = [
            index
            for index, cell in enumerate(self._notebook.cells)
            if cell.cell_type == "code" and cell.source.strip()
        ]
        self._troubles = Troubles(self._notebook.cells, self._code)
        self._opened, self._done, self._left_out = set(), set(), set()
        self._once_more, self._now = {}, set()
        self._named = {key: html for key, html, _ in pictures}
        # a process that does not know a picture by name shows it as it is
        self._own = self._named | {html: html for html in self._named.values()}
        self._processes = self._count = 0

    def opens_with(self, opening):
        """Whether the first cells are an opening's; if so, they have run in its forks already."""
        codes = [self._notebook.cells[index].source for index in self._code]
        shown = shown_by_opening(opening, codes, self._limits, self._own)
        for index, outputs in zip(self._code, shown, strict=False):
            self._opened.add(index)
            self._finish(index, outputs)
        return bool(shown)

    def goes_on(self):
        """Whether there is a cell to be run or judged, and time and patience to do so."""
        left = set(self._code) - self._done - self._left_out
        # so that no other cell wants for time; all of them in one process, if it lives so long
        self._now = set() if left else self._once_more.keys() - self._left_out
        left |= self._now
        return bool(left) and self._processes <= MOST_RESTARTS and not self._times.is_up

    def through(self, exchange):
        """Run the cells in a new process, as far as it goes."""
        self._processes += 1
        only_again = bool(self._now)
        try:
            self._begin(exchange)
        except Lost:
            # no cell's doing
            return
        for index in self._code:
            if self._times.is_up or (only_again and not self._now):
                return
            if index in self._left_out or index in self._opened:
                continue
            first = index not in self._done
            try:
                self._take(exchange, index)
            except Lost as lost:
                if not lost.in_time:
                    self._times.too_long(is_test(self._notebook.cells[index]))
                self._once_more.pop(index, None)
                self._end_in(index, str(lost), first)
                return
            except JudgedAgain as again:
                self._put_off(index, again)
                return
            if exchange.lost:
                # an answer that had to be killed was judged all the same
                self._left_out.add(index)
                self._troubles.say(index, str(exchange.lost))
                return
        with suppress(Lost):
            exchange.tell({"op": "end"})

    def _begin(self, exchange):
        """Tell a new process what it is to know before its first cell."""
        if self._named:
            exchange.tell({"op": "named", "keys": list(self._named)})
        for path, data in self._others.items():
            exchange.tell({"op": "file", "path": path, "data": np.frombuffer(data, np.uint8)})

    def _take(self, exchange, index):
        """Run one cell, or judge it; again, without keeping what it shows, after a restart."""
        cell = self._notebook.cells[index]
        graded = read_graded_cell(cell.source) if is_test(cell) else None
        until = self._times.until(is_test(cell))
        again = index in self._done and index not in self._now
        if graded is None:
            outputs, late = self._run(exchange, cell.source, index, until)
            if late:
                outputs.append(self._stopped(index))
        else:
            outputs, late = [], False
            if graded.before:
                outputs, late = self._run(exchange, graded.before, index, until)
            if late:
                outputs.append(self._stopped(index))
            elif not again and not has_error(outputs):
                printed = [one for one in outputs if one.output_type == "stream"]
                outputs = [*on_stdout(printed), self._judge(exchange, graded, index, until)]
        if index in self._now:
            self._replace(index, outputs)
        elif not again:
            self._finish(index, outputs)

    def _run(self, exchange, code, index, until):
        """Run code; return (outputs, late)."""
        gathered = Gathered(self._limits, self._own)
        checks = ServedChecks(exchange, until, self._own, self._scores.of_tasks)

        def add(event):
            with exchange.held_to_rules():
                gathered.add(event.get("output"))

        op = {
            "op": "run",
            "code": code,
            # never the cell's own id, which would tell the code something that is not its work
            "label": str(self._code.index(index)),
            "output_bytes": self._limits.output_bytes,
            "rich_outputs": self._limits.rich_outputs,
        }
        serve = {"output": add, "check": checks.check}
        serve |= {"graded": checks.graded, "tasks": checks.tasks}
        try:
            event, late = exchange.ask(op, ("done",), until, serve)
        except Lost as lost:
            # what it showed until then is worth reading
            self._finish(index, gathered.outputs)
            raise lost
        last = event.get("outputs")
        for output in last if isinstance(last, list) else ():
            add({"output": output})
        if event.get("ok") is not True and not late and not has_error(gathered.outputs):
            gathered.outputs.append(failed("CellFailed", "The cell did not run to its end."))
        return gathered.outputs, late

    def _judge(self, exchange, graded, index, until):
        """Return the one output of a test cell: its score, or why there is none."""
        try:
            task = find_task(graded.task_id)
        except ValueError as error:
            return failed("ValueError", str(error))
        try:
            score = self._scores.judge(task, graded, exchange, until)
        except CellStopped:
            return self._stopped(index)
        except BrokeOff as broke:
            with exchange.held_to_rules():
                return harmless_error(broke.output)
        except NotJudged as error:
            self._troubles.say(index, str(error))
            return failed("NotJudged", str(error))
        score = with_cause(score, self._notebook.cells, self._notebook.cells[index])
        data = NotebookNode(score._repr_mimebundle_())
        return NotebookNode(output_type="execute_result", data=data, metadata=NotebookNode())

    def _finish(self, index, outputs):
        """Keep what a cell showed when it ran first."""
        if index in self._done:
            return
        self._done.add(index)
        self._count += 1
        cell = self._notebook.cells[index]
        cell.outputs, cell.execution_count = outputs, self._count
        _number(outputs, self._count)

    def _put_off(self, index, again):
        """Keep what came of a test that is to be judged again, when all other cells are done."""
        self._once_more[index] = again
        kind = "CellTimeoutError" if again.late else "NotebookDied"
        self._finish(index, [failed(kind, again.why)])

    def _replace(self, index, outputs):
        """Keep what came of a test that was judged again."""
        self._now.discard(index)
        again, cell = self._once_more.pop(index), self._notebook.cells[index]
        if not has_error(outputs):
            self._troubles.note(index, f"{again.why} {again}")
        _number(outputs, cell.execution_count)
        cell.outputs = outputs

    def _stopped(self, index):
        """Return the error of a cell that took too long, and leave it out from now on."""
        why = self._times.too_long(is_test(self._notebook.cells[index]))
        self._left_out.add(index)
        self._troubles.say(index, why)
        return failed("CellTimeoutError", why)

    def _end_in(self, index, why, first):
        """Take note of a process that ended in a cell; first: when the cell ran first."""
        self._left_out.add(index)
        self._finish(index, [])
        if first:
            self._notebook.cells[index].outputs.append(failed("NotebookDied", why))
        self._troubles.say(index, why)

    def result(self):
        """Return the Conversed; a graded cell that was never reached earns nothing."""
        for index, again in self._once_more.items():
            none = "time" if self._times.is_up else "process"
            self._troubles.say(index, f"{again.why} No {none} was left to judge it again.")
        for index in self._code:
            if index not in self._done and is_test(self._notebook.cells[index]):
                self._never_reached(index)
        grades = tuple(
            grade_of(cell, self._troubles.cause_of(index))
            for index, cell in enumerate(self._notebook.cells)
            if is_grade(cell)
        )
        return Conversed(self._notebook, grades, tuple(self._troubles.sentences))

    def _never_reached(self, index):
        why = _NOTEBOOK_UP.format(self._limits.notebook_seconds)
        if not self._times.is_up:
            why = f"Its process came to an end {self._processes} times; this cell was not run."
        self._notebook.cells[index].outputs = [failed("CellNotRun", why)]
        self._troubles.say(index, why)


def _number(outputs, count):
    for output in outputs:
        if output.output_type == "execute_result":
            output.execution_count = count
