"""The command `autograder`: what an instructor does with a class, from the command line."""

import argparse
import os
import select
import shlex
import sys

from autograder.course_error import CourseError
from autograder.run.stopping import STOPPED, interrupted_by_signals

NOBODY_READS = 141
"""The exit code where standard output was closed, as a shell has it for a broken pipe."""


class _UsageError(Exception):
    """The command line cannot be followed; the message says why."""


class _Parser(argparse.ArgumentParser):
    """argparse's parser, but with one sentence for an error instead of the whole usage."""

    def error(self, message):
        raise _not_understood(message, self.prog)

    def exit(self, status=0, message=None):
        sys.stdout.flush()
        super().exit(status, message)


def _not_understood(message, command):
    return _UsageError(f"{message}; `{command} --help` says what is understood.")


def parser():
    """Return the parser of the command line."""
    top = _Parser(prog="autograder", description=__doc__.splitlines()[0])
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def add(name, run, says, root=".", of_an_assignment=True):
        command = commands.add_parser(name, help=says, description=says)
        if of_an_assignment:
            command.add_argument("assignment", metavar="ASSIGNMENT", help="a folder in source/")
        where = f"the folder of the course; default: {root}"
        command.add_argument("--course-root", default=root, metavar="DIR", help=where)
        command.set_defaults(run=run)
        return command

    add("release", _release, "regenerate the students' notebooks from the instructors'")
    grade = add("grade", _grade, "grade what students handed in")
    of_cluster = "of a Dask cluster, tcp://HOST:PORT or tls://HOST:PORT"
    grade.add_argument("--scheduler", metavar="ADDRESS", help=of_cluster)
    grade.add_argument(
        "--unsealed", action="store_true", help="run students' code with your own rights"
    )
    feedback = add("feedback", _feedback, "write the feedback pages of what was graded")
    for command, again in ((grade, "grade again what has not changed"), (feedback, "write all")):
        command.add_argument(
            "--student", action="append", default=[], metavar="ID", help="only this one's work"
        )
        command.add_argument(
            "--workers", type=_count, metavar="N", help="default: about one a core"
        )
        command.add_argument("--force", action="store_true", help=again)
    add("solve", _solve, "run an instructors' notebook and keep it with its outputs")
    add("report", _report, "write the class report, as a page and as CSV")
    add("similar", _similar, "show answers that are more alike than chance has them")
    add("student", _student, "write the students' bundle into dist/", of_an_assignment=False)
    add("doctor", _doctor, "say what this machine can do, and what to mend", of_an_assignment=False)
    task = add("new-task", _new_task, "write the outline of a task", of_an_assignment=False)
    unit = add("new-unit", _new_unit, "write the outline of a unit", of_an_assignment=False)
    unit.add_argument("folder", metavar="FOLDER", help="of its notebook, such as 12_regression")
    for command in (task, unit):
        command.add_argument("task", metavar="UNIT.NAME", help="what checks call it")
        command.add_argument("--points", type=_count, default=1, metavar="N", help="default: 1")
    for name, run, says in (
        ("example-class", _example_class, "lay out a small course with a class to try it on"),
        ("demo", _demo, "lay out an example class, grade it, and say which pages to open"),
    ):
        example = add(name, run, says, root="example-class")
        example.add_argument("--students", type=int, default=24, metavar="N", help="default: 24")
        example.add_argument(
            "--seed", type=int, default=1, metavar="S", help="the same seed, the same class"
        )
    return top


# What a command needs is imported when it runs: nbgrader takes seconds to import, and neither
# --help nor a typing error should wait for it.


def _course(options):
    from autograder.course_folder import Course

    return Course(options.course_root)


def _release(options):
    from autograder.releasing.contents import refuse_openings, write_contents
    from autograder.releasing.release import release

    course = _course(options)
    refuse_openings(course, options.assignment)
    changed = release(course, options.assignment)
    page = write_contents(course)
    if page:
        changed.append(page)
    for path in changed:
        print(f"{path.relative_to(course.root)} {'written' if path.exists() else 'removed'}")
    if not changed:
        print(f"The release of {options.assignment} is up to date.")
    return 0


def _grade(options):
    from autograder.grading_commands import grade

    return grade(options)


def _feedback(options):
    from autograder.grading_commands import feedback

    return feedback(options)


def _solve(options):
    from autograder.releasing.solved import solve

    for path in solve(_course(options), options.assignment):
        print(path)
    return 0


def _report(options):
    from autograder.report.report import write_report
    from autograder.report.table import printable

    report = write_report(_course(options), options.assignment)
    for path in (report.page, report.students, report.mistakes):
        print(path)
    if report.waiting:
        print(printable(report.waiting))
    print(f"To explore the tables with pandas: jupyter lab {shlex.quote(str(report.notebook))}")
    return 0


def _similar(options):
    from autograder.similar.page import write_similar

    path, count = write_similar(_course(options), options.assignment)
    print(path)
    if count is None:
        print("There are too few answers to tell likeness from chance.")
        return 0
    pairs = "1 pair" if count == 1 else f"{count} pairs"
    some = f"{pairs} of students may be worth a conversation."
    print(some if count else "No answers are more alike than chance has them.")
    return 0


def _example_class(options):
    from autograder.example_class import lay_out

    print(lay_out(options.assignment, options.students, options.seed, options.course_root))
    return 0


def _demo(options):
    from autograder.report.class_results import read_results
    from autograder.report.report import telling_pages, write_report

    options.student, options.force, options.workers = [], False, None
    options.scheduler, options.unsealed = None, False
    failed = 0
    for step in (_example_class, _release, _grade, _feedback):
        failed = step(options) or failed
        if failed == STOPPED:
            return failed
    course = _course(options)
    report = write_report(course, options.assignment)
    print(f"\nOpen the class report in a browser:\n  {report.page}")
    print("and the feedback of one who has all right, and of one who has not:")
    for feedback in telling_pages(read_results(course, options.assignment)):
        print(f"  {feedback}")
    print(f"The same for a spreadsheet:\n  {report.students}\n  {report.mistakes}")
    return failed


def _student(options):
    from pathlib import Path

    from autograder.releasing.student_bundle import write_bundle

    root = Path(options.course_root).resolve()
    try:
        print(write_bundle(root, root / "dist" / "backprop-course-students.zip"))
    except RuntimeError as error:
        # the builder's last line is the one that says why
        lines = str(error).strip().splitlines()
        raise CourseError(" ".join(dict.fromkeys((lines[0], lines[-1])))) from error
    return 0


def _new_task(options):
    from autograder.authoring.new_task import new_task

    return _outlined(new_task(options.course_root, options.task, options.points), options.task)


def _new_unit(options):
    from autograder.authoring.new_unit import new_unit

    files = new_unit(options.course_root, options.folder, options.task, options.points)
    return _outlined(files, options.task)


def _outlined(files, task):
    print("\n".join(files))
    print("\nFill in what says UNFINISHED there. What is missing is said by")
    print(f"  python -m pytest tests/house/test_tasks_are_complete.py -k {task}")
    return 0


def _doctor(options):
    from autograder.doctor import examine

    fine = True
    for line in examine(options.course_root):
        print(line, flush=True)
        fine = fine and line.fine
    return 0 if fine else 1


def _count(text):
    """Read a number of processes, or of points."""
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"got {text!r}, but a whole number from 1 on is needed")
    return int(text)


def main(argv=None):
    """Follow a command line and return its exit code.

    0 : done; 1 : done, but some submissions could not be graded; 2 : refused, with one
    sentence on standard error; 130 : stopped by the keyboard or a SIGTERM; 141 : whoever read
    standard output closed it.
    """
    try:
        options, unknown = parser().parse_known_args(argv)
        if unknown:
            said = f"unrecognized arguments: {' '.join(unknown)}"
            raise _not_understood(said, f"autograder {options.command}")
        with interrupted_by_signals():
            code = options.run(options)
            # what is held back until now, where a closed pipe is still seen to
            sys.stdout.flush()
            return code
    except (_UsageError, CourseError, OSError) as error:
        if isinstance(error, BrokenPipeError) and _nobody_reads():
            return NOBODY_READS
        print(f"autograder: {_in_words(error)}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("autograder: stopped; what was done so far is kept.", file=sys.stderr)
        return STOPPED


def _nobody_reads():
    """Whether standard output is a closed pipe; it then leads nowhere, so that its end is quiet."""
    polled = select.poll()
    polled.register(1, 0)
    if not any(events & select.POLLERR for _, events in polled.poll(0)):
        return False
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return True


def _in_words(error):
    """Return an error as a sentence, with the way out; one of ours is one already."""
    if not isinstance(error, OSError) or error.filename is None:
        return str(error)
    return (
        f"{os.fspath(error.filename)!r} cannot be used ({error.strerror}): see that nothing else "
        "stands in its place, that you may write there, and that the disk is not full."
    )


if __name__ == "__main__":
    sys.exit(main())
