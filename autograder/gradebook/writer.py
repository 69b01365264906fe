"""Recording a class's results: the gradebook in one transaction a batch, the files around it."""

from threading import Event

from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError

from autograder.gradebook.autograded import Staging, is_marked
from autograder.gradebook.database import in_transaction, open_engine
from autograder.gradebook.entry import Refused, entry_of
from autograder.gradebook.recorded import read_recorded, recorded_students
from autograder.gradebook.recording import keep_recorders_out
from autograder.gradebook.rows import write_rows
from autograder.gradebook.settings import read_settings


class GradebookWriter:
    """Leaves what `nbgrader autograde` would have left of submissions that were graded.

    course : a Course; assignment : the name of one that the gradebook holds (see
    nbgrader_engine.record_assignment). patience : seconds to wait for a gradebook that somebody
    else is writing to. A context manager; any thread may use it, one at a time.

        with GradebookWriter(course, assignment) as writer:
            if not writer.is_current(submission, digest_of(job, submission)):
                ...
            failures = writer.write([(result, submission, digest), ...])

    Raises CourseError where the gradebook cannot be used, or does not hold the assignment, and
    where nothing can be written to autograded/.
    """

    def __init__(self, course, assignment, patience=60.0):
        self.course, self.assignment, self.patience = course, assignment, patience
        self._settings = read_settings(course, assignment)
        self._impatient = Event()
        self._engine = open_engine(course.directory().db_url)
        try:
            self._recorded, self._students = self._in_transaction(self._read, reading=True)
            self._staging = Staging(course, assignment, self._settings)
        except BaseException:
            self._engine.dispose()
            raise

    def is_current(self, submission, digest):
        """Whether the files and the gradebook hold what was graded of this very submission.

        digest : of gradebook.digest.digest_of. The gradebook is taken as it was when this
        writer was made, with what the writer added since.
        """
        student = submission.student
        return student in self._students and is_marked(
            self.course, self.assignment, student, digest
        )

    def write(self, batch):
        """Record a batch of (Result, Submission, digest) triples, a student at most once.

        Returns student -> why it could not be recorded, in words, for those only; all others
        are recorded when this returns. A Result with a failure comes back as that failure, and
        what was graded before is left as it is.

        The files are made ready beside their places, then the batch is committed to the
        gradebook in one transaction, then old feedback is removed and the files are put in
        place. Whoever is killed on the way leaves every graded folder old or new, and whole,
        and nothing unfinished is taken for current.

        Raises CourseError where the gradebook cannot be used, such as when somebody else keeps
        it for longer than patience: then the gradebook holds nothing of the batch.
        """
        given = {one[1].student: one for one in batch}
        entries, failures = _entries(self._recorded, given)
        staged = {}
        for entry in entries:
            try:
                staged[entry.student] = self._staging.stage(entry)
                self._staging.invalidate(entry.student)
            except (OSError, ValueError) as error:
                failures[entry.student] = f"Its files could not be written: {error}"
        ready = {student: given[student] for student in staged if student not in failures}
        if ready:
            failures |= self._in_transaction(lambda *how: self._record(ready, entries, *how))
        for student, folder in staged.items():
            if student in failures:
                continue
            self._students.add(student)
            try:
                self._staging.place(folder, student)
            except OSError as error:
                failures[student] = (
                    "The gradebook has its points, but its files could not be put in place: "
                    f"{error}"
                )
        return failures

    def stop_waiting(self):
        """Wait for nobody from now on: a gradebook that is locked is an error at once.

        May be called from any thread, also while another one writes.
        """
        self._impatient.set()

    def close(self):
        """Give back the gradebook, and remove what was made ready but not used."""
        self._staging.close()
        self._engine.dispose()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def _in_transaction(self, work, **how):
        return in_transaction(self._engine, work, self.patience, self._impatient, **how)

    def _read(self, connection, _):
        recorded = read_recorded(connection, self.assignment)
        return recorded, recorded_students(connection, recorded)

    def _record(self, ready, entries, connection, attempt):
        """Write what is ready into the gradebook, in a transaction; return the failures.

        ready : student -> what write was given. entries : made of it and more beforehand.
        """
        keep_recorders_out(connection)
        recorded, failures = read_recorded(connection, self.assignment), {}
        if recorded != self._recorded:
            # somebody recorded the source anew since
            entries, failures = _entries(recorded, ready)
        entries = [entry for entry in entries if entry.student in ready]
        if not entries:
            return failures
        try:
            with connection.begin_nested():
                self._write(connection, recorded, entries)
            return failures
        except Exception as error:
            if _concerns_all(error) or (isinstance(error, IntegrityError) and attempt < 2):
                raise
        # one at a time, each in a savepoint of its own, to tell those that fail from the rest
        for entry in sorted(entries, key=lambda entry: entry.student):
            try:
                with connection.begin_nested():
                    self._write(connection, recorded, [entry])
            except Refused as refused:
                failures[entry.student] = str(refused)
            except Exception as error:
                if _concerns_all(error):
                    raise
                said = getattr(error, "orig", None) or error
                failures[entry.student] = f"The gradebook did not take it: {said}"
        return failures

    def _write(self, connection, recorded, entries):
        settings = self._settings
        write_rows(connection, recorded, entries, settings.penalties, settings.create_students)


def _entries(recorded, given):
    """Return the Entry of each that was given, and student -> why there is none."""
    entries, failures = [], {}
    for student, one in given.items():
        try:
            entries.append(entry_of(recorded, *one))
        except Refused as refused:
            failures[student] = str(refused)
    return entries, failures


def _concerns_all(error):
    """Whether an error is the database's own trouble, and not one submission's."""
    return isinstance(error, (OperationalError, ProgrammingError)) or getattr(
        error, "connection_invalidated", False
    )
