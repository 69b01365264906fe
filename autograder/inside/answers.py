"""What a student wrote, held in slots for the host: it asks of each, and facts come back."""

from course.asked import Asked
from course.trying import LocalAnswer


class Answers:
    """The objects that the host has held, by the number of their slot.

    shell : the Shell in whose namespace they were found.
    """

    def __init__(self, shell):
        self._shell = shell
        self._held, self._answers = {}, {}
        self._next = 0

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

    def call(self, told):
        """Call an object as the host says, and return the facts of a Called as data."""
        answer = self._answer(told)
        if told["which"] == "leaned_on":
            called = answer.call_leaned_on(told["arguments"])
        else:
            called = answer.call(
                told["arguments"],
                watch=told["watch"],
                stand_in=told["stand_in"],
                keep=told["keep"],
            )
        return {"event": "called", **called.as_data()}

    def parts_now(self, told):
        """Return what the calls kept so far hold by now."""
        return {"event": "parts", "are": self._answer(told).parts_now()}
