"""What one call of a student's object did, in plain facts and without a verdict."""

from dataclasses import dataclass, fields

import numpy as np

from course.reading import NOT_WRITTEN
from course.running import KEPT_CHARACTERS, MOST_WARNINGS, WARNING_CHARACTERS
from course.stack import Stack

NOT_BACK = "The call did not come back in time and was stopped: is there a loop without an end?"

ENDS = (NOT_WRITTEN, NOT_BACK)
"""The troubles after which the calls that were to follow would say the same again."""

MOST_CHARACTERS = 2000
"""How much of a sentence is taken from a process that is not trusted."""


@dataclass(frozen=True, eq=False)
class Called:
    """What one call did.

    parts : one entry a part, an array of real numbers or a sentence saying why there is none;
    empty where the call returned no parts, and then `trouble` says why.
    unfit : why nothing was called at all, for nothing that was handed over can be; else "".
    raised : the text of an exception, with its type. changed : names of arguments that the
    call changed. warned : texts of warnings. calls : see Outcome. printed, kept,
    changed_settings : as there.
    """

    parts: tuple = ()
    trouble: str = ""
    unfit: str = ""
    raised: str = ""
    changed: tuple = ()
    warned: tuple = ()
    calls: int = 0
    printed: int = 0
    kept: str = ""
    changed_settings: bool = False

    @property
    def ends(self):
        """Whether calls that were to follow would say the same again."""
        return bool(self.unfit) or self.trouble in ENDS

    def as_data(self):
        """Return it as a dictionary of numbers, text, arrays and tuples of them.

        What there is nothing to say of is left out.
        """
        told = {name: getattr(self, name) for name in _NOTHING}
        return {name: value for name, value in told.items() if value}

    @classmethod
    def from_data(cls, data, asked, names):
        """Return the Called that `as_data` described, believing nothing that could not be so.

        asked : the Asked of the task. names : those of the arguments of the call.
        Raises ValueError, with what is wrong, for data that no call could have given.
        """
        if not isinstance(data, dict) or not data.keys() <= _NOTHING.keys():
            raise ValueError("Got something else than the facts of a call.")
        if data.keys() == {"parts"}:
            # nearly always there is nothing else to say
            return cls(parts_from_data(data["parts"], asked))
        data = _NOTHING | data
        numbers = [_count(data[name], name) for name in ("calls", "printed")]
        warned = [
            _text(said, "a warning", WARNING_CHARACTERS)
            for said in _several(data["warned"], "warned")
        ]
        changed = _several(data["changed"], "changed")
        if any(type(name) is not str or name not in names for name in changed):
            raise ValueError("Got changes of what is no argument of the call.")
        if type(data["changed_settings"]) is not bool:
            raise ValueError("Got changed_settings that are neither true nor false.")
        return cls(
            parts=parts_from_data(data["parts"], asked),
            trouble=_text(data["trouble"], "trouble"),
            unfit=_text(data["unfit"], "unfit"),
            raised=_text(data["raised"], "raised"),
            changed=tuple(dict.fromkeys(changed)),
            warned=tuple(warned[:MOST_WARNINGS]),
            calls=numbers[0],
            printed=numbers[1],
            kept=_text(data["kept"], "kept", KEPT_CHARACTERS),
            changed_settings=data["changed_settings"],
        )


_NOTHING = {field.name: field.default for field in fields(Called)}


def parts_from_data(parts, asked):
    """Return the parts of a call from data that may be forged: none, or one a part.

    Raises ValueError where an entry is neither a sentence nor an array that its part can have.
    """
    parts = _several(parts, "parts")
    if parts and len(parts) != len(asked.parts):
        raise ValueError(f"Got {len(parts)} parts of {asked.id}, which has {len(asked.parts)}.")
    return tuple(_part(part, came) for part, came in zip(asked.parts, parts, strict=bool(parts)))


def _part(part, came):
    if type(came) is str:
        return _text(came, part.name)
    if not isinstance(came, np.ndarray) or came.dtype.kind not in "fiu":
        raise ValueError(f"Got {part.name} that is neither a sentence nor an array of numbers.")
    many = isinstance(came, Stack) and ("list" if came.keys is None else "dict")
    if (many or "") != part.many:
        raise ValueError(f"Got {part.name} as {many or 'one'}; it is {part.many or 'one'}.")
    if part.among and not (came.shape == () and came in range(len(part.among))):
        raise ValueError(f"Got {part.name} that is none of its {len(part.among)} words.")
    return came


def _several(value, name):
    if not isinstance(value, list | tuple):
        raise ValueError(f"Got {name} that are no list.")
    return value


def _count(value, name):
    if type(value) is not int or not 0 <= value < 2**53:
        raise ValueError(f"Got {name} that count nothing.")
    return value


def _text(value, name, most=MOST_CHARACTERS):
    if type(value) is not str:
        raise ValueError(f"Got {name} that is no text.")
    return value if len(value) <= most else value[: most - 2] + " …"
