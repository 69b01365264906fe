"""The commands `autograder grade` and `autograder feedback`: what they print, how they end."""

import gc
import sys
from time import monotonic

from autograder.run.quick_imports import quick_imports
from autograder.run.stopping import STOPPED, stop_on_signals


def grade(options):
    """Grade what students handed in, print a table and a summary, and return the exit code."""
    started = monotonic()
    # what is imported in the workers and in the sandbox takes seconds, and so does the rest here
    if not options.scheduler:
        from autograder.run.executors import warm_up

        warm_up("autograder.run.shared_imports")
    from autograder.seal.shared_zygote import SharedZygote

    with SharedZygote() as zygote:
        return _grade(options, zygote, started)


def _grade(options, zygote, started):
    from autograder.run.first_look import looks_ungraded

    if not (options.scheduler or options.unsealed):
        asked = options.course_root, options.assignment, options.student
        if options.force or looks_ungraded(*asked):
            zygote.start()
    with quick_imports():
        from autograder.course_folder import Course
        from autograder.handed_in.misplaced import misplaced
        from autograder.handed_in.submissions import passed_over
        from autograder.report.class_results import read_results
        from autograder.report.table import print_table, printable
        from autograder.report.waiting import said_of_waiting
        from autograder.run.grade_class import grade_class

    course = Course(options.course_root)
    run = grade_class(
        course,
        options.assignment,
        options.student,
        options.force,
        options.workers,
        options.scheduler,
        sealed=not options.unsealed,
        zygote=zygote,
    )
    with stop_on_signals(run.stop):
        summary, graded = _followed(run, "Grading")
    zygote.let_go()
    if not run.stop.asked:
        results = read_results(course, options.assignment, options.student, graded)
        print_table(results)
        waiting = said_of_waiting(results)
        if waiting:
            print(printable(waiting))
    skipped = summary.counts["left as they were"]
    if skipped:
        print(
            f"{skipped} of {len(run)} had been graded just as they are and were left so "
            "(--force grades them again)."
        )
    if summary.failures:
        print(
            f"{len(summary.failures)} of {len(run)} could not be graded; nbgrader's log: "
            f"{course.log_file}"
        )
    for line in summary.lines(monotonic() - started):
        print(line)
    nobodys = []
    if not options.student:
        nobodys = passed_over(course, options.assignment)
        for line in nobodys + misplaced(course, options.assignment):
            print(line)
    ended = _end(run, summary, f"`autograder grade {options.assignment}`")
    return ended or (1 if nobodys else 0)


def feedback(options):
    """Write the feedback pages that are missing or out of date, and return the exit code."""
    with quick_imports():
        from autograder.course_folder import Course
        from autograder.feedback.pages import write_feedback
        from autograder.report.table import printable

    started = monotonic()
    course = Course(options.course_root)
    run = write_feedback(
        course, options.assignment, options.student, options.force, options.workers
    )
    with stop_on_signals(run.stop):
        summary, _ = _followed(run, "Feedback")
    print(
        f"Feedback pages of {summary.counts['done']} of {len(run)} students written in "
        f"{monotonic() - started:.1f} s; {summary.counts['left as they were']} were up to date."
    )
    for student, cause in summary.failures:
        print(f"  {printable(f'{student}: {cause}')}")
    return _end(run, summary, f"`autograder feedback {options.assignment}`")


def _followed(run, verb):
    """Follow a run to its end; return (its Summary, student -> the Graded of what was done now)."""
    from autograder.run.progress import follow
    from autograder.run.summary import Summary

    summary, done = Summary(), {}
    for graded in follow(run, verb):
        summary.add(graded)
        if not (graded.skipped or graded.failure):
            done[graded.student] = graded
    return summary, done


def _end(run, summary, command):
    """Say whether the run was stopped, and return the exit code."""
    # or the interpreter looks at every object again as it ends, for half a second and more
    gc.freeze()
    if run.stop.asked:
        left = len(run) - summary.done
        sys.stdout.flush()
        print(
            f"autograder: stopped; {summary.done} of {len(run)} are done and kept, {left} are "
            f"left: {command} goes on from there.",
            file=sys.stderr,
        )
        return STOPPED
    return 1 if summary.failures else 0
