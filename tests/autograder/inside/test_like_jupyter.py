"""The same cells through a session and through a real Jupyter kernel: the same outputs."""

import re
import warnings

import nbformat
import pytest

CELLS = [
    "1 + 1",
    "_ + 1, In[1], Out[1]",
    "x = 3;\nx;",
    "None",
    "print('a'); print('b', end=''); print('c')",
    "import sys\nprint('out'); print('err', file=sys.stderr); print('out again')",
    "sys.stdout.write('five\\n')",
    "x = 5\n'a string'",
    "[list(range(n)) for n in range(40)]",
    "%time y = 3",
    "%%time\ny = 3",
    "%who_ls",
    "%lsmagic;",
    "%no_such_magic",
    "%%no_such_cell_magic\na",
    "x?",
    "import asyncio\nawait asyncio.sleep(0.001, 'waited')",
    "task = asyncio.ensure_future(asyncio.sleep(0.001, 'later'))",
    "await task",
    "async def nothing():\n    return 7\nnothing",
    "asyncio.run(None)",
    "async with asyncio.timeout(1):\n    print('in time')",
    "from IPython.display import *\ndisplay(1, 'two', HTML('<b>three</b>'))",
    "HTML('<b>bold</b>')",
    "Markdown('# head')",
    "Latex('$x$')",
    "JSON({'a': [1, 2, {'b': None}]})",
    "SVG('<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>')",
    "Javascript('1')",
    "Image(b'\\x89PNG\\r\\n\\x1a\\n' + bytes(40))",
    "Math('x'), Code('x = 1')",
    "handle = display('first', display_id=True)\nhandle.update('second')",
    "display('a', display_id='same'); display('b', display_id='same')",
    "for i in range(3):\n    clear_output(wait=True)\n    print(i)",
    "print('gone'); clear_output()\nprint('stays')",
    "print('stays'); clear_output(wait=True)",
    "display({'text/plain': 'raw', 'text/html': '<i>raw</i>'}, raw=True, metadata={'a': 1})",
    "class Odd:\n    def _repr_html_(self):\n        return '<u>odd</u>'\n"
    "    def __repr__(self):\n        return 'odd'\nOdd()",
    "class Both:\n    def _repr_mimebundle_(self, include=None, exclude=None):\n"
    "        return {'text/plain': 'p', 'text/html': 'h'}, {'text/html': {'k': 1}}\nBoth()",
    "class Broken:\n    def __repr__(self):\n        raise ValueError('no repr')\nBroken()",
    "class Half:\n    def _repr_html_(self):\n        raise ValueError('no html')\nHalf()",
    "class Nameless(Exception):\n    def __str__(self):\n        raise ValueError\n"
    "try:\n    raise Nameless\nexcept Nameless:\n    print('caught')",
    "1 / 0",
    "def f(n):\n    return 1 / n\n\n\ndef g(n):\n    return f(n - 1)\n\n\ng(1)",
    "undefined",
    "1 +",
    "if True:\nprint(1)",
    "for i in range(2):\n  x = 1\n    y = 2",
    "return 3",
    "x = 'unfinished",
    "raise KeyboardInterrupt",
    "raise SystemExit(3)",
    "sys.exit()",
    "assert x == 4, 'x is five'",
    "raise ExceptionGroup('several', [ValueError(1), KeyError('a')])",
    "import json\njson.loads('{')",
    "import no_such_module",
    "input('name? ')",
    "import getpass\ngetpass.getpass()",
    "import numpy as np\nnp.arange(6).reshape(2, 3)",
    "np.array([1.0]) / 0",
    "import warnings\nwarnings.warn('careful')",
    "warnings.warn('old', DeprecationWarning)",
    "np.linalg.inv(np.zeros((2, 2)))",
    "np.ones((2, 3)) @ np.ones((2, 3))",
    "np.set_printoptions(precision=2); np.array([1 / 3])",
    "np.array([1 / 3])",
    "old = np.seterr(all='ignore')",
    "np.geterr(), np.array([1.0]) / 0",
    "import matplotlib.pyplot as plt\nplt.plot([1, 2])",
    "plt.plot([1, 2]);\nplt.figure()\nplt.plot([2, 1]);",
    "fig, ax = plt.subplots()\nplt.close(fig)",
    "fig, ax = plt.subplots(figsize=(2, 1)); ax.plot([1]); plt.show()\nprint('after')",
    "fig",
    "%matplotlib inline\n%config InlineBackend.figure_formats = ['svg']\nplt.plot([1, 2]);",
    "%config InlineBackend.figure_formats = ['png']",
    "import ipywidgets\nipywidgets.IntSlider()",
    "ipywidgets.interact(lambda n: print('n is', n), n=(0, 3));",
    "out = ipywidgets.Output()\nwith out:\n    print('inside'); display('also')\nprint('outside')",
    "with out:\n    1 / 0\nprint('goes on')",
    "ipywidgets.VBox([ipywidgets.Text('a'), ipywidgets.Button(description='b')])",
    "%%capture held\nprint('kept'); display(3)",
    "held.stdout, len(held.outputs)",
    "from contextlib import redirect_stdout\nimport io\nbuffer = io.StringIO()\n"
    "with redirect_stdout(buffer):\n    print('into it')\nbuffer.getvalue()",
    "get_ipython().run_cell('3 + 4')",
    "get_ipython().system('true')",
    "print('\\x1b[31mred\\x1b[0m \\r over')",
    "__name__, __doc__, type(get_ipython()).__mro__[1].__name__",
    "import __main__; __main__.x",
    "import pickle; pickle.loads(pickle.dumps(Odd())).__class__ is Odd",
    "import inspect; print(inspect.getsource(f))",
    "sum(range(10)) # a comment",
    "print('é ☃ 𝛿', '\\ud800'.encode('utf-8', 'replace'))",
    "sys.stdout.isatty(), sys.stdout.encoding.lower()",
    "%%html\n<b>cell</b>",
    "%%writefile made_here.txt\ntext",
    "open('made_here.txt').read()",
    "%%python_no\n",
    "",
    "   \n# only a comment",
    "from course import WeightUpdate, check, progress_bar",
    "for _ in progress_bar([1, 2], 'Going'):\n    pass",
]


@pytest.fixture(scope="module")
def in_jupyter(tmp_path_factory):
    """The outputs of the cells in a kernel, as nbclient gathers them."""
    # imported here: it costs half a second, and its event loop warns
    from nbclient import NotebookClient

    from autograder.releasing.kernel_client import WatchfulKernelManager

    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in CELLS])
    resources = {"metadata": {"path": str(tmp_path_factory.mktemp("kernel"))}}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        NotebookClient(
            notebook,
            allow_errors=True,
            resources=resources,
            timeout=120,
            kernel_manager_class=WatchfulKernelManager,
        ).execute()
    return [cell.outputs for cell in notebook.cells]


@pytest.fixture(scope="module")
def in_session(fork_server):
    """The outputs of the cells in a session."""
    with fork_server.forked_session() as host:
        return [host.run(code)[0] for code in CELLS]


def told(outputs):
    """Return what outputs say, without what differs from run to run.

    A kernel sends its streams when it finds time, so only what stands in each is compared; and
    it shows the lines of a traceback in another selection.
    """
    said, streams = [], {}
    for output in outputs:
        kind = output["output_type"]
        if kind == "stream":
            streams[output["name"]] = streams.get(output["name"], "") + neutral(output["text"])
        elif kind == "error":
            lines = neutral("\n".join(output["traceback"])).split("\n")
            places = [re.sub(" +", " ", line) for line in lines if re.match(r"Cell In|-+>", line)]
            said.append((kind, output["ename"], neutral(output["evalue"]), lines[0], places[:2]))
        else:
            texts = {mime: neutral(str(text)) for mime, text in output["data"].items()}
            images = {mime: mime for mime in texts if "widget" in mime}
            said.append((kind, texts | images, dict(output["metadata"])))
    return said, streams


def neutral(text):
    """Return text without colours, addresses, times and the names of cells' files."""
    text = re.sub(r"\x1b\[[0-9;]*m", "", text)
    text = re.sub(r"/tmp/ipykernel_\d+/\d+\.py|<ipython-input-[^>]*>|\d+\.py", "CELL", text)
    text = re.sub(r"(/[\w.+-]+)+/(site-packages|python3\.\d+)/", "", text)
    text = re.sub(r"(user|sys:|total:|time:) [\d.e+-]+ .?s", "TIME", text)
    text = re.sub(r"at (0x)?[0-9a-f]{8,}|\d+(?= of 2)", "at …", text)
    return re.sub(r"[0-9a-f]{32}|<dc:date>.*|(id|href|url)[=(]\S+", "ID", text)


@pytest.mark.slow
def test_outputs_are_those_of_a_kernel(in_jupyter, in_session):
    different = []
    for code, theirs, ours in zip(CELLS, in_jupyter, in_session, strict=True):
        if told(theirs) != told(ours):
            different.append((code, told(theirs), told(ours)))
    assert not different, "\n\n".join("\n".join(map(str, found)) for found in different)
