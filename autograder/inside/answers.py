"""What a student wrote, held in slots for the host: it asks of each, and facts come back."""

from course.asked import Asked
from course.trying import Ask, LocalAnswer


class Answers:
    """The objects that the host has held, by the number of their slot.

    shell : the Shell in whose namespace they were found.
    """

    def __init__(self, shell):
        self._shell = shell
        self._held, self._answers = {}, {}
        self._next = 0
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
        """Return the LocalAnswer of a slot, the same one for as long as the slot is held."""
        slot = told["slot"]
        if slot not in self._answers:
            asked = Asked.from_data(told["asked"])
            self._answers[slot] = LocalAnswer(asked, self._held[slot])
        return self._answers[slot]

    def unfit(self, told):
        """Say why the objects cannot even be tried: {"is": a sentence, or ""}."""
        return {"event": "said", "is": self._answer(told).unfit(tuple(told["names"]))}

    def calls(self, told):
        """Call objects as the host says, and return the facts of each Called as data.

        As many as are done in the seconds that it gives, in order; the host asks for the rest.
        """
        asks = [Ask(**ask) for ask in told["asks"]]
        try:
            for called in self._answer(told).in_turn(asks, told["seconds"]):
                self._done.append(called.as_data())
            return {"event": "called", "are": self._done}
        finally:
            self._done = []

    def done(self):
        """Return what the calls under way have come to so far, as `calls` tells it."""
        return self._done

    def changed_later(self, told):
        """Return which parts of the calls kept so far are not any more what came."""
        changed = self._answer(told).changed_later()
        return {"event": "changed", "are": {n: sorted(parts) for n, parts in changed.items()}}
