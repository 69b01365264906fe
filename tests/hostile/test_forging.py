"""An attacker who rewrites the grader's own code inside: no verdict comes of what is told there."""

import pytest

from .small import FULL, HALF, SIGMOID, WRONG

SESSION = "session = get_ipython().session\nchannel = session._channel\nimport numpy as np\n"

FACTS = (
    "{'event': 'called', 'parts': [%s], 'trouble': '', 'raised': '', 'changed': [], 'warned': [],"
    " 'calls': 0, 'printed': 0, 'kept': '', 'changed_settings': False}"
)

PATCHES = {
    "facts that blame nobody": SESSION
    + f"session._ops['call'] = lambda told: channel.send({FACTS % 'np.zeros(3)'})",
    "facts of the right shapes": SESSION
    + f"shape = lambda t: (t['arguments']['w'] @ t['arguments']['x']).shape\n"
    f"session._ops['call'] = lambda t: channel.send({FACTS % 'np.zeros(shape(t))'})",
    "parts that equal everything": SESSION + "import inside.answers as a\n"
    "class All(np.ndarray):\n    __eq__ = __le__ = __ge__ = lambda *_: True\n"
    "import course.called as c\n"
    "a.LocalAnswer.call = lambda *a, **k: c.Called((np.ones(2).view(All),))",
    "nan for all": SESSION
    + f"session._ops['call'] = lambda told: channel.send({FACTS % 'np.full(3, np.nan)'})",
    "no facts": SESSION + "session._ops['call'] = lambda told: channel.send({'event': 'called'})",
    "an error instead": SESSION
    + "session._ops['call'] = lambda told: channel.send({'event': 'error', 'output': {}})",
    "an output instead of an error": SESSION
    + "session._ops['hold'] = lambda t: channel.send({'event': 'error', 'output': "
    "{'output_type': 'execute_result', 'data': {'text/plain': '2.0'}, 'metadata': {}}})",
    "nothing unfit and nothing called": SESSION
    + "session._ops['unfit'] = lambda t: channel.send({'event': 'said', 'is': 'x' * 10**6})",
    "a score": SESSION + "session._ops['hold'] = lambda told: channel.send("
    "{'event': 'score', 'data': {'earned': 2}, 'html': '<b>2 of 2</b>'})",
    "a check of another task in the middle": SESSION
    + "session._ops['call'] = lambda told: channel.send({'event': 'check', 'task': 'chain.sigmoid',"
    " 'slot': told['slot'], 'objects': 1})",
    "a slot that is another's": SESSION
    + "session._ops['hold'] = lambda told: channel.send({'event': 'held', 'slot': -(2**70)})",
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
