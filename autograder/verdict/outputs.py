"""Outputs of student code, made fit to be kept: known kinds, bounded, and harmless to look at.

What comes here was sent by a process that a student's code shares. A notebook keeps it beside the
grader's own verdicts, and instructors open that notebook in JupyterLab, in Formgrader and as a
feedback page.
"""

import re
from functools import lru_cache

from nbformat.notebooknode import NotebookNode

from autograder.verdict.harmless_html import RefusedHTML, harmless_html
from autograder.verdict.harmless_image import is_harmless_image, is_harmless_svg

# an error is never left out, however much was shown before it
_SLACK = 200_000
_LEAST_OUTPUT = 200
_COLOURS = re.compile(r"\x1b(?!\[[0-9;]{0,30}m)")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f]")
# what gives a formula a meaning outside of itself, or takes it out of its place
_FORMULA_REACHES_OUT = re.compile(
    r"\\(?:[a-z]?def|let|futurelet|global|(?:re|provide)?newcommand|(?:re)?newenvironment|require|"
    r"href|url|class|cssId|style|data|html|mmlToken|includegraphics|unicode|raise|lower|rule|"
    r"kern|mkern|mskip|hskip|hspace|mspace|move|llap|rlap|smash|phantom|tag|label|Declare|"
    r"setup|begingroup|bbox|toggle|texttip|tooltip|operatornamewithlimits|vcenter|text)",
    re.IGNORECASE,
)
# as long as a label may be: what has no end to look for takes time with its square
_MARKDOWN_REACHES_OUT = re.compile(
    r"<[a-z/!?]|!\[|javascript:|data:|^[^\S\n]*\[[^\]]{1,999}\]:", re.I | re.M
)
_LONGEST_MARKDOWN = 50_000
_SHOWN = (
    '<div style="contain: content; overflow: auto; border-left: 3px dotted #808080; '
    'padding-left: 8px"><p style="margin: 0; font-size: 85%; font-style: italic">'
    "Shown by this cell's own code; not a verdict of the grader's.</p>{}</div>"
)


class Forged(Exception):  # noqa: N818  (what it was, whoever sent it)
    """What came claims to be an output and is none; the message says why."""


class Gathered:
    """The outputs of one cell as they come, kept within its limits.

    limits : the Limits. own : HTML that the grader made itself, such as the tables of its checks:
    where a text or a name that is a key here comes as HTML, the value is what is kept.

    Attributes: outputs, a list of nbformat outputs; count, how many came.
    """

    def __init__(self, limits, own=None):
        self.outputs, self.count = [], 0
        self._left = limits.output_bytes + _SLACK
        self._most = limits.output_bytes // _LEAST_OUTPUT + limits.rich_outputs + 10
        self._rich = limits.rich_outputs
        self._own = {} if own is None else own

    def add(self, told):
        """Take one output; raises Forged for what is none, or past what a cell may show.

        The process keeps the limits by itself: more than they allow is nobody's accident.
        """
        self.count += 1
        output = harmless(told, self._own)
        self._left -= _size(output)
        if output.output_type in ("display_data", "execute_result"):
            self._rich -= 1
        if self._left < 0 or self._rich < 0 or self.count > self._most:
            raise Forged("The cell showed more than a cell may.")
        last = self.outputs[-1] if self.outputs else None
        if last and output.output_type == last.output_type == "stream" and output.name == last.name:
            last.text += output.text
        else:
            self.outputs.append(output)


def harmless(told, own=None):
    """Return an output as it may be kept; raises Forged for what nbformat knows nothing of."""
    try:
        return _harmless(told, {} if own is None else own)
    except Forged:
        raise
    except Exception as error:  # such as an array where a word should be
        raise Forged(f"Got what is no output ({type(error).__name__}).") from error


def harmless_error(told):
    """Return an error output as it may be kept; raises Forged for anything else."""
    output = harmless(told)
    if output.output_type != "error":
        raise Forged("It answered with an output.")
    return output


def _harmless(told, own):
    kind = told.get("output_type") if isinstance(told, dict) else None
    if kind == "stream":
        if told.get("name") not in ("stdout", "stderr"):
            raise Forged("Got a stream that is neither stdout nor stderr.")
        return NotebookNode(output_type=kind, name=told["name"], text=_text(told.get("text")))
    if kind == "error":
        lines = told.get("traceback")
        if not isinstance(lines, list):
            raise Forged("Got an error without a traceback.")
        return NotebookNode(
            output_type=kind,
            ename=_line(told.get("ename"), 200),
            evalue=_text(told.get("evalue")),
            traceback=[_text(line) for line in lines],
        )
    if kind in ("display_data", "execute_result"):
        data, metadata = _bundle(told.get("data"), told.get("metadata"), own)
        output = NotebookNode(output_type=kind, data=data, metadata=metadata)
        if kind == "execute_result":
            output.execution_count = None  # the host counts
        return output
    raise Forged("Got an output of no kind that a notebook has.")


def plain_stream(text):
    """Return printed text as an output."""
    return NotebookNode(output_type="stream", name="stdout", text=_text(text))


def _bundle(data, metadata, own):
    """Return the mime bundle and its metadata with what is known and harmless of them."""
    if not isinstance(data, dict):
        raise Forged("Got a display without data.")
    kept = NotebookNode()
    for mime, value in data.items():
        clean = _CLEANERS.get(mime)
        made = clean(value, own) if clean else None
        if made is not None:
            kept[made[0]] = made[1]
    if not kept or kept.keys() == {"application/vnd.jupyter.widget-view+json"}:
        kept["text/plain"] = "[An output of a kind that is not kept here.]"
    return kept, _sizes(metadata, kept)


def _plain(value, own):
    return "text/plain", _text(value)


def _html(value, own):
    text = value if isinstance(value, str) and value in own else _text(value)
    if text in own:
        return "text/html", own[text]
    cleaned = (_cleaned_before if len(text) <= _OFTEN_SHOWN else _cleaned)(text)
    if cleaned is None:
        return None
    # a picture alone cannot be taken for anything else, nor can a bar
    alone = re.fullmatch(r"\s*(<img [^<>]*>|<progress [^<>]*></progress>[^<>]*)\s*", cleaned)
    return "text/html", cleaned if alone else _SHOWN.format(cleaned)


def _cleaned(text):
    """Return HTML made harmless, or None."""
    try:
        return harmless_html(text)
    except RefusedHTML:
        return None


_OFTEN_SHOWN = 20_000
"""Characters: many of a class show the very same table; what is longer is not worth its memory."""

_cleaned_before = lru_cache(maxsize=256)(_cleaned)


def _svg(value, own):
    text = _text(value)
    if not is_harmless_svg(text):
        return None
    return "image/svg+xml", text


def _image(kind):
    def cleaned(value, own):
        data = "".join(_text(value).split())
        return (kind, data) if is_harmless_image(kind, data) else None

    return cleaned


def _latex(value, own):
    text = _text(value)
    return None if _FORMULA_REACHES_OUT.search(text) or "<" in text else ("text/latex", text)


def _markdown(value, own):
    text = _text(value)
    if len(text) > _LONGEST_MARKDOWN:
        return None
    bad = _MARKDOWN_REACHES_OUT.search(text) or _FORMULA_REACHES_OUT.search(text)
    return None if bad else ("text/markdown", text)


def _json(value, own):
    return "application/json", _nodes(value)


def _widget(value, own):
    if not isinstance(value, dict) or not re.fullmatch(r"[0-9a-f]{32}", str(value.get("model_id"))):
        return None
    view = {"model_id": value["model_id"], "version_major": 2, "version_minor": 0}
    return "application/vnd.jupyter.widget-view+json", NotebookNode(view)


_CLEANERS = {
    "text/plain": _plain,
    "text/html": _html,
    "image/svg+xml": _svg,
    "image/png": _image("image/png"),
    "image/jpeg": _image("image/jpeg"),
    "text/latex": _latex,
    "text/markdown": _markdown,
    "application/json": _json,
    "application/vnd.jupyter.widget-view+json": _widget,
}


def _sizes(metadata, kept):
    """Return the sizes at which pictures are to be drawn: all that metadata may say here."""
    said = NotebookNode()
    for mime in ("image/png", "image/jpeg"):
        about = metadata.get(mime) if isinstance(metadata, dict) else None
        if mime not in kept or not isinstance(about, dict):
            continue
        sizes = {
            name: about[name]
            for name in ("width", "height")
            if type(about.get(name)) is int and 0 < about[name] <= 5_000
        }
        if sizes:
            said[mime] = NotebookNode(sizes)
    return said


def _text(value):
    """Return text without control characters but for line ends, tabs and colours."""
    if isinstance(value, list) and all(isinstance(line, str) for line in value):
        value = "".join(value)
    if not isinstance(value, str):
        raise Forged("Got an output whose text is none.")
    if value.isascii() and value.isprintable():
        return value
    if "\x1b" in value:
        value = _COLOURS.sub("", value)
    return _CONTROLS.sub("", value)


def _line(value, most):
    """Return text on one line, printable, cut where it is too long."""
    text = "".join(letter if letter.isprintable() else " " for letter in _text(value))
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _nodes(value, levels=24):
    """Return plain JSON as nbformat holds it; raises Forged where it is none."""
    if not levels:
        raise Forged("Got JSON that is nested too deeply.")
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, list):
        return [_nodes(entry, levels - 1) for entry in value]
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        return NotebookNode({_text(k): _nodes(entry, levels - 1) for k, entry in value.items()})
    raise Forged("Got JSON that is none.")


def _size(value):
    """Return how many bytes an output takes: its text, and a little for whatever holds it.

    As JSON it takes a little more, which is how the process counts: who keeps to that keeps to
    this, and it is found out without writing the pictures of a notebook once more.
    """
    if isinstance(value, str):
        return len(value) if value.isascii() else len(value.encode("utf-8", "replace"))
    if isinstance(value, dict):
        return sum(_size(name) + _size(entry) + 2 for name, entry in value.items())
    if isinstance(value, list):
        return sum(map(_size, value), 2 * len(value))
    return len(str(value))
