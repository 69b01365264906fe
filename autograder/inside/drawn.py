"""Pictures that a notebook draws the same for everybody, drawn once and kept for every fork.

Half of the time of an ordinary notebook goes into pictures that depend on nothing a student
wrote. A fork that runs the notebook as it was released tells the host what its picture functions
drew, from which arguments; every later fork is given that, and draws only what is new.
"""

import copy
import functools
import importlib
import inspect
import pkgutil
import warnings
from hashlib import sha256

import matplotlib
import numpy as np

import course.pictures
from course.pictures.picture import Picture

_PLAIN = (str, bool, int, float, complex, type(None))
_ALIKE = "biufc"


class KeptPicture(Picture):
    """A Picture whose image is there already, and whose figure is drawn when somebody asks.

    html, alt : as the picture shows itself. draw : a function that draws it anew.
    """

    def __init__(self, html, alt, draw):
        self.alt = alt
        self._html, self._kept_alt, self._draw = html, alt, draw

    @functools.cached_property
    def figure(self):
        """The figure; from here on the picture shows what this one has become."""
        self._html = None
        return self._draw().figure

    def _repr_html_(self):
        if self._html is not None and self.alt == self._kept_alt:
            return self._html
        return super()._repr_html_()


class Drawn:
    """The pictures that the course's functions have drawn here, or that the host has given.

    recording : which of those drawn are taken down for `told`, as (k, n): the k-th and every
    n-th after it, and no others are drawn before somebody asks for their figure; None, the
    beginning, for a notebook that is run for its own sake.
    """

    def __init__(self):
        self.recording = None
        self._kept, self._sizes, self._told, self._seen = {}, {}, {}, {}
        self._settings = dict(matplotlib.rcParams)
        for module in _picture_modules():
            for name, function in _picture_functions(module):
                self._stand_before(name, function)

    def _stand_before(self, name, function):
        """Put a function that looks first among what is kept wherever this one is imported."""

        @functools.wraps(function)
        def picture(*arguments, **named):
            __tracebackhide__ = True
            if not (self._kept or self.recording):
                return function(*arguments, **named)
            key = self._key(name, arguments, named)
            if key in self._kept:
                return _undrawn(function, arguments, named, *self._kept[key])
            if key is None or not self.recording:
                return function(*arguments, **named)
            share, shares = self.recording
            if self._seen.setdefault(key, len(self._seen)) % shares != share:
                return _undrawn(function, arguments, named)
            with warnings.catch_warnings(record=True) as warned:
                made = function(*arguments, **named)
                if not isinstance(made, Picture):
                    return made
                html = made._repr_html_()
            if not warned:
                self._told[key] = html, made.alt
            # or it would be drawn once more to be shown
            return _undrawn(function, arguments, named, html, made.alt)

        for module in _picture_modules():
            if getattr(module, name, None) is function:
                setattr(module, name, picture)

    def _key(self, name, arguments, named):
        """Return a digest of what the picture depends on, or None where that cannot be told."""
        if matplotlib.rcParams != self._settings:
            return None
        try:
            told = repr((name, _plain([*arguments, named]), np.get_printoptions()))
        except TypeError:
            return None
        return sha256(told.encode("utf-8", "replace")).hexdigest()

    def told(self):
        """Return what was drawn while recording: [key, html, alt] each."""
        return [[key, html, alt] for key, (html, alt) in self._told.items()]

    def keep(self, pictures):
        """Take what `told` returned in another fork, beside what was taken before."""
        self._kept |= {key: (html, alt) for key, html, alt in pictures}
        self._sizes |= {key: len(html.encode("utf-8", "replace")) for key, html, _ in pictures}

    def named(self, keys):
        """Return html -> (key, its bytes) of the pictures kept here, those of these keys."""
        known = [key for key in keys if key in self._kept]
        return {self._kept[key][0]: (key, self._sizes[key]) for key in known}


def _undrawn(function, arguments, named, html="", alt=""):
    given = copy.deepcopy((arguments, named))
    return KeptPicture(html, alt, lambda: function(*given[0], **given[1]))


def _plain(value):
    """Return a value as nested tuples that are equal for equal values alone; raises TypeError."""
    kind = type(value)
    if kind in _PLAIN:
        return kind.__name__, value
    if kind is np.ndarray and value.dtype.kind in _ALIKE:
        return "array", value.dtype.str, value.shape, value.tobytes()
    if isinstance(value, np.number | np.bool_):
        return kind.__name__, value.tobytes()
    if kind in (list, tuple):
        return kind.__name__, tuple(map(_plain, value))
    if kind is dict:
        return "dict", tuple((_plain(key), _plain(entry)) for key, entry in value.items())
    raise TypeError(f"Got a {kind.__name__}, which may be more than its numbers.")


@functools.cache
def _picture_modules():
    path, prefix = course.pictures.__path__, "course.pictures."
    names = [prefix + found.name for found in pkgutil.iter_modules(path)]
    return [course.pictures, *map(importlib.import_module, names)]


def _picture_functions(module):
    """Yield (name, function) of what a module defines to draw a Picture."""
    for name, function in inspect.getmembers(module, inspect.isfunction):
        own = function.__module__ == module.__name__ and not hasattr(function, "__wrapped__")
        if own and (name.endswith("_picture") or module.__name__.endswith(f".{name}")):
            yield name, function
