"""The host's own functions, called from the other process while it answers one op."""

from functools import cached_property

import numpy as np

from course.arguments import entries_of

ONLY_CELLS_ASK = ("check", "graded", "tasks")
"""Events that come of what a cell itself calls, and of nothing that is being judged."""

MOST_HOST_CALLS = 20_000
MOST_ENTRIES = 1_000


class HostCalls:
    """Answers calls of the functions that go over with one op: arguments of a case, stand-ins.

    It is made before the op is sent: those that went over earlier are not answered any more.
    asks : the student's calls that it asks for, as Asks; about as many numbers as go over with
    one of them may come in a call from there, so that none takes longer than the case itself.
    """

    def __init__(self, exchange, asks=()):
        self._exchange, self._first = exchange, len(exchange.functions)
        self._asks = asks
        self._left = self._allowed = MOST_HOST_CALLS * max(len(asks), 1)

    @cached_property
    def _most(self):
        # most ops are answered without a call, and need not count
        return MOST_ENTRIES + 2 * max((entries_of(a.arguments) for a in self._asks), default=0)

    def __call__(self, event):
        self._left -= 1
        if self._left < 0:
            raise self._exchange.give_up(f"It called the grader {self._allowed} times.")
        try:
            function = self._function(event.get("n"))
            arguments = list(map(self._meant, event.get("arguments")))
            named = {key: self._meant(one) for key, one in dict(event.get("named") or ()).items()}
            if named and not getattr(function, "takes_names", False):
                # NumPy's, for one, take names that have them do something else
                raise TypeError("This function takes its arguments in their order, without names.")
            if entries_of([*arguments, *named.values()]) > self._most:
                raise ValueError(f"More than {self._most} numbers were handed over here.")
            with np.errstate(all="ignore"):
                value = function(*arguments, **named)
        except Exception as error:  # the arguments are the student's
            known = [kind for kind in type(error).__mro__ if kind.__module__ == "builtins"]
            self._raise(known[0].__name__, str(error)[:300])
        else:
            self._exchange.tell({"op": "value", "is": value})

    def _function(self, number):
        functions = self._exchange.functions
        if type(number) is not int or not self._first <= number < len(functions):
            raise ValueError("This function belongs to a call that is over.")
        return functions[number]

    def _meant(self, argument):
        """Return an argument as it was meant; one of the host's functions comes as its number."""
        if isinstance(argument, dict) and argument.keys() == {"host_function"}:
            return self._function(argument["host_function"])
        if not _is_plain(argument, 4):
            raise TypeError("Only numbers and arrays can be handed over here.")
        return argument

    def _raise(self, kind, said):
        self._exchange.tell({"op": "raise", "type": kind, "said": said})

    def refuse(self, event):
        """Refuse what only a cell may ask for."""
        self._raise("RuntimeError", "This cannot be asked by an answer that is being judged.")


def _is_plain(value, levels):
    """Whether a value is made of numbers, real arrays, lists and dictionaries, not too deeply."""
    if isinstance(value, np.ndarray | np.generic):
        return value.dtype.kind in "bfiuc"
    if isinstance(value, list | tuple):
        return levels > 0 and all(_is_plain(entry, levels - 1) for entry in value)
    if isinstance(value, dict):
        return levels > 0 and all(_is_plain(entry, levels - 1) for entry in value.values())
    if type(value) is int:
        return abs(value) < 2**63
    return value is None or type(value) in (bool, float)
