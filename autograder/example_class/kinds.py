"""The kinds of submission in an example class, and how often each comes."""

from dataclasses import dataclass
from importlib import import_module

from autograder.course_error import CourseError
from autograder.planted import Edit, mistakes
from course.tasks import unit_of


@dataclass(frozen=True)
class Kind:
    """One way in which a submission can turn out.

    name : as class.json has it.
    weight : how often it comes in a class, against the others.
    style : the module with the solution that it starts from; "" for the reference.
    edits : what is done to that solution.
    blank : the graded cells that stay as they were released; ("*",) for all of them.
    stages : how many of the numbers entered by hand are entered; None for all.
    handed_in : "in time", "late", "under another name" or "without the notebook".
    """

    name: str
    weight: float
    style: str = ""
    edits: tuple[Edit, ...] = ()
    blank: tuple[str, ...] = ()
    stages: int | None = None
    handed_in: str = "in time"


def kinds_of(assignment):
    """Return the kinds of an assignment's example class, most telling first, and the rarer ones.

    The first list is what every class of that size has; the rarer kinds come by chance in a
    larger one. Raises CourseError where no example class was written for the assignment.
    """
    try:
        unit = unit_of(assignment)
        own = import_module(f"autograder.example_class.{unit}")
    except (ValueError, ModuleNotFoundError) as error:
        raise CourseError(
            f"Got the assignment {assignment!r}, but there is no example class for it in "
            "autograder/example_class."
        ) from error
    planted = mistakes(unit)
    of_mistakes = [Kind(name, 3, edits=planted[name]) for name in own.COMMON_MISTAKES]
    always = [
        Kind("matrix_form", 30),
        Kind("blank", 3, blank=("*",)),
        Kind(
            "half_done",
            7,
            edits=own.HALF_DONE,
            blank=own.HALF_DONE_BLANK,
            stages=own.HALF_DONE_STAGES,
        ),
        Kind("syntax_error", 3, edits=own.SYNTAX_ERROR),
        Kind("infinite_loop", 1, edits=own.INFINITE_LOOP),
        Kind("missing_notebook", 1, handed_in="without the notebook"),
        Kind("renamed_notebook", 2, handed_in="under another name"),
        Kind("late", 5, style=own.LATE_STYLE, handed_in="late"),
        *of_mistakes,
        *(Kind(style, 6, style=style) for style in own.STYLES),
    ]
    rarer = [
        Kind(name, 0.5, edits=edits)
        for name, edits in planted.items()
        if name not in own.COMMON_MISTAKES
    ]
    return always, rarer


def draw_kinds(rng, assignment, count):
    """Draw the kinds of a class of `count`, and return with them the kinds left out.

    Every kind comes once while there are students for it; the rest of a larger class is
    drawn by weight. The order of the students is drawn too.
    """
    always, rarer = kinds_of(assignment)
    drawn = always[:count]
    pool = [*always, *rarer]
    weights = [kind.weight for kind in pool]
    shares = [weight / sum(weights) for weight in weights]
    drawn += [pool[k] for k in rng.choice(len(pool), size=count - len(drawn), p=shares)]
    return [drawn[k] for k in rng.permutation(count)], always[count:]
