"""An attacker who would make something of the cells that run once for all who left them alone."""

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell

from autograder.run.worker import open_sandbox

from . import small
from .small import FULL, HALF, WRONG

FIRST = "from course import check\nimport numpy as np\nclass Box:\n    value = 1\nbox = Box()"
SECOND = "data = np.array([1.5, 2.5])\nprint(box.value, data)\nlen(data)"
OPENING = (FIRST, SECOND)
LOOKS = (
    "print('SEEN', box.value, data, len('abc'), 'mine' in globals(), "
    "get_ipython().user_ns_hidden.get('x'))"
)

BEGINNINGS = {
    "as they are": [FIRST, SECOND],
    "the other way round": [SECOND, FIRST],
    "one of them twice": [FIRST, FIRST, SECOND],
    "one of them alone": [FIRST],
    "in one cell": [f"{FIRST}\n{SECOND}"],
    "with a space more": [f"{FIRST} ", SECOND],
    "with a magic": [FIRST, f"%%capture\n{SECOND}", LOOKS],
    "with a cell between": [FIRST, "box.value = 2", SECOND],
    "with texts between": [new_raw_cell(SECOND), FIRST, new_markdown_cell(FIRST), "", " ", SECOND],
    "one as text": [FIRST, new_markdown_cell(SECOND)],
    "with metadata": [
        new_code_cell(FIRST, metadata={"tags": ["skip-execution"], "trusted": True}),
        new_code_cell(SECOND, metadata={"nbgrader": {"grade_id": "x", "solution": True}}),
    ],
    "and then a death": [FIRST, SECOND, "box.value = 3\nimport os\nos._exit(0)", LOOKS],
    "as an answer": [small.marked("affine", FIRST, False), SECOND],
    "as a test": [small.marked("check_affine", FIRST, True, 2.0), SECOND],
}


def opened():
    """Whether the small notebook's opening is there, with both of its cells."""
    made = open_sandbox(small.LIMITS)._openings.get(OPENING)
    return bool(made and made[1] and made[1].cells == OPENING)


def seen(came):
    """Return what can be seen of a graded notebook: all but the ids of its cells."""
    return [(c.source, c.get("execution_count"), c.get("outputs"), c.metadata) for c in came.cells]


@pytest.mark.parametrize("before", BEGINNINGS.values(), ids=list(BEGINNINGS))
def test_whatever_it_begins_with_a_notebook_means_what_it_means_alone(planted, before):
    parts = {"before": before, "affine": WRONG, "after": [LOOKS]}
    came, alone = small.grade(opening=OPENING, **parts), small.grade(**parts)
    assert opened()
    assert came.points == alone.points == HALF
    assert came.trouble == alone.trouble
    assert seen(came) == seen(alone)


POISONS = """
import builtins, gc, sys, threading
mine = box.value = 7
data[:] = 9
Box.value = 8
np.array = builtins.len = lambda *a, **k: 5
get_ipython().user_ns_hidden['x'] = 'mine'
get_ipython().events.register('pre_run_cell', lambda *a: print('mine'))
get_ipython().input_transformers_post.append(lambda lines: ['print(7)'])
sys.modules['course'].check = None
import inside.session, inside.zygote, inside.opening
inside.session.main = inside.zygote.serve = inside.opening.told = None
open('/tmp/mine', 'w').write('mine')
threading.Thread(target=threading.Event().wait, daemon=True).start()
"""


def test_nothing_that_is_done_to_what_they_left_reaches_who_comes_next(planted):
    parts = {"before": OPENING, "opening": OPENING, "after": [LOOKS]}
    before = small.grade(student="honest-1", **parts)
    came = small.grade(opening=OPENING, before=[*OPENING, POISONS], affine=WRONG)
    after = small.grade(student="honest-1", **parts)
    assert opened()
    assert before.points == after.points == FULL
    assert came.points["check_affine"] == 0
    assert seen(after) == seen(before)
    assert "SEEN 1 [1.5 2.5] 3 False None" in after.shown
