"""Whether a task's list of plausible mistakes can do its work."""

from itertools import combinations

import numpy as np

from autograder.planted import mistakes as planted_mistakes
from course.arguments import fresh
from course.comparing import equal
from course.mistakes import find_mistake
from course.trials import Trial


def trouble_with_list(task):
    """Return a sentence for each thing wrong with a task's list; empty where it is fit."""
    if not task.mistakes:
        return [f"{task.id} lists no plausible mistakes; name those that students make there."]
    said = [
        f"{task.id} lists {name!r} twice; once is enough."
        for name in sorted(set(task.mistakes))
        if task.mistakes.count(name) > 1
    ]
    if said:
        return said
    unknown = []
    for name in task.mistakes:
        try:
            find_mistake(name)
        except ValueError as error:
            unknown.append(f"{task.id}: {error}")
    if unknown:
        return unknown
    cases = _cases(task)
    values = {name: _values(task, name, cases) for name in task.mistakes}
    planted = planted_mistakes(task.id.partition(".")[0])
    for name, tables in values.items():
        if not any(_differs(task, table, cases) for table in tables) and name not in planted:
            said.append(
                f"{task.id} lists {name!r}, but {name!r} changes nothing on any drawn case, and "
                "no plant of it shows otherwise; take it off the list or draw a case for it."
            )
    for one, other in combinations(task.mistakes, 2):
        if any(_alike(task, a, b, cases) for a in values[one] for b in values[other]):
            said.append(
                f"{task.id} lists {one!r} and {other!r}, which cannot be told apart on the drawn "
                "cases; draw a case in which they differ, or list one of them."
            )
    return said


def _cases(task):
    rng = np.random.default_rng(7)
    kinds = dict.fromkeys((*task.check_kinds, *task.grade_kinds))
    cases = [task.draw(rng, kind) for kind in kinds]
    return [case for case in cases if "vast" not in case.traits]


def _values(task, name, cases):
    """Return, for each way of making the mistake, its parts on each case (None: no such way)."""
    columns = []
    for case in cases:
        with np.errstate(all="ignore"):
            quantities = task.quantities(**fresh(case.arguments))
            variants = list(find_mistake(name).variants(quantities))
            shown = task.shows.get(name, lambda **arguments: ())(**fresh(case.arguments))
            columns.append([*(_read(task, variant, case) for variant in variants), *shown])
    ways = max(map(len, columns), default=0)
    return [[column[k] if k < len(column) else None for column in columns] for k in range(ways)]


def _read(task, variant, case):
    try:
        return task.read(variant, case.arguments)
    except ValueError:  # the mistake's arrays do not fit where they go: it raises, by itself
        return None


def _differs(task, table, cases):
    return any(
        parts is not None and not _same(task, parts, task.truth(**fresh(case.arguments)), case)
        for parts, case in zip(table, cases, strict=True)
    )


def _alike(task, one, other, cases):
    """Whether two ways agree on all cases, and are not both the truth there."""
    rows = list(zip(one, other, cases, strict=True))
    if any((a is None) != (b is None) for a, b, _ in rows):
        return False
    both = [(a, b, case) for a, b, case in rows if a is not None]
    return (
        bool(both)
        and all(_same(task, a, b, case) for a, b, case in both)
        and _differs(task, one, cases)
    )


def _same(task, one, other, case):
    return all(
        equal(part, part.value(a), part.value(b), Trial(case=case))
        for part, a, b in zip(task.parts, one, other, strict=True)
    )
