"""What a course's configuration says of nbgrader's autograde, read as nbgrader reads it."""

import logging
from dataclasses import dataclass

from nbgrader.converters import Autograde
from nbgrader.preprocessors import AssignLatePenalties

from autograder.course_error import CourseError
from autograder.course_folder import modules_on_path
from autograder.gradebook.penalties import LatePenalties


@dataclass(frozen=True)
class AutogradeSettings:
    """The settings that shape what autograde leaves.

    permissions : of the files, as a mode. groupshared : whether folders are the group's too.
    ignore : patterns of files that are not copied. not_overwritten : paths, relative to the
    source, of files that the students' version of is kept. create_students : whether a student
    that the gradebook does not know is added. most_bytes, most_in_all : of a file that is copied,
    and of all that a student handed in beside the notebooks. penalties : LatePenalties, or None
    where the configuration leaves them out.
    """

    permissions: int
    groupshared: bool
    ignore: tuple[str, ...]
    not_overwritten: frozenset[str]
    create_students: bool
    most_bytes: int
    most_in_all: int
    penalties: LatePenalties | None


def read_settings(course, assignment):
    """Return the AutogradeSettings of a course; raises CourseError where they cannot be had."""
    directory = course.directory()
    log = logging.Logger("nbgrader", logging.INFO)
    log.addHandler(_IntoFile(course.log_file))
    with modules_on_path(course.root):
        try:
            autograde = Autograde(coursedir=directory, config=course.config, log=log)
            steps = [
                step
                for step in autograde.autograde_preprocessors
                if isinstance(step, type) and issubclass(step, AssignLatePenalties)
            ]
            step = steps[0](config=course.config, log=log) if steps else None
            if step is not None and step.enabled:
                step.init_plugin()
        except Exception as error:  # whatever a configured plugin does when it is imported
            raise CourseError(
                f"What {course.root / 'nbgrader_config.py'} says of Autograde and "
                f"AssignLatePenalties cannot be used ({type(error).__name__}: {error}): mend it."
            ) from error
    return AutogradeSettings(
        int(str(autograde.permissions), 8),
        directory.groupshared,
        tuple(directory.ignore),
        frozenset(autograde.exclude_overwriting.get(assignment, ())),
        autograde.create_student,
        1000 * directory.max_file_size,
        1000 * directory.max_dir_size,
        LatePenalties(step.plugin_inst) if step is not None and step.enabled else None,
    )


class _IntoFile(logging.Handler):
    """Appends what is logged to a file, which is open for a line at a time."""

    def __init__(self, path):
        super().__init__()
        self.path = path
        self.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))

    def emit(self, record):
        with open(self.path, "a", encoding="utf-8") as file:
            file.write(self.format(record) + "\n")
