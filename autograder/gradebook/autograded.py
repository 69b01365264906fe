"""The folders under autograded/: made ready beside, put in place whole, known by their digest."""

import fcntl
import json
import os
import shutil
import tempfile
from contextlib import suppress
from fnmatch import fnmatchcase
from pathlib import Path
from types import SimpleNamespace

from autograder.course_error import CourseError
from autograder.gradebook.replace import put_in_place
from autograder.handed_in.copying import MOST_FILES
from autograder.handed_in.timestamps import in_utc

MARK = ".graded.json"
"""The file in a graded folder that says what was graded."""

STAMP = Path("timestamp.txt")
PREFIX, LOCK = ".grading-", ".lock"


def is_marked(course, assignment, student, digest):
    """Whether a student's graded folder is whole and was made of what has this digest."""
    folder = course.folder("autograded", assignment, student)
    try:
        mark = json.loads((folder / MARK).read_text(encoding="utf-8"))
        return mark["digest"] == digest and all(
            (folder / name).is_file() for name in mark["notebooks"]
        )
    except (OSError, ValueError, KeyError, TypeError):
        return False


class Staging:
    """A place beside the graded folders where new ones are made ready; a context manager.

    course, assignment : whose. settings : the AutogradeSettings. What a run that was killed
    left in such a place is removed first; that of a run under way is not. Raises CourseError
    where nothing can be written.
    """

    def __init__(self, course, assignment, settings):
        self.course, self.assignment, self.settings = course, assignment, settings
        self._directory = course.directory()
        self._source = course.folder("source", assignment)
        self._masters = [
            path
            for path in _files(self._source, settings.ignore)
            if str(path) not in settings.not_overwritten
        ]
        self._made = 0
        root = course.folder("autograded", ".", ".")
        try:
            root.mkdir(parents=True, exist_ok=True)
            _sweep(root)
            self._lock = _own_lock(root)
            self._folder = Path(self._lock.name).with_suffix("")
            self._folder.mkdir()
        except OSError as error:
            raise CourseError(
                f"Graded notebooks cannot be written to {root} ({error.strerror}): see that you "
                "may write there, and that its disk is not full."
            ) from error

    def stage(self, entry):
        """Make a submission's folder ready as autograde would leave it, and return it.

        entry : of Entry. Nothing is followed out of the student's folder: links are not copied.
        Raises OSError.
        """
        folder = self._new()
        folder.mkdir()
        written = [notebook for notebook in entry.notebooks if notebook.data]
        for notebook in written:
            with open(folder / f"{notebook.name}.ipynb", "wb") as file:
                file.write(notebook.data)
                file.write(b"" if notebook.data.endswith(b"\n") else b"\n")
        for path in self._masters:
            _copy(self._source / path, folder / path)
        self._copy_handed_in(entry.submission, folder)
        names = [f"{notebook.name}.ipynb" for notebook in written]
        mark = json.dumps({"digest": entry.digest, "notebooks": names})
        (folder / MARK).write_text(mark + "\n", encoding="utf-8")
        self._set_permissions(folder)
        return folder

    def invalidate(self, student):
        """Let a student's graded folder no longer count as current; its notebooks stay."""
        with suppress(FileNotFoundError, NotADirectoryError):
            (self._place("autograded", student) / MARK).unlink()

    def place(self, staged, student):
        """Put what was made ready in place of what was there; raises OSError.

        A feedback folder of before is removed first: it tells of another grading. (nbgrader
        leaves it, and writes it anew only with --force or for a later timestamp.)
        """
        feedback = self._place("feedback", student)
        if feedback.is_dir():
            # first out of the way: half a feedback folder would look like a whole one
            aside = self._new()
            feedback.rename(aside)
            shutil.rmtree(aside, ignore_errors=True)
        aside = self._new()
        put_in_place(staged, self._place("autograded", student), aside)
        shutil.rmtree(aside, ignore_errors=True)
        if self.settings.groupshared:
            _share(self._folder.parent)

    def close(self):
        """Remove what was made ready and not used."""
        shutil.rmtree(self._folder, ignore_errors=True)
        with suppress(FileNotFoundError):
            os.unlink(self._lock.name)
        self._lock.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def _new(self):
        self._made += 1
        return self._folder / str(self._made)

    def _place(self, step, student):
        name = getattr(self._directory, f"{step}_directory")
        return Path(self._directory.format_path(name, student, self.assignment))

    def _copy_handed_in(self, submission, folder):
        """Copy a student's other files, but over nothing that is there already.

        Those that nbgrader would take from an exchange by their sizes, and no more than Collect
        takes here; the others stay where they were handed in.
        """
        left, files = self.settings.most_in_all, _files(submission.folder, self.settings.ignore)
        # when it was handed in is nbgrader's own note
        files.sort(key=lambda path: path != STAMP)
        for path in files[:MOST_FILES]:
            source = submission.folder / path
            unreadable = path.name == STAMP.name and submission.timestamp_trouble
            if source.is_symlink() or not source.is_file() or unreadable:
                continue
            size = source.stat().st_size
            if size > min(left, self.settings.most_bytes):
                continue
            left -= size
            # where a student's file bears the name of a folder of the source, or the reverse
            with suppress(FileExistsError, NotADirectoryError):
                if not (folder / path).exists():
                    _copy(source, folder / path)
                    if path == STAMP and not source.read_bytes().isascii():
                        # nbgrader reads no byte-order mark before a time
                        said = in_utc(submission.timestamp) if submission.timestamp else ""
                        (folder / path).write_text(said, encoding="utf-8")

    def _set_permissions(self, folder):
        for parent, _, names in os.walk(folder):
            for name in names:
                os.chmod(os.path.join(parent, name), self.settings.permissions)
            if self.settings.groupshared:
                _share(parent)


def _files(folder, ignore):
    """Return the files of a folder that autograde copies, as paths relative to it, sorted."""
    patterns, found = (*ignore, "*.ipynb"), []
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not _is_ignored(name, patterns)]
        found += [Path(parent, name) for name in names if not _is_ignored(name, patterns)]
    return sorted(path.relative_to(folder) for path in found)


def _is_ignored(name, patterns):
    # as nbgrader, by glob: a name that begins with a dot is matched by patterns that do
    return any(
        fnmatchcase(name, pattern) and (pattern.startswith(".") or not name.startswith("."))
        for pattern in patterns
    )


def _copy(source, target):
    if not target.parent.is_dir():
        target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(source, target)


def _share(folder):
    """Give a folder to its group, as nbgrader's groupshared does, where that is allowed."""
    mode = os.stat(folder).st_mode
    if mode & 0o2770 != 0o2770:
        with suppress(PermissionError):
            os.chmod(folder, (mode | 0o2770) & 0o2777)


def _own_lock(root):
    """Return a new file .grading-….lock that is locked for as long as this process keeps it."""
    while True:
        number, name = tempfile.mkstemp(prefix=PREFIX, suffix=LOCK, dir=root)
        lock = os.fdopen(number, "w")
        fcntl.flock(lock, fcntl.LOCK_EX)
        # somebody who swept just then may have taken it for a left-over
        if os.path.exists(name):
            return SimpleNamespace(name=name, close=lock.close)
        lock.close()


def _sweep(root):
    """Remove what runs that are no more left in `root`: a folder each, and its lock."""
    for path in root.glob(f"{PREFIX}*{LOCK}"):
        with suppress(OSError), open(path, "a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(path.with_suffix(""), ignore_errors=True)
            path.unlink()
