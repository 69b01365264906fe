"""The exchange: the folder through which units go out and work comes back; made, and looked at.

nbgrader has students and instructors write to one folder, and makes those of a course in it when
a unit is first released.
"""

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

OPEN = 0o1777
"""The mode of an exchange: all may put a folder in it, and none takes away another's."""

ELSEWHERE = "set c.Exchange.root in nbgrader_config.py to another folder"

# folder of a course in the exchange -> its mode, and what students cannot do without it
_OF_A_COURSE = {
    ".": (0o755, "reach the course"),
    "outbound": (0o755, "fetch what was released"),
    "inbound": (0o2733, "submit"),
    "feedback": (0o711, "fetch their feedback"),
}


class Seen(NamedTuple):
    """What was seen of an exchange: whether it is as it should be, what is so, what to do."""

    fine: bool
    says: str
    mend: str = ""


def configure_exchange(c, folder):
    """Say in an nbgrader configuration where the exchange is, and make it where it is not there.

    nbgrader's own place for it is writable for few. Formgrader offers no release without it.
    """
    c.Exchange.root = str(folder)
    # whoever only looks at the course may not write here; `autograder doctor` says what is amiss
    with suppress(OSError):
        make_exchange(folder)


def make_exchange(folder):
    """Make an exchange, open to all users of the machine; return whether it was not there.

    Raises OSError where it cannot be made.
    """
    folder = Path(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        folder.mkdir()
    except FileExistsError:
        return False
    # mkdir's own mode is narrowed by the umask
    folder.chmod(OPEN)
    return True


def examine_exchange(folder, course_id, groupshared=False):
    """Return what was Seen of an exchange, having made it where there is none.

    course_id : the course whose folders in it are looked at. groupshared : whether a group of
    instructors shares them (nbgrader's CourseDirectory.groupshared): then modes and owners are
    theirs to choose.
    """
    folder = Path(folder)
    try:
        made = make_exchange(folder)
    except OSError as error:
        return Seen(
            False,
            f"{folder} is not there, or out of your reach, and cannot be made ({error.strerror})",
            f"`sudo install -d -m {OPEN:o} {folder}`, or {ELSEWHERE}",
        )
    trouble = _of_the_folder(folder, groupshared) or _of_the_course(folder, course_id, groupshared)
    if trouble:
        return Seen(False, *trouble)
    says = f"{folder} was made, and can be written" if made else f"{folder} can be written"
    if groupshared:
        return Seen(True, says)
    closed = next((parent for parent in folder.resolve().parents if not _passes(parent)), None)
    if closed is None:
        return Seen(True, f"{says} by all")
    return Seen(
        True,
        f"{says} by your account alone: {closed} is closed to others",
        f"where students have accounts of their own, {ELSEWHERE}, such as /srv/nbgrader/exchange",
    )


def _of_the_folder(folder, groupshared):
    """Return what is wrong with the exchange itself, and its mend; None for nothing."""
    if folder.is_symlink():
        uid = folder.lstat().st_uid
        if uid not in (0, os.geteuid()):
            return (
                f"{folder} is a link that {user_name(uid)} made, who can point it elsewhere",
                f"remove it, or {ELSEWHERE}",
            )
        if not folder.exists():
            return (
                f"{folder} is a link to {os.readlink(folder)}, which is not there",
                f"make that folder (mode {OPEN:o}), or {ELSEWHERE}",
            )
    if not folder.is_dir():
        return f"{folder} is no folder", f"move it away, or {ELSEWHERE}"
    about = folder.stat()
    mode = stat.S_IMODE(about.st_mode)
    owned = f"is {user_name(about.st_uid)}'s, mode {mode:04o}"
    if os.statvfs(folder).f_flag & os.ST_RDONLY:
        return f"{folder} lies on a disk that is read-only", ELSEWHERE
    if not os.access(folder, os.W_OK | os.X_OK):
        return (
            f"{folder} {owned}, and cannot be written by you",
            f"`sudo chmod {OPEN:o} {folder}`, or {ELSEWHERE}",
        )
    if groupshared:
        return None
    if mode & 0o777 != 0o777:
        return (
            f"{folder} {owned}: nbgrader lets nobody fetch or submit who cannot write to it",
            f"`chmod {OPEN:o} {folder}`",
        )
    if not mode & stat.S_ISVTX:
        return (
            f"{folder} {owned}: anybody may put another folder in your course's place",
            f"`chmod {OPEN:o} {folder}`",
        )
    return None


def _of_the_course(folder, course_id, groupshared):
    """Return what is wrong with a course's folders in the exchange, and its mend, or None."""
    for name, (wanted, cannot) in _OF_A_COURSE.items():
        path = folder / course_id / name
        if not os.path.lexists(path):
            continue
        if path.is_symlink() or not path.is_dir():
            return f"{path} is no folder but something in its place", "move it away"
        about = path.stat()
        mode = stat.S_IMODE(about.st_mode)
        owned = f"{path} is {user_name(about.st_uid)}'s, mode {mode:04o}"
        if groupshared:
            continue
        if about.st_uid != os.geteuid():
            return (
                f"{owned}: nbgrader releases only to folders of your own",
                f"`sudo chown -R {user_name(os.geteuid())} {folder / course_id}`, or release as "
                f"{user_name(about.st_uid)}",
            )
        if wanted & ~mode & 0o777:
            return f"{owned}: students cannot {cannot}", f"`chmod {wanted:04o} {path}`"
        if mode & ~wanted & 0o007:
            return (
                f"{owned}: students can list or change what is not theirs",
                f"`chmod {wanted:04o} {path}`",
            )
    return None


def _passes(folder):
    """Whether others than owner and group may go through a folder."""
    with suppress(OSError):
        return bool(folder.stat().st_mode & stat.S_IXOTH)
    return False


def user_name(uid):
    """Return the name of the account with a user id, or "user UID" where it has none."""
    import pwd

    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"
