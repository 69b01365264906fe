"""What a student wrote, held in slots for the host: it asks of each, and facts come back."""

from course.asked import Asked
from course.trying import Ask, LocalAnswer

TESTED = 0
"""The slot of what a test hands over; a check in a cell has a slot of its own beside it."""


class Answers:
    """The objects that the host has held, by the number of their slot.

    shell : the Shell in whose namespace they are found.
    """

    def __init__(self, shell):
        self._shell = shell
        self._held, self._answers = {}, {}
        self._next = TESTED
        self._done = []

    def hold(self, objects):
        """Keep objects, and return the number of their slot."""
        self._next += 1
        self._held[self._next] = tuple(objects)
        return self._next

    def drop(self, slot):
        """Let go of a slot; one that is not there is none."""
        self._held.pop(slot, None)
        self._answers.pop(slot, None)

    def _answer(self, told):
        """Return the LocalAnswer of a slot, the same one for as long as the slot is held.

        Where the host says by which expressions, what they stand for is in the slot from now on.
        """
        slot = told["slot"]
        if "hold" in told:
            self.drop(slot)
            self._held[slot] = tuple(map(self._shell.evaluate, told["hold"]))
        if slot not in self._answers:
            asked = Asked.from_data(told["asked"])
            self._answers[slot] = LocalAnswer(asked, self._held[slot])
        return self._answers[slot]

    def calls(self, told):
        """Call objects as the host says, and return the facts of each Called as data.

        As many as are done in the seconds that it gives, in order; the host asks for the rest.
        Where these were the last ones, it says with them which parts changed since they came.
        """
        answer = self._answer(told)
        asks = [Ask(**ask) for ask in told["asks"]]
        called = None
        try:
            for called in answer.in_turn(asks, told["seconds"], told.get("names", ())):
                self._done.append(called.as_data())
            event = {"event": "called", "are": self._done}
            over = len(self._done) == len(asks) or called.ends
            if over and told.get("last"):
                event["changed"] = _changed(answer)
            return event
        finally:
            self._done = []

    def done(self):
        """Return what the calls under way have come to so far, as `calls` tells it."""
        return self._done

    def changed_later(self, told):
        """Return which parts of the calls kept so far are not any more what came."""
        return {"event": "changed", "are": _changed(self._answer(told))}


def _changed(answer):
    return {number: sorted(parts) for number, parts in answer.changed_later().items() if parts}
