"""What the trials of an answer show, put as the questions that a diagnosis asks."""

from operator import attrgetter
from typing import NamedTuple

import numpy as np

from course.arguments import fresh
from course.comparing import equal
from course.following import goes_on
from course.stack import arrays_of, form


class Before(NamedTuple):
    """A student's own value of an earlier part.

    value : the array. wanted : the true one. right : whether they are equal. called : how to
    speak of it, by its own name, or by the name of the task that it is part of. came : whether it
    is the student's at all, and no true value that stands for what was not asked for or is of no
    use.
    """

    value: np.ndarray
    wanted: np.ndarray
    right: bool
    called: str
    came: bool = True


class Evidence:
    """The trials of an answer beside the true values.

    task : the Task. trials : list of Trial. true_values : for each trial, the true parts.
    truths : as in `judging.judge`, for the task that this one leans on.
    """

    def __init__(self, task, trials, true_values, truths=attrgetter("truth")):
        self.task, self.trials, self._truths = task, trials, truths
        self.true_values = [
            tuple(part.value(true) for part, true in zip(task.parts, values, strict=True))
            for values in true_values
        ]
        self._index = {part.name: index for index, part in enumerate(task.parts)}
        self._number = {trial: number for number, trial in enumerate(trials)}
        # every suspect asks again, and a vast case has 100,000 entries to compare
        self._right, self._wrong, self._before = {}, {}, {}
        self._finite, self._to_explain = {}, {}
        self._true_before, self._quantities = {}, {}

    def index(self, part):
        """Return the place of a part among those of the task."""
        return self._index[part.name]

    def values(self, part, trial):
        """Return (array that came, true array) of a part; (None, true) where no array came."""
        index = self._index[part.name]
        true = self.true_values[self._number[trial]][index]
        got = trial.parts[index] if trial.parts else None
        return (None if isinstance(got, str) else got), true

    def right(self, part, trial):
        """Whether the part came right in the trial, up to rounding, also of what it is made of."""
        if (part.name, trial) not in self._right:
            # for a part that it is made of and that is made of it, in turn: not right by itself
            self._right[part.name, trial] = False
            self._right[part.name, trial] = self._came_right(part, trial)
        return self._right[part.name, trial]

    def _came_right(self, part, trial):
        got, true = self.values(part, trial)
        if got is None:
            return False
        if part.amiss:
            return form(got) == form(true) and not part.amiss(self, part, trial)
        return equal(part, got, true, trial) or goes_on(self, part, trial)

    def wrong(self, part):
        """Return the trials in which the part is not right."""
        if part.name not in self._wrong:
            self._wrong[part.name] = [t for t in self.trials if not self.right(part, t)]
        return self._wrong[part.name]

    def to_explain(self, part):
        """Return the trials whose values the mistake behind a wrong part explains, hardest first.

        Where no finite numbers came, no value is to be made to see that none explains them. A vast
        case's are not looked at: alone, they would fit any mistake.
        """
        if part.name not in self._to_explain:
            wrong = [t for t in self.wrong(part) if "vast" not in t.case.traits]
            wrong.sort(key=lambda trial: self.finite(part, trial))
            self._to_explain[part.name] = wrong
        return self._to_explain[part.name]

    def wrong_just_where(self, part, special):
        """Whether the part is wrong in all trials that are special, and in no other."""
        return any(map(special, self.trials)) and all(
            self.right(part, trial) != special(trial) for trial in self.trials
        )

    def finite(self, part, trial):
        """Whether an array of finite numbers came."""
        if (part.name, trial) not in self._finite:
            got, _ = self.values(part, trial)
            self._finite[part.name, trial] = got is not None and bool(np.isfinite(got).all())
        return self._finite[part.name, trial]

    def returned(self, part):
        """Return what came for the part: an array or None, for each trial."""
        return [self.values(part, trial)[0] for trial in self.trials]

    def shapes(self, part):
        """Return (shape got, shape wanted) for each trial in which an array came."""
        pairs = (self.values(part, trial) for trial in self.trials)
        return [(form(got), form(true)) for got, true in pairs if got is not None]

    def all_none(self, part):
        """Whether None came for the part every time."""
        index = self._index[part.name]
        return all(
            trial.parts
            and isinstance(trial.parts[index], str)
            and trial.parts[index].startswith("None")
            for trial in self.trials
        )

    def changed_later(self, part):
        """Whether the part's array changed after it was handed back."""
        return any(self._index[part.name] in trial.changed_later for trial in self.trials)

    def second_call(self, part):
        """Return (first, second): the part from two calls on one case; None if not to be had."""
        for trial in self.trials:
            if trial.parts and trial.again:
                pair = trial.parts[self._index[part.name]], trial.again[self._index[part.name]]
                if not any(isinstance(entry, str) for entry in pair):
                    return pair
        return None

    def perturbs_parameters(self):
        """Whether one call runs a function with single entries moved, as often as there are any."""
        entries = sum(np.size(value) for value in self.true_values[0])
        return self.trials[0].calls >= entries > 1

    def is_another_part(self, part):
        """Return the name of the part that came in this one's place, every time; else None."""
        if part.among:
            # one word may be the answer to several questions
            return None
        index = self._index[part.name]
        for other, wanted in self._index.items():
            alike = self.task.parts[wanted].many == part.many
            if (
                other != part.name
                and alike
                and all(
                    trial.parts
                    and not isinstance(trial.parts[index], str)
                    and equal(part, trial.parts[index], self.true_values[k][wanted], trial)
                    and not self.right(part, trial)
                    for k, trial in enumerate(self.trials)
                )
            ):
                return other
        return None

    def spreads(self, part):
        """Return (got, wanted), lists of standard deviations, for each trial with wrong values.

        A list has one number for each of the part's arrays.
        """
        pairs = (self.values(part, trial) for trial in self.wrong(part))
        return [
            ([np.std(a) for a in arrays_of(got)], [np.std(a) for a in arrays_of(true)])
            for got, true in pairs
            if got is not None and form(got) == form(true)
        ]

    def curvature(self, part, trial, h=1e-5):
        """Return the second derivative of the cost by each entry of the part's own parameter.

        For a part dX it comes from stepping through the true gradient, entry by entry of the
        argument X (see Part.of); None where there is no such argument.
        """
        name = part.of or part.name.removeprefix("d")
        arguments = trial.case.arguments
        if name == part.name or name not in arguments:
            return None
        x = part.value(arguments[name])
        index = self._index[part.name]
        result = np.empty(x.shape)
        for k in range(x.size):
            slopes = []
            for step in (h, -h):
                flat = np.array(x, dtype=float).ravel()
                flat[k] += step
                moved = fresh(arguments)
                moved[name] = x.again(flat).apart() if part.many else flat.reshape(x.shape)
                slopes.append(part.value(self.task.truth(**moved)[index]).flat[k])
            result.flat[k] = (slopes[0] - slopes[1]) / (2 * h)
        return result

    def before(self, name, trial):
        """Return the Before of that name in a trial; None where no fit array of numbers came.

        name : of a part of this task, or of the one leaned on.
        """
        if (name, trial) not in self._before:
            self._before[name, trial] = self._came_before(name, trial)
        return self._before[name, trial]

    def _came_before(self, name, trial):
        if name in self._index:
            part, called, came = self.task.parts[self._index[name]], name, True
            got, wanted = self.values(part, trial)
        else:
            part, got, wanted = self._of_the_leaned_on(name, trial)
            called, came = self.task.leans_on.name, bool(trial.earlier)
        if got is None or isinstance(got, str) or form(got) != form(wanted):
            return None
        if not np.isfinite(got).all():
            return None
        known = name in self._index and not part.amiss
        right = self.right(part, trial) if known else equal(part, got, wanted, trial)
        return Before(got, wanted, right, called, came)

    def _of_the_leaned_on(self, name, trial):
        """Return (part, value, true value) of a part of the task leaned on.

        Where the student's answer to that task was not handed over, the true value stands for it.
        """
        other = self.task.leans_on
        index = [part.name for part in other.parts].index(name)
        wanted = other.parts[index].value(self._leaned_on(trial)[index])
        return other.parts[index], trial.earlier[index] if trial.earlier else wanted, wanted

    def _leaned_on(self, trial):
        """Return the true parts of the task that this one leans on."""
        if trial not in self._true_before:
            other = self.task.leans_on
            arguments = other.of_its_arguments(trial.case).arguments
            self._true_before[trial] = self._truths(other)(**fresh(arguments))
        return self._true_before[trial]

    def quantities(self, trial):
        """Return the true quantities of a trial's case, in which mistakes are tried.

        None where the case is vast: no mistake is looked for in its values.
        """
        if trial not in self._quantities:
            known = "vast" not in trial.case.traits
            of_case = self.task.quantities
            self._quantities[trial] = of_case(**fresh(trial.case.arguments)) if known else None
        return self._quantities[trial]
