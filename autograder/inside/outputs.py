"""The outputs of one cell, gathered within limits; what is cut is said in the output itself."""

import io
import re

from .bundles import size
from .values import MOST_HEADER

_OVERHEAD = 200
"""Bytes that every output is charged besides its own, so that a million tiny ones end as well."""


_LONGER_IN_JSON = re.compile(r"[^ !#-\[\]-~\n]")
"""Characters that take more than one byte, other than the newline, which takes two."""


class CellOutputs:
    """What one cell printed, showed and raised, as a notebook keeps it.

    most_bytes : how many bytes all of it may take as JSON. most_rich : how many of the outputs
    may be other than printed text. named : text -> (name, bytes that it takes), of HTML that
    whoever reads the outputs has by that name, which then stands in its place.

    Streams that follow each other are joined; a display that is updated is replaced where it
    stands; what a cell clears is room for more. Attributes: dropped, how many outputs were left
    out; raised, whether an error is among them.
    """

    def __init__(self, most_bytes=1_000_000, most_rich=20, named=None):
        # an output must fit into one header on its way out
        self.most_bytes = min(most_bytes, MOST_HEADER * 3 // 4)
        self.most_rich, self._named = most_rich, named or {}
        self.raised = False
        self._empty()

    def _empty(self):
        self._outputs = []
        self._left = self.most_bytes
        self._rich = 0
        self.dropped = self._cut_characters = 0
        self._clear_next = False

    @property
    def bytes(self):
        """How many bytes of JSON they take, about."""
        return self.most_bytes - self._left

    def write(self, name, text):
        """Add printed text; name is "stdout" or "stderr"."""
        if not text:
            return
        if self._clear_next:
            self._empty()
        last = self._outputs[-1] if self._outputs else None
        again = isinstance(last, _Printed) and last.name == name
        if self._left <= (0 if again else _OVERHEAD):
            self._cut_characters += len(text)
            return
        if not again:
            self._left -= _OVERHEAD
            last = _Printed(name)
            self._outputs.append(last)
        kept = text[: self._left]
        takes = len(kept) + kept.count("\n")
        if takes > self._left or _LONGER_IN_JSON.search(kept):
            kept = self._fitting(kept)
            takes = size(kept) - 2
        self._left -= takes
        self._cut_characters += len(text) - len(kept)
        last.text.write(kept)

    def _fitting(self, text):
        """Return as much of the text's beginning as there is room for."""
        while text and size(text) - 2 > self._left:
            text = text[: min(len(text) - 1, len(text) * self._left // size(text))]
        return text

    def show(self, data, metadata, display_id=None, count=None):
        """Add a mime bundle of plain values; count is an execute_result's number.

        A bundle that does not fit is replaced by its text, and by a notice where even that is
        too long.
        """
        if self._clear_next:
            self._empty()
        if display_id is not None:
            self.update(data, metadata, display_id)
        if self._rich >= self.most_rich or self._left <= _OVERHEAD:
            self.dropped += 1
            return
        shown = _Shown(count, display_id)
        self._rich += 1
        self._left -= _OVERHEAD
        self._fill(shown, data, metadata)
        self._outputs.append(shown)

    def update(self, data, metadata, display_id):
        """Put another bundle in the place of those shown under the id in this cell.

        What stands in an earlier cell stays as it is: a cell's outputs are its own.
        """
        for shown in self._outputs:
            if isinstance(shown, _Shown) and shown.display_id == display_id:
                self._left += shown.size
                self._fill(shown, data, metadata)

    def _fill(self, shown, data, metadata):
        html, takes = data.get("text/html"), size(metadata)
        name, more = self._named.get(html, ("", 0)) if isinstance(html, str) else ("", 0)
        if name:
            data = {**data, "text/html": name}
        takes += more + size(data)
        if takes > self._left:
            said = data.get("text/plain")
            note = f"[Left out here: an output of {takes:,} bytes, past the limit of a cell.]"
            short = isinstance(said, str) and len(said) <= 2_000
            data, metadata = {"text/plain": f"{said}\n{note}" if short else note}, {}
            takes = size(data)
            self.dropped += 1
        shown.data, shown.metadata, shown.size = data, metadata, takes
        self._left -= takes

    def clear(self, wait=False):
        """Forget all of it, at once or when the next output comes."""
        if wait:
            self._clear_next = True
        else:
            self._empty()

    def error(self, output):
        """Add an error output; it is never left out, and cut before it comes here."""
        if self._clear_next:
            self._empty()
        self.raised = True
        if len(self._outputs) and isinstance(self._outputs[-1], dict) and self._left <= 0:
            # one cell, many errors: only the last is worth keeping
            self._outputs[-1] = output
            self.dropped += 1
            return
        self._left -= _OVERHEAD + size(output)
        self._outputs.append(output)

    def as_list(self):
        """Return the outputs as nbformat has them, with a notice where something is left out."""
        outputs = [one if isinstance(one, dict) else one.as_output() for one in self._outputs]
        said = []
        if self._cut_characters:
            said.append(f"{self._cut_characters:,} characters of text")
        if self.dropped:
            said.append(f"{self.dropped:,} output{'s' * (self.dropped > 1)}")
        if said:
            limits = f"{self.most_bytes:,} bytes and {self.most_rich} pictures or other outputs"
            text = f"\n[Left out here: {' and '.join(said)}, past the limit of {limits} a cell.]\n"
            if outputs and outputs[-1].get("name") == "stdout":
                outputs[-1]["text"] += text
            else:
                outputs.append({"output_type": "stream", "name": "stdout", "text": text})
        return outputs


class _Printed:
    def __init__(self, name):
        self.name, self.text = name, io.StringIO()

    def as_output(self):
        return {"output_type": "stream", "name": self.name, "text": self.text.getvalue()}


class _Shown:
    def __init__(self, count, display_id):
        self.count, self.display_id = count, display_id
        self.data, self.metadata, self.size = {}, {}, 0

    def as_output(self):
        shown = {"output_type": "display_data", "data": self.data, "metadata": self.metadata}
        if self.count is not None:
            shown |= {"output_type": "execute_result", "execution_count": self.count}
        return shown


class Stream(io.TextIOBase):
    """What stands for sys.stdout or sys.stderr: text goes to the cell that runs.

    take : function of a piece of text. cleaned : a pattern whose matches are left out, or None.
    """

    encoding = "utf-8"
    errors = "replace"

    def __init__(self, name, take, cleaned=None):
        self.name = f"<{name}>"
        self._take, self._cleaned = take, cleaned

    def writable(self):
        return True

    def isatty(self):
        return False

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        self._take(text if self._cleaned is None else self._cleaned.sub("", text))
        return len(text)
