"""What stands in the sandbox in the place of modules that would know the answers."""

import sys

from . import served_check, served_demos, served_grade, served_tasks

_SERVED = {
    "course.checking": served_check,
    "course.demos": served_demos,
    # a score shown without the sandbox has no hints either
    "course.mistakes": None,
    "course.tasks": served_tasks,
    "autograder": served_grade,
}


def put_in_place():
    """Have `autograder` and some modules of `course` imported as what is served instead.

    That is the checks of the host, outlines of the tasks, demos that are not drawn, and a grade
    that refuses. It must come before the first import of `course`; raises RuntimeError where it
    does not.
    """
    if "course" in sys.modules:
        raise RuntimeError("`course` is imported already, and with it what knows the answers.")
    sys.modules.update(_SERVED)
    import course

    course.checking, course.demos, course.tasks = served_check, served_demos, served_tasks
