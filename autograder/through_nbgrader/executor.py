"""What makes nbgrader's own autograde, and Formgrader's button, grade in the sealed sandbox.

nbgrader reads a notebook through an exporter and executes it by a preprocessor, and both can be
set by configuration. Ours mend what was handed in and run it as `autograder grade` does;
everything else is nbgrader's. What judges is imported where it is used: `autograder grade` imports
this module only because the configuration names it.
"""

from pathlib import Path

from nbconvert.exporters import NotebookExporter
from nbgrader.converters import NbGraderException
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.course_error import CourseError
from autograder.mending import mend
from autograder.mending.pattern import patterns_of
from autograder.run.grading_notes import keep_notes
from autograder.run.jobs import JobMaker
from autograder.seal import Limits, SealError
from autograder.source_notebook import refuse_other_languages
from autograder.through_nbgrader.assignment import refuse_unrecorded
from autograder.through_nbgrader.intake import course_of, submission_of, take_in

_NO_EXECUTE = (
    "Got --no-execute (Execute.enabled = False), but points come of what a notebook does in the "
    "sandbox, and never of the outputs in it: leave it out."
)

_NO_SANDBOX = (
    "Nothing is graded: the steps of autograde (Autograde.autograde_preprocessors) do not have the "
    "sandbox among them. Either nbgrader could not read nbgrader_config.py, of which it says above "
    "what is wrong, or configure_grading(c) is missing there."
)


class MendingExporter(NotebookExporter):
    """Reads a submission's notebook whatever state it is in, and writes it as a notebook.

    Its parent is nbgrader's Autograde, which exports each notebook twice: from submitted/, which
    is mended here, and from autograded/, where the mended one lies. Raises NbGraderException,
    before anything is graded, where this machine cannot seal, the configuration is unfit, the
    gradebook does not know the assignment, or its notebooks are not in Python.
    """

    def __init__(self, **kw):
        super().__init__(**kw)
        self._job, self._makers, self._mends = None, {}, {}
        try:
            if not _is_sealed(self.parent.autograde_preprocessors):
                raise CourseError(_NO_SANDBOX)
            self._course = course_of(self.parent)
            self._limits = Limits.from_config(self._course.config)
            if self._course.config.Execute.get("enabled", True) is False:
                raise CourseError(_NO_EXECUTE)
            assignment = self.parent.coursedir.assignment_id
            refuse_unrecorded(self._course, assignment)
            refuse_other_languages(self._course, assignment)
            from autograder.run.worker import open_sandbox

            open_sandbox(self._limits)
        except CourseError as error:
            self.log.error("%s", error)
            raise NbGraderException(str(error)) from error
        take_in(self.parent, self._course)

    def from_filename(self, filename, resources=None, **kw):
        """Return (text, resources) of a notebook file, mended where a student wrote it.

        That one is not opened by its name: it may be another's, a link, or a pipe.
        """
        if not self.parent._sanitizing:
            return super().from_filename(filename, resources, **kw)
        path = Path(filename)
        resources["metadata"] = {"name": path.stem, "path": str(path.parent)}
        job = self.job(resources)
        mended = mend(job.files.get(path.stem), job.patterns[path.stem], job.notes)
        for sentence in mended.mends:
            self.log.warning("%s", sentence)
        self._mends[path.stem] = mended.mends
        return self.from_notebook_node(mended.notebook, resources, **kw)

    def from_notebook_node(self, nb, resources=None, **kw):
        """Return (text, resources) of a notebook; half a character becomes a question mark."""
        text, resources = super().from_notebook_node(nb, resources, **kw)
        # as in autograder.run.worker: no file could hold it
        return text.encode("utf-8", "replace").decode(), resources

    def job(self, resources):
        """Return the Job of the submission that is being converted."""
        about = resources["nbgrader"]
        assignment, student = about["assignment"], about["student"]
        if self._job is None or (self._job.assignment, self._job.student) != (assignment, student):
            if assignment not in self._makers:
                patterns = patterns_of(self._course, assignment)
                self._makers[assignment] = JobMaker(
                    self._course, assignment, patterns, self._limits
                )
            make = self._makers[assignment]
            names = list(make.patterns)
            self._job = make(submission_of(self._course, assignment, student, names))
            self._mends = {}
        return self._job

    def mends(self, resources):
        """Return what was mended in the notebook that is being converted, a sentence each."""
        return self._mends.get(resources["nbgrader"]["notebook"], ())


def _is_sealed(steps):
    """Whether students' code would run in the sandbox; steps : classes, or their names."""
    named = f"{SealedExecute.__module__}.{SealedExecute.__qualname__}"
    return SealedExecute in steps or named in steps


class SealedExecute(NbGraderPreprocessor):
    """Runs a notebook in the sandbox and has its graded cells judged outside of it.

    Takes the place of nbgrader's Execute; its parent is a MendingExporter. Raises SealError
    where this machine does not seal any more.
    """

    def preprocess(self, nb, resources):
        """Return the notebook with outputs and with notes of its grading, and the resources."""
        job = self.parent.job(resources)
        try:
            came = _conversed(nb, job, resources["nbgrader"]["notebook"])
        except SealError:
            # a sandbox that came down starts anew, once
            came = _conversed(nb, job, resources["nbgrader"]["notebook"])
        for sentence in came.trouble:
            self.log.warning("%s", sentence)
        keep_notes(came.notebook, self.parent.mends(resources), came.trouble)
        return came.notebook, resources


def _conversed(notebook, job, name):
    from autograder.run.worker import open_sandbox, pictures_ahead
    from autograder.verdict import converse

    sandbox = open_sandbox(job.limits, job.sealed)
    pictures = pictures_ahead(job.given.get(name, ()), sandbox, job.limits)
    return converse(notebook, job.secret, sandbox, job.limits, job.others, pictures)
