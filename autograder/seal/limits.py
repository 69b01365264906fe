"""How much a student's notebook may use before it is stopped."""

import math
from dataclasses import asdict, dataclass, fields
from difflib import get_close_matches

from autograder.course_error import CourseError

_MIB = 2**20
_LEAST = {
    "cell_seconds": 0.1,
    "notebook_seconds": 0.1,
    "cpu_seconds": 1,
    "memory_bytes": 32 * _MIB,
    "processes": 0,
    "open_files": 16,
    "file_bytes": _MIB,
    "output_bytes": 1000,
    "rich_outputs": 0,
}
_SECONDS = ("cell_seconds", "notebook_seconds")
_LISTS = ("packages", "paths")


@dataclass(frozen=True)
class Limits:
    """What one notebook may use, and what it may see beside the course.

    cell_seconds : time on the wall of one cell; each that took longer halves it, but not for tests
    notebook_seconds : time on the wall of all cells together
    cpu_seconds : processor time of the whole notebook, all threads together
    memory_bytes : address space beyond what every notebook starts with
    processes : programs and processes it may start; 0 forbids starting any
    open_files : files, pipes and the like open at one time
    file_bytes : everything it writes, in all
    output_bytes : text that one cell may show
    rich_outputs : pictures and the like that one cell may show
    packages : installed distributions it may import beside those of the course, such as "scipy"
    paths : further folders of this machine it may read, at their own place

    Raises CourseError for a value that is no number, or too small to run anything.
    """

    cell_seconds: float = 60
    notebook_seconds: float = 300
    cpu_seconds: int = 300
    memory_bytes: int = 2048 * _MIB
    processes: int = 0
    open_files: int = 64
    file_bytes: int = 64 * _MIB
    output_bytes: int = 1_000_000
    rich_outputs: int = 20
    packages: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()

    def __post_init__(self):
        for name, least in _LEAST.items():
            _refuse_unfit(name, getattr(self, name), least)
        for name in _LISTS:
            value = getattr(self, name)
            strings = not isinstance(value, str) and all(isinstance(item, str) for item in value)
            if not strings:
                raise CourseError(
                    f"Got c.Seal.{name} = {value!r}, but it must be a list of strings: write "
                    f"c.Seal.{name} = ['…']."
                )
            object.__setattr__(self, name, tuple(value))

    @classmethod
    def from_config(cls, config):
        """Return the limits that a course's configuration sets in its section Seal.

        config : traitlets' Config, as nbgrader_config.py fills it (c.Seal.cell_seconds = 30). What
        it tells nbgrader of a cell's time (c.Execute.timeout) holds where Seal says nothing of it.
        Raises CourseError for a name that is no limit, naming the nearest, or a bad value.
        """
        section = dict(config.get("Seal", {}))
        known = [field.name for field in fields(cls)]
        for name in section:
            if name not in known:
                near = get_close_matches(name, known, n=1, cutoff=0)[0]
                raise CourseError(
                    f"Got c.Seal.{name} in nbgrader_config.py, but there is no such limit; the "
                    f"nearest is {near!r}, and there are {', '.join(known)}."
                )
        return cls(**_times_for_nbgrader(config) | section)

    def as_data(self):
        """Return the limits as a plain dict, such as JSON carries."""
        return asdict(self)


def _times_for_nbgrader(config):
    """Return the limit of a cell's time that a course has set for nbgrader, if it has set one."""
    for section in ("Execute", "ExecutePreprocessor", "NotebookClient"):
        seconds = config.get(section, {}).get("timeout")
        # None and what is below 0 stand for no limit there
        if isinstance(seconds, (int, float)) and seconds > 0:
            return {
                "cell_seconds": seconds,
                "notebook_seconds": max(Limits.notebook_seconds, seconds),
            }
    return {}


def _refuse_unfit(name, value, least):
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if number and name not in _SECONDS:
        number = isinstance(value, int)
    if not number or not math.isfinite(value) or value < least:
        kind = "a number" if name in _SECONDS else "a whole number"
        raise CourseError(
            f"Got c.Seal.{name} = {value!r}, but it must be {kind} of at least {least}: "
            "change it in nbgrader_config.py, or leave the line out for the default "
            f"{getattr(Limits, name)}."
        )
