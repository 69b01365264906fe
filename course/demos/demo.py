"""What every demo is: a widget whose front end is joined from files, with a line of plain text.

The Python side computes and holds the state; the JavaScript side draws it.
"""

import os
from contextlib import contextmanager
from pathlib import Path

import anywidget
import numpy as np

STILLS = "BACKPROP_STILLS"
"""The environment variable that, where it is not empty, has a demo's cell keep its picture too.

That is for notebooks run to be printed, or read where no widget moves. To draw it takes a part of
a second, which a demo that is to move does not wait for.
"""


def joined(*names):
    """Return the texts of files of this folder, one after the other.

    A widget's front end is one module and one style sheet; there is no bundler.
    """
    folder = Path(__file__).parent
    return "\n".join((folder / name).read_text(encoding="utf-8") for name in names)


def in_bytes(numbers):
    """Return numbers as little-endian float64 bytes, the way they cross to the front end."""
    return np.asarray(numbers, dtype="<f8").tobytes()


# the front end that has moved a slider or pressed a button knows it: to be told again costs a
# message a move
SLID = {"sync": True, "echo_update": False}


class Demo(anywidget.AnyWidget):
    """A demo; a subclass adds `_esm`, `_css`, its traits and `in_words`.

    Each `_esm` begins with drawing.js and each `_css` with demo.css, which the demos share. One
    that computes anew when its traits change adds `_look`, and changes them under `_together`.
    Traits that its controls set move by move are tagged SLID.
    """

    _changing = False

    def in_words(self):
        """Return in one line what the demo shows at present."""
        raise NotImplementedError

    @contextmanager
    def _together(self, **how):
        """Let several traits change, look once, and send all of it in one message.

        how : passed on to `_look`.
        """
        if self._changing:
            yield
            return
        self._changing = True
        try:
            with self.hold_sync():
                yield
                self._look(**how)
        finally:
            self._changing = False

    def _look(self, **how):
        """Bring the numbers and the picture up to date with the traits."""
        raise NotImplementedError

    def _repr_mimebundle_(self, **kwargs):
        # what an editor without widgets shows
        data, metadata = super()._repr_mimebundle_(**kwargs)
        data = {**data, "text/plain": self.in_words()}
        if os.environ.get(STILLS):
            from course.pictures.picture import Picture  # here: it imports matplotlib

            data["text/html"] = Picture(self.figure(), self.in_words())._repr_html_()
        return data, metadata
