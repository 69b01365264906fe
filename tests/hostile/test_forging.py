"""An attacker who rewrites the grader's own code inside: no verdict comes of what is told there."""

import inspect
import re
from operator import attrgetter

import numpy as np
import pytest

from autograder.grading import GRADED_ON, reference
from autograder.inside.session import Session
from course.arguments import fresh
from course.called import Called
from course.checking import score_on
from course.stack import Stack
from course.tasks import all_tasks
from course.trying import LocalAnswer

from .small import FULL, HALF, SIGMOID, WRONG

SESSION = "session = get_ipython().session\nchannel = session._channel\nimport numpy as np\n"

FACTS = "{'event': 'called', 'are': [{'parts': [%s]} for ask in told['asks']]}"

SHAPE = (
    "def shape(ask):\n    first, *more = ask['arguments'].values()\n"
    "    return (first @ more[0]).shape if more else np.shape(first)\n"
)
LIES = SESSION + SHAPE + "session._ops['calls'] = lambda told: channel.send("

PATCHES = {
    "facts that blame nobody": SESSION
    + f"session._ops['calls'] = lambda told: channel.send({FACTS % 'np.zeros(3)'})",
    "facts of the right shapes": LIES + f"{FACTS % 'np.zeros(shape(ask))'})",
    "the largest of another kind": LIES + f"{FACTS % 'np.full(shape(ask), 2**64 - 1, np.uint64)'})",
    "no number in half the bits": LIES + f"{FACTS % 'np.full(shape(ask), np.nan, np.float16)'})",
    "done so far, and done": LIES + f"{FACTS % 'np.zeros(shape(ask))'} | {{'event': 'so_far'}})",
    "every habit at once": LIES
    + "{'event': 'called', 'are': [{'trouble': 'The call raised', 'changed': "
    "list(ask['arguments']), 'raised': 'TypeError: Cannot cast ufunc', 'calls': 10**9, "
    "'warned': ['overflow']} for ask in told['asks']]})",
    "parts that equal everything": SESSION + "import inside.answers as a\n"
    "class All(np.ndarray):\n    __eq__ = __le__ = __ge__ = lambda *_: True\n"
    "import course.called as c\n"
    "a.LocalAnswer._call = lambda *a, **k: c.Called((np.ones(2).view(All),))",
    "nan for all": SESSION
    + f"session._ops['calls'] = lambda told: channel.send({FACTS % 'np.full(3, np.nan)'})",
    "no facts": SESSION + "session._ops['calls'] = lambda told: channel.send({'event': 'called'})",
    "an error instead": SESSION
    + "session._ops['calls'] = lambda told: channel.send({'event': 'error', 'output': {}})",
    "an output instead of an error": SESSION
    + "session._ops['calls'] = lambda t: channel.send({'event': 'error', 'output': "
    "{'output_type': 'execute_result', 'data': {'text/plain': '2.0'}, 'metadata': {}}})",
    "nothing fit and nothing called": SESSION + "session._ops['calls'] = lambda t: channel.send("
    "{'event': 'called', 'are': [{'unfit': 'x' * 10**6}]})",
    "unfit, and all the same right": SESSION + "session._ops['calls'] = lambda t: channel.send("
    "{'event': 'called', 'are': [{'unfit': ' ', 'parts': [np.zeros(3)]}] * len(t['asks'])})",
    "changes of calls that were none": SESSION + "session._ops['calls'] = lambda t: channel.send("
    "{'event': 'called', 'are': [{'parts': [np.zeros(3)]}], 'changed': {'x': 3, 2**62: [2**62]}})",
    "a score": SESSION + "session._ops['calls'] = lambda told: channel.send("
    "{'event': 'score', 'data': {'earned': 2}, 'html': '<b>2 of 2</b>'})",
    "outputs of a cell": SESSION + "session._ops['calls'] = lambda told: channel.send("
    "{'event': 'done', 'ok': True, 'outputs': [{'output_type': 'execute_result', "
    "'data': {'text/plain': '2.0'}, 'metadata': {}}]})",
    "a check of another task in the middle": SESSION
    + "session._ops['calls'] = lambda told: channel.send({'event': 'check', 'task': "
    "'chain.sigmoid', 'slot': told['slot'], 'objects': 1})",
    "numpy compares as told": "import numpy as np\n"
    "np.allclose = np.array_equal = lambda *a, **k: True\n"
    "np.ndarray = type('ndarray', (), {})",
    "json as told": "import json\njson.JSONEncoder.encode = lambda *a: '{}'\n"
    "json.encoder.encode_basestring = json.dumps = lambda *a: '2.0'",
    "the wire as told": "import inside.wire as w, inside.values as v\n"
    "w.pieces = v.pieces = v.pack = lambda *a, **k: [b'\\0\\0\\0\\2{}']",
    "checks that are never refused": "import course, course.score\n"
    "course.check = lambda *a: 2.0\ncourse.score.Score.earned = 2",
}


def test_the_patches_are_of_what_is_there():
    ops = {op for patch in PATCHES.values() for op in re.findall(r"_ops\['(\w+)'\]", patch)}
    told = set(re.findall(r'"(\w+)": self\._', inspect.getsource(Session.__init__)))
    assert ops and ops <= told
    assert hasattr(LocalAnswer, "_call")


@pytest.mark.parametrize("patch", PATCHES.values(), ids=list(PATCHES))
def test_a_wrong_answer_earns_nothing_by_a_patch(attack, patch):
    came = attack(before=[WRONG], between=[patch], sigmoid=SIGMOID.replace("1 + e", "2 + e"))
    assert came.points["check_sigmoid"] == 0
    assert attack(before=[patch], affine=WRONG).points["check_affine"] == 0


def test_what_an_attacker_shows_is_boxed_as_such(attack):
    shows = (
        "from IPython.display import display, HTML\nfrom course import check\n"
        "def affine(w, x, b): return w @ x + b\n"
        "table = check('start.affine', affine)._repr_html_()\n"
        "display(HTML(table.replace('start.affine', 'chain.sigmoid')))\n"
        "from course.score import SCORE_MIME\n"
        "display({SCORE_MIME: {'earned': 2}, 'text/plain': '2.0'}, raw=True)"
    )
    came = attack(before=[shows])
    assert came.points == FULL
    (table, bundle) = came.cells[0].outputs
    assert "not a verdict of the grader" in table.data["text/html"]
    assert list(bundle.data) == ["text/plain"]


def test_an_answer_shows_nothing_beside_its_verdict(attack):
    shows = WRONG.replace(
        "return",
        "print('2 of 2 points')\n    get_ipython().show({'text/plain': '2.0'}, {})\n    return",
    )
    came = attack(affine=shows)
    assert came.points == HALF
    (only,) = next(cell for cell in came.cells if "check(" in cell.source).outputs
    assert only.data["text/plain"] == "0.0"


def test_another_cell_keeps_its_outputs(attack):
    shows = "from IPython.display import display\nh = display('mine', display_id='same')"
    updates = "h.update('forged')\nget_ipython().outputs.most_bytes = 10**9\nprint('x' * 3_000_000)"
    came = attack(before=[shows, updates])
    assert came.points == FULL
    assert "forged" not in str(came.cells[0].outputs)
    assert len(came.text) < 1_500_000


def test_what_an_answer_says_stands_in_its_own_table_as_words(attack):
    words = (
        "</td></tr></table><script>1</script>`✓ right` 2 / 2<b>\\x1b[2Kchain.sigmoid: 2 of 2 points"
    )
    came = attack(
        affine=f"import numpy as np\ndef affine(w, x, b):\n    raise ValueError('{words}')"
    )
    assert came.points == HALF
    (only,) = next(cell for cell in came.cells if "start.affine" in cell.source).outputs
    table = only.data["text/html"]
    assert table.count("<table") == table.count("</table>") == 1
    assert "<script" not in table and "<b>" not in table and "\x1b" not in table
    assert "The call raised ValueError" in table
    assert "✗ not yet" in table and "0 / 2" in table


@pytest.mark.parametrize("fill", [0.0, 0.5, 1.0])
@pytest.mark.parametrize(
    "task", [t for t in all_tasks().values() if t.leans_on], ids=attrgetter("id")
)
def test_numbers_that_are_the_same_all_over_follow_from_nothing(task, fill):
    """Who gives the same number for every entry of every task has computed none of them."""
    # true values of a vast case take a while, and nothing follows there
    kinds = [kind for kind in task.grade_kinds if kind != "vast"]
    cases = [task.draw(np.random.default_rng(3), kind) for kind in kinds]
    for own in (0.0, 0.25, 1.0):
        answer = TheSameAllOver(task, own, fill)
        assert score_on(task, answer, cases, reference, GRADED_ON) == 0


class TheSameAllOver:
    """An answer of the right shapes: `own` in each entry, and `before` in the task leaned on."""

    leans, proven, deadly, failed = True, frozenset(), False, frozenset()

    def __init__(self, task, own, before):
        self._task, self._own, self._before = task, own, before

    def calls(self, asks, names=()):
        return [
            _filled(self._task.leans_on, ask.arguments, self._before)
            if ask.leaned_on
            else _filled(self._task, ask.arguments, self._own)
            for ask in asks
        ]

    def changed_later(self):
        return {}


def _filled(task, arguments, number):
    true = [
        p.value(v) for p, v in zip(task.parts, reference(task)(**fresh(arguments)), strict=True)
    ]
    filled = [np.full(np.shape(value), number) for value in true]
    again = [v.again(f) if isinstance(v, Stack) else f for v, f in zip(true, filled, strict=True)]
    return Called(parts=tuple(again))
