"""A notebook's first cells, run once for all who left them as they are."""

import os
import signal
import time

import numpy as np
import pytest
from nbformat.v4 import new_notebook

from autograder.seal import Limits
from autograder.verdict import converse
from autograder.verdict.exchange import Exchange
from tests.autograder.seal.test_lifetime import children
from tests.autograder.verdict.conftest import SECRET, check_of, code, graded

FRESH = (
    "import numpy as np\nfrom course import check, lines_picture\n"
    "np.set_printoptions(precision=2)\nx = np.array([1.23456])"
)
SHOWS = "print(x)\nx"
AFFINE = "def affine(w, x, b):\n    return w @ x + b"
PICTURE = "lines_picture({'f': [1.0, 0.5]}, title='of the opening', xlabel='x', ylabel='y')"


@pytest.fixture(scope="module")
def sealed(sandbox):
    if not sandbox.sealed:
        pytest.skip("nothing is sealed here")
    return sandbox


def ask(opening, text):
    """Return what a cell prints in a fork of an opening."""
    with opening.fork() as fork:
        exchange = Exchange(fork)
        op = {"op": "run", "code": text, "label": "9", "output_bytes": 1000, "rich_outputs": 1}
        event, _ = exchange.ask(op, ("done",), time.monotonic() + 20, {})
        assert event["ok"], event
        return event["outputs"][0]["text"].strip()


def run(sandbox, cells, opening=None, others=None):
    notebook = new_notebook(cells=[code(one) if isinstance(one, str) else one for one in cells])
    return converse(notebook, SECRET, sandbox, Limits(cell_seconds=5), others, (), opening)


def same(one, other):
    """Whether two notebooks show the same."""
    return [cell.outputs for cell in one.notebook.cells] == [
        c.outputs for c in other.notebook.cells
    ]


def test_a_notebook_goes_on_from_its_opening(sealed):
    opening = sealed.opening((FRESH, SHOWS), 20)
    assert [len(outputs) for outputs in opening.outputs] == [0, 2]
    cells = [FRESH, SHOWS, AFFINE, check_of("start.affine", points=2), "x[0] = 7", SHOWS]
    anew, opened = run(sealed, cells), run(sealed, cells, opening)
    assert [grade.points for grade in opened.grades] == [2.0]
    assert opened.grades == anew.grades and same(opened, anew)
    assert [cell.execution_count for cell in opened.notebook.cells] == [1, 2, 3, 4, 5, 6]
    assert opened.notebook.cells[1].outputs[1].execution_count == 2
    # what one has done to its x is not there for the next
    assert same(run(sealed, cells, opening), anew)


def test_what_is_put_back_after_a_cell_is_put_back_in_an_opening(sealed):
    spoils = (
        "import builtins, io, signal, sys\nsys.stdout = io.StringIO()\nsys.setrecursionlimit(200)\n"
        "builtins.len = lambda one: 7\nsignal.signal(signal.SIGALRM, signal.SIG_IGN)"
    )
    looks = "print(len('ab'), sys.getrecursionlimit(), signal.getsignal(signal.SIGALRM))"
    opening = sealed.opening((FRESH, spoils, looks), 20)
    cells = [FRESH, spoils, looks, looks]
    opened = run(sealed, cells, opening)
    assert same(opened, run(sealed, cells))
    assert opened.notebook.cells[3].outputs[0].text.startswith("2 ")


def test_its_cells_do_not_run_again_after_a_death(sealed):
    opening = sealed.opening((FRESH, "print('once')"), 20)
    cells = [FRESH, "print('once')", "import os\nos._exit(3)", "print(x)"]
    came = run(sealed, cells, opening)
    once, died, after = came.notebook.cells[1:]
    assert once.outputs[0].text == "once\n" and after.outputs[0].text == "[1.23]\n"
    assert died.outputs[0].ename == "NotebookDied"


def test_who_begins_otherwise_begins_anew(sealed):
    opening = sealed.opening((FRESH, SHOWS), 20)
    changed = FRESH.replace("1.23456", "9.87654")
    for cells in ([changed, SHOWS], [FRESH, "x = 2", SHOWS], [SHOWS], ["x = 1\nprint(x)"]):
        assert same(run(sealed, cells, opening), run(sealed, cells))
    # these cells may want to read the files, which were not there
    cells = [FRESH, SHOWS, "print(open('data.txt').read())"]
    came = run(sealed, cells, opening, {"data.txt": b"beside"})
    assert came.notebook.cells[2].outputs[0].text == "beside\n"


LATER = (
    "def f(n):\n    return 1 / n\n\nf(2)",
    "f(0)",
    "1 is 1",
    "y: unknown = 1\ny",
    "%precision 3\n2 / 3",
    "z = 3",
    "await __import__('asyncio').sleep(0)\nx",
    "x = (",
)
DOUBLES = (
    "import ast\nclass Doubles(ast.NodeTransformer):\n    def visit_Constant(self, node):\n"
    "        node.value = node.value * 2\n        return node\n"
    "get_ipython().ast_transformers.append(Doubles())"
)


@pytest.mark.parametrize(
    "own",
    [
        "",
        "from __future__ import annotations",
        "get_ipython().ast_node_interactivity = 'last_expr_or_assign'",
        "%autoawait False",
        DOUBLES,
        "get_ipython().compile = None",
    ],
)
def test_cells_that_are_compiled_ahead_show_what_they_always_do(sealed, own):
    opening = sealed.opening((FRESH, SHOWS), 20, LATER)
    # some twice, one changed, and not in their order
    cells = [FRESH, SHOWS, own, *LATER, LATER[5], LATER[0], LATER[1].replace("0", "4"), LATER[3]]
    assert same(run(sealed, cells, opening), run(sealed, cells))


def test_cells_that_are_compiled_ahead_are_not_compiled_in_a_fork(sealed):
    opening = sealed.opening((FRESH,), 20, ("x\nx + 1", "y = 1"))
    left = "print(*sorted(f'{code.co_filename}' for code in get_ipython().compile._codes.values()))"
    assert ask(opening, left).split() == ["<foreseen>"] * 3
    cells = [FRESH, "x\nx + 1", left]
    assert run(sealed, cells, opening).notebook.cells[2].outputs[0].text == "<foreseen>\n"


def test_an_opening_is_made_once_and_anew_where_there_are_more_pictures(sealed):
    cells = (FRESH, PICTURE)
    opening = sealed.opening(cells, 20)
    assert sealed.opening(cells, 20) is opening
    ((shown,),) = (outputs for outputs in opening.outputs if outputs)
    sealed.keep([("of the opening", shown["data"]["text/html"], "words")])
    again = sealed.opening(cells, 20)
    assert again is not opening and again.outputs == opening.outputs
    assert opening.dead and not again.dead


@pytest.mark.slow
@pytest.mark.parametrize(
    ("cell", "opens"),
    [
        ("1 / 0", 1),
        ("check('start.affine', len)", 1),
        ("open('kept.txt', 'w').write('x')", 1),
        ("import tempfile\ntempfile.mkstemp()", 1),
        ("import random\nrandom.seed(3)", 1),
        ("import threading, time\nthreading.Thread(target=time.sleep, args=(9,)).start()", 1),
        ("import asyncio\ntask = asyncio.create_task(asyncio.sleep(9))", 1),
        ("import os\nos.chdir('/')", 1),
        ("import gc\ngc.disable()", 1),
        ("for n in range(99): display(n)", 1),
        ("import os\nos._exit(0)", 0),
        ("while True:\n    pass", 0),
    ],
)
def test_it_ends_before_a_cell_that_forks_cannot_go_on_from(sealed, cell, opens):
    opening = sealed.opening((FRESH, cell, SHOWS), 3)
    assert (opening.cells if opening else ()) == (FRESH,)[:opens]
    if opening:
        assert ask(opening, "print(x)") == "[1.23]"


def test_numbers_that_it_seeds_go_on_from_there_and_others_are_each_notebooks_own(sealed):
    draws = "import numpy as np\nprint(np.random.randint(10**9))"
    seeded = sealed.opening(("import numpy as np\nnp.random.seed(5)",), 20)
    expected = str(np.random.RandomState(5).randint(10**9))
    assert [ask(seeded, draws), ask(seeded, draws)] == [expected, expected]
    free = sealed.opening(("import numpy as np",), 20)
    assert ask(free, draws) != ask(free, draws)


def test_one_whose_process_is_gone_is_made_anew(sealed):
    before = set(children(os.getpid()))
    opening = sealed.opening((FRESH, "pass"), 20)
    (its,) = set(children(os.getpid())) - before
    os.kill(its, signal.SIGKILL)
    until = time.monotonic() + 5
    while not opening.dead and time.monotonic() < until:
        time.sleep(0.01)
    again = sealed.opening((FRESH, "pass"), 20)
    assert again is not opening
    assert ask(again, "print(x)") == "[1.23]"


def test_its_forks_are_sealed_like_all_others(sealed):
    """The seal is tried in it when it is made; here it is tried once more, by a cell."""
    opening = sealed.opening((FRESH,), 20)
    tries = (
        "import os\n"
        "def refused(act, *given):\n"
        "    try:\n        act(*given)\n    except OSError:\n        return True\n"
        "print(os.getpid(), refused(os.listdir, '/root'), refused(open, '/etc/x', 'w'), "
        "refused(os.fork), os.getcwd(), os.listdir('/tmp'))"
    )
    assert ask(opening, tries) == "1 True True True /tmp/work ['work']"


def test_a_plain_test_is_judged_in_it(sealed):
    opening = sealed.opening((FRESH,), 20)
    came = run(sealed, [FRESH, graded("t", "assert x[0] > 1")], opening)
    assert [grade.points for grade in came.grades] == [2.0]
