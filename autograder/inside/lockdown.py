"""What a fork does to itself before a line of the student's runs; none of it can be undone."""

import os
import platform
import resource

from . import allowed_calls, kernel, landlock
from .capabilities import drop_capabilities
from .seccomp import Filter

TMP = "/tmp"
WORK = "/tmp/work"
SPARE_THREADS = 16
"""A pool of a few has room in it. Each that runs takes its share of the processor from whoever is
graded beside it, whose time on the wall goes on."""

_INODES = 4096
_STACK_BYTES = 8 * 2**20


class Unsealed:
    """The lockdown of a fork that runs without a seal: resource limits alone."""

    def __init__(self, limits, address_space):
        self.limits = limits
        self.address_space = address_space

    def apply(self):
        """Hold this process to its limits; raises OSError."""
        os.setsid()
        kernel.prctl(kernel.PR_SET_PDEATHSIG, 9)
        limit_resources(self.limits, self.address_space)


class Sealed:
    """The lockdown of a sealed fork; what can be prepared is prepared once, in the zygote.

    limits : dict, see `Limits.as_data` on the host's side.
    address_space : bytes that every fork has mapped from the beginning.
    own_uid : the user id, mapped to nobody on the host, that a fork takes; None keeps its own.
    """

    def __init__(self, limits, address_space, own_uid=None):
        self.limits = limits
        self.address_space = address_space
        self.own_uid = own_uid
        self.landlock = landlock.abi()
        self.filter = Filter(allowed_calls.rules(1, limits["processes"]))

    def apply(self):
        """Seal this process, which must be the first of its pid namespace; raises OSError.

        Afterwards it can write below /tmp, of its own and limited in size, and to what it has
        open; it can start threads, and programs only where the limits say so.
        """
        if os.getpid() != 1:
            raise OSError(f"Got the process id {os.getpid()}, but it must be 1.")
        os.setsid()
        kernel.unshare("mnt", "ipc", "uts", "cgroup")
        self._mount()
        limit_resources(self.limits, self.address_space)
        if counts_by_namespace(platform.release()):
            most = self.limits["processes"] + SPARE_THREADS
            resource.setrlimit(resource.RLIMIT_NPROC, (most, most))
        if self.own_uid is not None:
            os.setgroups([])
            os.setresgid(self.own_uid, self.own_uid, self.own_uid)
            os.setresuid(self.own_uid, self.own_uid, self.own_uid)
        kernel.prctl(kernel.PR_SET_PDEATHSIG, 9)
        os.umask(0o077)
        os.mkdir(WORK)
        os.chdir(WORK)
        drop_capabilities()
        kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
        kernel.prctl(kernel.PR_SET_DUMPABLE, 0)
        landlock.restrict(self.landlock, TMP, execute=self.limits["processes"] > 0)
        self.filter.install()

    def _mount(self):
        kernel.mount("none", "/", "", kernel.MS_REC | kernel.MS_PRIVATE)
        own = os.getuid() if self.own_uid is None else self.own_uid
        kernel.mount(
            "tmpfs",
            TMP,
            "tmpfs",
            kernel.MS_NOSUID | kernel.MS_NODEV | kernel.MS_NOEXEC,
            f"size={self.limits['file_bytes']},nr_inodes={_INODES},mode=700,uid={own},gid={own}",
        )
        # they are the host's own: where root cannot take another id, it could change their modes
        once_more = kernel.MS_REMOUNT | kernel.MS_BIND | kernel.MS_RDONLY
        for device in sorted(os.listdir("/dev")):
            flags = once_more | kernel.MS_NOSUID | kernel.MS_NOEXEC
            kernel.mount("none", f"/dev/{device}", "", flags)


def limit_resources(limits, address_space):
    """Set this process's resource limits, soft and hard alike; raises OSError, ValueError."""
    wanted = {
        resource.RLIMIT_AS: address_space + limits["memory_bytes"],
        resource.RLIMIT_CPU: limits["cpu_seconds"],
        resource.RLIMIT_FSIZE: limits["file_bytes"],
        resource.RLIMIT_NOFILE: limits["open_files"],
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_STACK: _STACK_BYTES,
        resource.RLIMIT_MEMLOCK: 0,
        resource.RLIMIT_MSGQUEUE: 0,
        resource.RLIMIT_SIGPENDING: 256,
    }
    for name, value in wanted.items():
        most = resource.getrlimit(name)[1]
        value = value if most == resource.RLIM_INFINITY else min(value, most)
        resource.setrlimit(name, (value, value))


def counts_by_namespace(release):
    """Whether a kernel counts a user's processes and threads in each user namespace apart.

    Before Linux 5.14 the count is of everything that the user runs on the machine, so that no
    limit on it would say anything about a notebook.
    """
    major, minor = (int("".join(filter(str.isdigit, part)) or 0) for part in release.split(".")[:2])
    return (major, minor) >= (5, 14)
