"""What to teach again: up to three sentences, computed and worded from what the class lost."""

from collections import defaultdict
from dataclasses import dataclass, field

from autograder.report.losses import BROKE_OFF, BY_HAND, KNOWN, OUT_OF_TIME, UNNAMED, UNWRITTEN

SENTENCES = 3

_OTHERWISE = {
    UNWRITTEN: "left the answer unwritten",
    OUT_OF_TIME: "ran out of time",
    BROKE_OFF: "handed in code that broke off with an error",
    BY_HAND: "lost points where they were graded by hand",
    UNNAMED: "went wrong in a way that the checks have no name for",
}


@dataclass
class _Topic:
    """What was lost to one cause: the points by task, and the students."""

    cause: str
    mistake: str
    by_task: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    students: set[str] = field(default_factory=set)

    @property
    def points(self):
        return sum(self.by_task.values())


def teach_again(losses, graded, places, hints, waiting=""):
    """Return the sentences, most points lost first; code in them stands between backticks.

    losses : Losses of the class. graded : how many students' notebooks could be graded.
    places : task -> Place. hints : (mistake, task) -> the hint, in the course's own words.
    waiting : what waits to be graded by hand, in a sentence; "" for nothing.

    A mistake is one topic in whatever tasks it was made. Where the checks named fewer than
    three, the other ways to lose points fill up, a task at a time.
    """
    if not graded:
        return ["No notebook has been graded, so nothing can be said yet of what to teach again."]
    topics = _topics(losses)
    if not topics and waiting:
        return [f"No points have been lost so far. {waiting}"]
    if not topics:
        who = f"All {graded} students" if graded > 1 else "The one student who was graded"
        return [f"{who} earned every point: nothing needs to be taught again."]
    return [_sentence(topic, graded, places, hints) for topic in topics[:SENTENCES]]


def _topics(losses):
    """Return the topics in which points were lost: known mistakes, then the others."""
    topics = {}
    for loss in losses:
        # what has no name is one thing in each task
        key = (loss.cause, loss.mistake, "" if loss.mistake else loss.task)
        topic = topics.setdefault(key, _Topic(loss.cause, loss.mistake))
        topic.by_task[loss.task] += loss.points
        topic.students.add(loss.student)
    costly = [topic for topic in topics.values() if topic.points > 1e-9]
    return sorted(
        costly,
        key=lambda topic: (
            topic.cause != KNOWN, -topic.points, -len(topic.students), topic.mistake
        ),
    )  # fmt: skip


def _sentence(topic, graded, places, hints):
    ranked = sorted(topic.by_task, key=lambda task: -topic.by_task[task])
    tasks = [task for task in ranked if topic.by_task[task] > 1e-9]
    place = places.get(tasks[0])
    back = f"go back to {place.words}" if place and place.words else "go through the task again"
    count, points = len(topic.students), counted(round(topic.points, 1), "point")
    who = f"{count} of {counted(graded, 'student')}"
    if not topic.mistake:
        what = _OTHERWISE[topic.cause]
        return f"In `{tasks[0]}`, {who} {what}, which cost {points}: {back}."
    hint = hints(topic.mistake, tasks[0])
    verb = "ask" if hint.endswith("?") else "say"
    alone = " (a word with this student may do)" if count == 1 < graded else ""
    return (
        f"In {_listed(tasks)}, {who} made the mistake `{topic.mistake}`{alone}, which cost "
        f"{points}: {verb} “{hint}” and {back}."
    )


def _listed(tasks):
    named = [f"`{task}`" for task in tasks]
    return " and ".join([", ".join(named[:-1]), named[-1]][len(named) < 2 :])


def counted(number, word):
    """Return a number with its word, such as "1 point" or "2.5 points"."""
    return f"{number:g} {word}{'' if number == 1 else 's'}"
