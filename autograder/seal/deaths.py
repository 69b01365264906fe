"""Why a student's process ended, in words for the student."""

import signal

_SIGNALS = {
    signal.SIGSEGV: "segmentation fault",
    signal.SIGABRT: "abort",
    signal.SIGBUS: "bus error",
    signal.SIGFPE: "arithmetic error",
    signal.SIGILL: "illegal instruction",
    signal.SIGSYS: "a system call of another architecture",
}
_NEAR = 0.8
_GIB, _MIB = 2**30, 2**20


def in_words(report, limits, asked_to_die):
    """Return why a process ended, as the end of a sentence: "killed by signal 11 (…)".

    report : dict as the zygote sends it. limits : the Limits that it ran under.
    asked_to_die : whether the grader itself killed it.
    """
    if "zygote" in report:
        return "the sandbox around it came down"
    if report["unsealed"]:
        return f"it could not be sealed ({report['unsealed']})"
    status = report["status"]
    if status >= 0:
        return f"the process ended by itself, with exit code {status}"
    if status == -signal.SIGKILL and asked_to_die:
        return "stopped by the grader"
    if status == -signal.SIGKILL and report["cpu"] >= limits.cpu_seconds - 0.5:
        return f"used more than {limits.cpu_seconds} s of processor time"
    much = report["peak"] >= _NEAR * limits.memory_bytes
    if much or status == -signal.SIGKILL:
        return f"used more than {_size(limits.memory_bytes)} of memory, or than there was"
    kind = _SIGNALS.get(-status)
    return f"killed by signal {-status}" + (f" ({kind})" if kind else "")


def _size(count):
    return f"{count / _GIB:g} GB" if count >= _GIB else f"{count / _MIB:g} MB"
