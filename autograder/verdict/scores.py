"""The scores of one notebook's test cells, whichever process they came about in."""

from autograder.grading import GRADED_ON, reference
from autograder.inside.answers import TESTED
from autograder.seal import SealError
from autograder.verdict.exchange import Lost
from autograder.verdict.sealed_answer import BrokeOff, CellStopped, SealedAnswer
from autograder.verdict.seeds import cases_of
from course.checking import score_on


class JudgedAgain(Exception):  # noqa: N818  (what happened, not what is wrong with the call)
    """A test cell may be judged once more in a new process; the message says how it is then.

    why : what ended the process, or that the time was up. late : whether it was the time.
    """

    def __init__(self, said, why, late):
        super().__init__(said)
        self.why, self.late = why, late


class NotJudged(Exception):  # noqa: N818
    """What came back was like nothing that the judge knows; the message says what it met."""


class Scores:
    """Judges what test cells hand over, and keeps the scores.

    secret, work : see `seeds`. Attribute: of_tasks, id of a task -> the Score of its test cell,
    of those judged so far.
    """

    def __init__(self, secret, work):
        self._secret, self._work = secret, work
        self._again = set()
        self.of_tasks = {}

    def judge(self, task, graded, exchange, until):
        """Return the Score of what a test cell hands over in the process of an Exchange.

        task, graded : the cell's Task and GradedCell. until : when its time is up, as
        time.monotonic() tells it.

        Raises what a SealedAnswer raises, and NotJudged. But where that is no SealError, or the
        process had to be killed, and the cell hands over an answer that its task leans on, it
        raises JudgedAgain: that answer may have done it, and the next time the true values stand
        in for it.
        """
        leans = task.leans_with(len(graded.expressions))
        answer = SealedAnswer(
            exchange,
            task.asked,
            TESTED,
            leans,
            until,
            graded.expressions,
            proven=self._proven(task.leans_on),
            deadly=graded in self._again,
            failed=self._failed(task),
        )
        cases = cases_of(task, self._secret, self._work)
        may_be_anothers = answer.leans and not answer.deadly
        try:
            score = score_on(task, answer, cases, reference, GRADED_ON)
            if exchange.lost and may_be_anothers:
                raise exchange.lost
        except (Lost, CellStopped, BrokeOff) as ended:
            if not may_be_anothers:
                raise
            self._again.add(graded)
            names = " and ".join(f"`{one.name}`" for one in task.replaced_with(answer.failed))
            said = f"It was judged again with the true values for {names}."
            late = isinstance(ended, CellStopped)
            why = "The time of the cell was up." if late else str(ended)
            raise JudgedAgain(said, why, late) from ended
        except SealError:
            raise
        except Exception as error:
            why = f"What came back could not be judged ({type(error).__name__}: {error})."
            raise NotJudged(why) from error
        self.of_tasks[task.id] = score
        return score

    def _failed(self, task):
        """Return the names of the tasks leaned on that earned nothing, or have no score at all."""
        # a score is a float
        return frozenset(o.name for o in task.all_leaned_on if not self.of_tasks.get(o.id))

    def _proven(self, task):
        """Return the names of the parts of a task that came right in its own test, if any did."""
        score = self.of_tasks.get(task.id) if task else None
        findings = score.findings if score else ()
        # one that follows from a mistake is right in points, not in value
        return frozenset(one.part for one in findings if one.right and not one.message)
