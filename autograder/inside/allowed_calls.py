"""Which system calls a student's process may make: those that Python and NumPy need, no other."""

import errno

from .seccomp import ALLOW, Argument, Rule, refuse

_PLAIN = """
read write readv writev pread64 pwrite64 preadv pwritev preadv2 pwritev2 lseek open openat
close close_range dup dup2 dup3 fsync fdatasync flock sendfile copy_file_range stat fstat lstat
newfstatat statx statfs fstatfs access faccessat faccessat2 readlink readlinkat getdents
getdents64 getcwd chdir fchdir umask mkdir mkdirat rmdir unlink unlinkat rename renameat
renameat2 link linkat symlink symlinkat chmod fchmod fchmodat utime utimes futimesat utimensat
truncate ftruncate fallocate fadvise64 listxattr llistxattr flistxattr getxattr lgetxattr
fgetxattr pipe pipe2 poll ppoll select pselect6 eventfd eventfd2 epoll_create epoll_create1
epoll_ctl epoll_wait epoll_pwait mmap munmap mremap mprotect madvise brk msync mincore futex
set_robust_list get_robust_list set_tid_address rseq gettid getcpu membarrier sched_yield
sched_getaffinity exit exit_group arch_prctl restart_syscall rt_sigaction rt_sigprocmask
rt_sigreturn rt_sigpending rt_sigtimedwait rt_sigsuspend sigaltstack pause alarm setitimer
getitimer nanosleep clock_nanosleep clock_gettime clock_getres gettimeofday time times
getrusage sysinfo uname getrandom getpid getppid getuid geteuid getgid getegid getresuid
getresgid getgroups getpgrp getpgid getsid capget getrlimit getpriority shutdown getsockname
getpeername getsockopt wait4 waitid
"""

# Refused by name, with "not permitted" instead of "no such call", so that Python says it well.
_REFUSED = """
socket bind connect listen accept accept4 sendmsg recvmsg sendmmsg recvmmsg setsockopt fork
vfork execve execveat setsid setpgid setuid setgid setreuid setregid setresuid setresgid
setgroups setfsuid setfsgid capset setrlimit setpriority sched_setaffinity sched_setscheduler
sched_setparam sched_setattr ptrace process_vm_readv process_vm_writev process_madvise kcmp
pidfd_open pidfd_getfd pidfd_send_signal rt_sigqueueinfo rt_tgsigqueueinfo tkill mount umount2
pivot_root chroot unshare setns mknod mknodat open_tree move_mount fsopen fsmount fspick
mount_setattr chown fchown lchown fchownat setxattr lsetxattr fsetxattr io_uring_setup
io_uring_enter io_uring_register bpf perf_event_open userfaultfd keyctl add_key request_key
memfd_create memfd_secret seccomp landlock_create_ruleset landlock_add_rule
landlock_restrict_self personality name_to_handle_at open_by_handle_at shmget shmat shmctl
semget msgget mq_open reboot sethostname setdomainname swapon swapoff acct quotactl syslog
init_module finit_module delete_module kexec_load clock_settime settimeofday adjtimex iopl
ioperm mlock mlock2 mlockall mbind move_pages migrate_pages
"""

# What a notebook that may start programs needs besides; its pid namespace holds nobody else.
_STARTING = """
fork vfork execve setsid setpgid kill tgkill tkill sendmsg recvmsg sched_setaffinity
"""

_THREAD = 0x00010000
_NEW_NAMESPACE = 0x7E020000
_UNIX, _STREAM, _KIND_OF_SOCKET = 1, 1, 0xF
_OUT_OF_BAND = 1
_IOCTL = (
    0x5401,  # TCGETS: is it a terminal (it never is)
    0x5413,  # TIOCGWINSZ: how wide is it
    0x541B,  # FIONREAD
    0x5421,  # FIONBIO
    0x5450,  # FIONCLEX
    0x5451,  # FIOCLEX
)
# duplicates, flags, locks; not the ones that send signals, nor those that enlarge pipes
_FCNTL = (0, 1, 2, 3, 4, 5, 6, 7, 36, 37, 38, 1030, 1032)
_PRCTL = (
    2,  # PR_GET_PDEATHSIG
    3,  # PR_GET_DUMPABLE
    15,  # PR_SET_NAME
    16,  # PR_GET_NAME
    21,  # PR_GET_SECCOMP
    23,  # PR_CAPBSET_READ
    39,  # PR_GET_NO_NEW_PRIVS
    0x53564D41,  # PR_SET_VMA: the C library names its memory
)


def _one_of(place, values):
    return Rule(tuple((Argument(place, value),) for value in values))


def rules(pid, processes=0):
    """Return the rules of a student's process for `seccomp.program`.

    pid : its own id in its pid namespace, the only one that it may signal.
    processes : 0, or how many processes it may start: then it may fork and start programs.
    """
    # Nobody needs data out of band, and what the kernel does with it has let processes out of such
    # filters. They come first: a fork makes them often, and the kernel looks at one after another.
    in_turn = Rule(((Argument(3, 0, _OUT_OF_BAND),),))
    made = {"recvfrom": in_turn, "sendto": in_turn}
    made |= dict.fromkeys(_PLAIN.split(), ALLOW)
    made |= dict.fromkeys(_REFUSED.split(), refuse(errno.EPERM))
    threads = (Argument(0, _THREAD, _THREAD | _NEW_NAMESPACE),)
    made["clone"] = Rule((threads,))
    made["kill"] = _one_of(0, [pid])
    made["tgkill"] = _one_of(0, [pid])
    if processes:
        made |= dict.fromkeys(_STARTING.split(), ALLOW)
        made["clone"] = Rule(((Argument(0, 0, _NEW_NAMESPACE),),))
    # the structure that clone3 points to cannot be looked into; the C library falls back on clone
    made["clone3"] = refuse(errno.ENOSYS)
    # a datagram could be sent to any address, whatever its socket is connected to
    made["socketpair"] = Rule(((Argument(0, _UNIX), Argument(1, _STREAM, _KIND_OF_SOCKET)),))
    made["ioctl"] = _one_of(1, _IOCTL)
    made["fcntl"] = _one_of(1, _FCNTL)
    made["prctl"] = _one_of(0, _PRCTL)
    # to read its own limits, never to change them
    reading = (Argument(2, 0), Argument(2, 0, high=True))
    made["prlimit64"] = Rule(
        ((Argument(0, 0), *reading), (Argument(0, pid), *reading)),
    )
    return made
