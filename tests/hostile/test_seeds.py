"""An attacker who would know the cases beforehand: a lookup table for a grade that is to come.

Who sees the cases of one grading may print them; whatever they hand in next meets others.
"""

import json
import re

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell

from . import small
from .small import FULL, HALF

RECORDS = """
import numpy as np
cases = []
def affine(w, x, b):
    cases.append([np.asarray(a).tolist() for a in (w, x, b)])
    return w @ x + b
"""
PRINTS = "print('CASES', cases, 'END')"

TABLE = """
import numpy as np, json
LOOKUP
def affine(w, x, b):
    for case, answer in table:
        if all(np.array_equal(a, c) for a, c in zip((w, x, b), case)):
            return np.array(answer)
"""


def cases_of(came):
    return eval(re.search(r"CASES (\[.*?\]) END", came.shown)[1])


def table_of(cases):
    """Return [case, right answer] pairs, as an attacker would compute them at home."""
    import numpy as np

    return [
        [case, (np.array(case[0]) @ np.array(case[1]) + np.array(case[2])).tolist()]
        for case in cases
    ]


def looks_up(code):
    return TABLE.replace("LOOKUP", code)


def test_the_same_work_meets_the_same_cases_and_nobody_elses(attack):
    first, again = (attack(affine=RECORDS, after=[PRINTS]) for _ in range(2))
    assert first.points == FULL and cases_of(first) == cases_of(again)
    other = small.grade(affine=RECORDS + "\n", after=[PRINTS])
    assert cases_of(other) != cases_of(first)


# ways to hand a table over without a change of the code: each is a part of the work
BESIDE = looks_up("table = json.load(open('table.json')) if True else []")
EMPTY = {"table.json": b"[]"}


def test_a_table_in_the_code(attack):
    cases = cases_of(attack(affine=RECORDS, after=[PRINTS]))
    assert attack(affine=looks_up(f"table = {table_of(cases)}")).points == HALF


def test_a_table_in_a_file_beside_the_notebook(attack):
    records = BESIDE.replace(
        "for case", "cases.append((w.tolist(), x.tolist(), b.tolist()))\n    for case"
    )
    records = f"cases = []\n{records}"
    first = attack(affine=records, after=[PRINTS], others=EMPTY)
    known = json.dumps(table_of(cases_of(first))).encode()
    came = attack(affine=records, after=[PRINTS], others={"table.json": known})
    assert came.points == HALF
    assert cases_of(came) != cases_of(first)


IDS = """
ids = []
get_ipython().events.register('pre_run_cell', lambda info: ids.append(info.cell_id))
"""


def test_ids_of_cells_tell_the_code_nothing(attack):
    named = new_code_cell("print('IDS', ids, list(get_ipython().user_ns))")
    named.id = "a-table-of-answers"
    came = attack(before=[IDS, named])
    assert came.points == FULL
    assert "'1'" in came.shown and named.id not in came.shown


def between(places):
    """Return a notebook's parts: a cell that counts, put at some places between the tests."""
    parts = {"before": [], "between": [], "after": []}
    for place in places:
        parts[place].append("counted = globals().get('counted', 0) + 1")
    return parts


@pytest.mark.parametrize("places", [["before", "after"], ["between", "between"]])
def test_the_places_of_cells_between_the_tests_are_work(attack, places):
    parts = between(["before", "between"])
    parts["after"].append(PRINTS)
    first = cases_of(attack(affine=RECORDS, **parts))
    moved = between(places)
    moved["after"].append(PRINTS)
    assert cases_of(attack(affine=RECORDS, **moved)) != first


def test_what_is_no_code_tells_the_code_nothing(attack):
    first = attack(affine=RECORDS, before=[IDS], after=[PRINTS, "print('IDS', ids)"])
    texts = [new_markdown_cell("table") for _ in range(7)]
    came = attack(affine=RECORDS, before=[IDS, *texts], after=[PRINTS, "print('IDS', ids)"])
    assert cases_of(came) == cases_of(first)
    assert re.search("IDS .*?]", came.shown)[0] == re.search("IDS .*?]", first.shown)[0]
