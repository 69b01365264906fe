"""Collecting from nbgrader's exchange, to which every student may write.

The name of a folder there says whose work it is, and anybody can make one of any name. What is
a file in it when it is looked at may be a link to the gradebook when it is copied.
"""

import os
import stat
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from nbgrader.exchange.default import ExchangeCollect

from autograder.exchange_folder import user_name
from autograder.handed_in.copying import Owned, copy_regular_files
from autograder.handed_in.student_ids import unfit
from autograder.handed_in.submissions import read_submission
from autograder.handed_in.timestamps import TOLERANCE, in_utc
from autograder.report.table import printable

NOBODY = None


class OwnedCollect(ExchangeCollect):
    """nbgrader's collect, which takes a student's work from that student alone, without links.

    Of whom a folder is says its owner on this machine: the student, or whoever collects, where
    all use one account. With check_owner = False it is what its name says. One that cannot be
    collected is left where it is, and said to be; the others are collected.

    Of two submissions the later one is taken, and both stay in the exchange. When one came is
    what its name says, but no later than the exchange's own clock has it.
    """

    def _path_to_record(self, path):
        name = os.path.basename(path)
        try:
            record = super()._path_to_record(path)
            about = os.lstat(path)
        except Exception as error:  # dateutil raises of every kind, and students choose the name
            return self._refused(name, f"its name or place cannot be read ({error})")
        record["about"] = Owned.of(about)
        record["arrived"] = datetime.fromtimestamp(about.st_ctime, UTC).replace(tzinfo=None)
        record["claimed"] = record["timestamp"]
        if record["claimed"] > record["arrived"] + TOLERANCE:
            record["timestamp"] = record["arrived"]
        if not stat.S_ISDIR(about.st_mode):
            return self._refused(name, "it is no folder")
        # nbgrader makes a path of it, and pages
        if trouble := unfit(record["username"]):
            return self._refused(
                name, f"{record['username']!r} can be no student's id, for {trouble}"
            )
        if self.check_owner and about.st_uid not in (os.geteuid(), _uid(record["username"])):
            return self._refused(name, f"it was put there by {user_name(about.st_uid)}")
        return record

    def _sort_by_timestamp(self, records):
        # and where two say the same, by when they came
        return sorted(
            records,
            key=lambda record: (record["timestamp"], record.get("arrived", datetime.min)),
            reverse=True,
        )

    def init_src(self):
        """Find each student's newest submission, or the newest before the due date."""
        inbound = Path(self.root, self.coursedir.course_id, "inbound")
        if self.coursedir.course_id and not inbound.is_dir():
            self.fail(
                f"There is nothing to collect from: no unit of {self.coursedir.course_id!r} has "
                f"been released to {self.root} yet. Release one first (`nbgrader "
                f"release_assignment {self.coursedir.assignment_id}`)."
            )
        super().init_src()
        self.src_records = [
            record for record in self.src_records if record["username"] is not NOBODY
        ]

    def copy_files(self):
        """Copy what is new; what was collected before stays until its successor is complete."""
        count = len(self.src_records)
        of_course = f"of {self.coursedir.assignment_id!r} for course {self.coursedir.course_id!r}"
        if not count:
            self.log.warning("No submissions %s to collect", of_course)
        else:
            self.log.info("Processing %d submissions %s", count, of_course)
        for record in self.src_records:
            try:
                self._collect(record)
            except (OSError, RuntimeError) as error:
                reason = getattr(error, "strerror", None) or error
                self._refused(record["filename"], f"it cannot be copied ({reason})")

    def _collect(self, record):
        student, assignment = record["username"], self.coursedir.assignment_id
        target = Path(
            self.coursedir.format_path(self.coursedir.submitted_directory, student, assignment)
        )
        updating = target.is_dir()
        if updating and not self._is_wanted(record, read_submission(target, ()).timestamp):
            self.log.info("No newer submission to collect: %s %s", student, assignment)
            return
        word = "Updating" if updating else "Collecting"
        self.log.info("%s submission: %s %s", word, student, assignment)
        target.parent.mkdir(parents=True, exist_ok=True)
        # a name that neither nbgrader nor the grader takes for an assignment's
        with tempfile.TemporaryDirectory(prefix=".collecting-", dir=target.parent) as scratch:
            raw, ready = Path(scratch, "as it was"), Path(scratch, "ready")
            for sentence in copy_regular_files(
                os.path.join(self.inbound_path, record["filename"]),
                raw,
                1000 * self.coursedir.max_dir_size,
                record["about"],
            ):
                self.log.warning("%s: %s", printable(record["filename"]), printable(sentence))
            self.do_copy(raw, ready)
            self._set_time(ready / "timestamp.txt", record)
            if updating:
                target.rename(Path(scratch, "before"))
            ready.rename(target)

    def _set_time(self, file, record):
        """See that a collected timestamp.txt says when it was handed in: nbgrader believes it."""
        student = printable(record["username"])
        if record["claimed"] != record["timestamp"]:
            self.log.warning(
                "%s: handed in at %s by its own account, but it came at %s. One of two clocks is "
                "off; it counts as handed in when it came.",
                student,
                in_utc(record["claimed"]),
                in_utc(record["timestamp"]),
            )
        elif read_submission(file.parent, ()).timestamp != record["timestamp"]:
            self.log.warning(
                "%s: its timestamp.txt does not say when it was handed in; it counts as handed in "
                "at %s, as its folder in the exchange does say.",
                student,
                in_utc(record["timestamp"]),
            )
        elif file.read_bytes().isascii():
            return
        # nbgrader reads no byte-order mark, and follows links
        file.unlink(missing_ok=True)
        file.write_text(in_utc(record["timestamp"]), encoding="utf-8")

    def _is_wanted(self, record, before):
        if self.update and (before is None or record["timestamp"] > before):
            return True
        return self.before_duedate and before != record["timestamp"]

    def _refused(self, name, why):
        self.log.error("%s is not collected: %s.", printable(name), printable(str(why)))
        return {"username": NOBODY, "filename": name, "timestamp": datetime.min}


# not on Windows, where nbgrader has no exchange


def _uid(username):
    import pwd

    try:
        return pwd.getpwnam(username).pw_uid
    except (KeyError, ValueError):
        return None
