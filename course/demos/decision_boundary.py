"""The demo of a decision boundary: the student's network learns points while one watches."""

import math
from dataclasses import asdict

import numpy as np
import traitlets

from course.demos import boundary_words as words
from course.demos.boundary_points import Plane, checked_added, checked_points
from course.demos.boundary_training import Training
from course.demos.demo import SLID, Demo, in_bytes, joined
from course.demos.parameters import copied

SPEEDS = (1, 2, 5, 10, 20, 50, 100)
LIMITS = {"rate": (1e-4, 100.0), "speed": (SPEEDS[0], SPEEDS[-1])}


class DecisionBoundary(Demo):
    """A network of the student's functions that learns points of the plane, step by step.

    The plane is coloured by the class that predict gives each place, the more strongly the
    surer it is; points in a region of another class are ringed. All functions get copies, and
    what they print is dropped; where one fails, a sentence says how, the training stops, and the
    picture stays at its last good state.

    Parameters
    ----------
    predict : predict(X, parameters) -> (m, K), a row of probabilities for each row of X (m, 2);
        rows that are no probabilities are taken as scores, and softmaxed for the colours.
    step : step(X, y, parameters, rate) -> parameters, one step of training.
    parameters : dict of name -> array to begin with; copied, never changed.
    X, y : the points to begin with, (m, 2), and their labels (m,), whole numbers from 0; at
        most 1000. Points added by hand come after them.
    loss : loss(X, y, parameters) -> one number, drawn as a curve; where it is left out, the
        curve shows how many points are wrong.
    rate : the learning rate to begin with.
    classes : how many there are, 2 to 4; by default as many as y names, at least 2.

    Attributes that may be set, and that the controls set: rate, 0.0001 to 100; speed, 1 to 100
    steps a picture (fewer where they take longer than 40 ms together); playing; added, the list
    of [x, y, label] added by hand. To be read: steps; parameters, the present ones.

    Raises ValueError for values outside these limits, parameters that are no dict of finite
    arrays, and functions that cannot be called.
    """

    _esm = joined("drawing.js", "sliders.js", "decision_boundary_field.js",
                  "decision_boundary_picture.js", "decision_boundary_plane.js",
                  "decision_boundary.js")  # fmt: skip
    _css = joined("demo.css", "places.css", "decision_boundary.css")
    _seen = None

    playing = traitlets.Bool(False).tag(**SLID)
    speed = traitlets.Int(5).tag(**SLID)
    rate = traitlets.Float(0.5).tag(**SLID)
    added = traitlets.List().tag(sync=True)
    steps = traitlets.Int().tag(sync=True)

    # counted, not signalled, so that none is lost while the kernel is busy; the front end asks
    # for the next picture of a training only when it has painted the last
    presses = traitlets.Int().tag(**SLID)
    resets = traitlets.Int().tag(**SLID)
    asked = traitlets.Int().tag(**SLID)
    answered = traitlets.Int().tag(sync=True)

    picture = traitlets.Dict().tag(sync=True)
    field = traitlets.Bytes(help="(K, side, side) float32: p on the grid").tag(sync=True)
    points = traitlets.Bytes(help="(4, m): x, y, label, predicted or −1").tag(sync=True)
    curve = traitlets.Bytes(help="(2, n): step, loss").tag(sync=True)

    def __init__(self, predict, step, parameters, X, y, *, loss=None, rate=0.5, classes=None):
        functions = {"predict": predict, "step": step}
        for name, function in {**functions, **({} if loss is None else {"loss": loss})}.items():
            if not callable(function):
                raise ValueError(
                    f"Got {name}={function!r:.80}, but {name} must be a function; "
                    f"write {name}={name}, without calling it."
                )
        self._X, self._y, self.classes = checked_points(X, y, classes)
        self._plane = Plane.around(self._X)
        self._curve_name = "number of wrong points" if loss is None else "loss"
        self._training = Training(
            predict, step, loss, copied(parameters), self._plane, self.classes
        )  # fmt: skip
        super().__init__()
        self.rate = rate
        self.reset()

    @property
    def parameters(self):
        """The present parameters, name -> array, as a copy."""
        return {name: array.copy() for name, array in self._training.parameters.items()}

    def take_steps(self, steps=1):
        """Take so many steps of training, or fewer where they would take longer than 40 ms."""
        with self._together(steps=steps):
            pass

    def reset(self):
        """Put back the parameters and the points of the beginning, and stop."""
        with self._together(anew=True):
            self.playing, self.added = False, []

    def figure(self):
        """Return the present picture as a matplotlib Figure, for print and feedback pages."""
        from course.demos.decision_boundary_figure import draw

        return draw(self._training, self._plane, *self._points(), self.picture)

    def in_words(self):
        """Return in one line what the demo shows at present."""
        return f"Decision boundary. {self.picture['sentence']}"

    def _points(self):
        added = np.array(self.added, dtype=float).reshape(-1, 3)
        X = np.concatenate([self._X, added[:, :2]])
        return X, np.append(self._y, added[:, 2].astype(int))

    def _look(self, steps=0, anew=False):
        training, moved = self._training, self.added != self._seen
        X, y = self._points()
        if anew:
            training.restart(X, y)
        elif moved:
            training.set_points(X, y)
        if steps:
            training.take(steps, self.rate)
        if steps or moved or anew:
            training.look()
        if training.trouble:
            self.playing = False
        self._seen, self.steps = list(self.added), training.steps
        self._show(X, y)

    def _show(self, X, y):
        training, now = self._training, self._training.now()
        self.field = b"" if training.p is None else training.p.astype("<f4").tobytes()
        self.points = in_bytes([*X.T, y, training.own])
        self.curve = in_bytes(np.array(training.history).reshape(-1, 2).T)
        counts = np.bincount(y, minlength=self.classes).tolist()
        self.picture = {
            **asdict(self._plane),
            "classes": self.classes,
            "speeds": SPEEDS,
            "limits": LIMITS,
            "strength": "p" if training.given else "the softmax of your scores",
            "wrong": bool(now.trouble or now.rise),
            "reading": words.reading(now),
            "sentence": words.meaning(now),
            "alternative": words.alternative(now, counts, training.shares),
            "curve_name": self._curve_name,
            "curve_text": words.curve_text(training.history, self._curve_name),
        }

    @traitlets.observe("added")
    def _on_points(self, change):
        with self._together():
            pass

    @traitlets.observe("presses")
    def _on_press(self, change):
        self.take_steps(max(1, change.new - change.old))

    @traitlets.observe("resets")
    def _on_reset(self, change):
        self.reset()

    @traitlets.observe("asked")
    def _on_ask(self, change):
        # a picture may still be asked for as the training stops
        with self._together(steps=self.speed if self.playing else 0):
            self.answered = change.new

    @traitlets.validate("added")
    def _valid_points(self, proposal):
        return checked_added(proposal.value, self._plane, self.classes)

    @traitlets.validate("rate", "speed")
    def _within(self, proposal):
        name, value = proposal.trait.name, proposal.value
        low, high = LIMITS[name]
        if math.isfinite(value) and low <= value <= high:
            return value
        raise ValueError(
            f"Got {name}={value}, but {name} goes from {low} to {high}; set a number there."
        )
