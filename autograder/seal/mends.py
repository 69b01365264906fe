"""Why nothing can be sealed on this machine, and what to do about it, in words."""

from pathlib import Path

_SETTINGS = (
    (
        "/proc/sys/user/max_user_namespaces",
        "0",
        "the kernel allows no user namespaces: sysctl -w user.max_user_namespaces=15000, as root",
    ),
    (
        "/proc/sys/kernel/unprivileged_userns_clone",
        "0",
        "the kernel allows user namespaces to root alone: sysctl -w "
        "kernel.unprivileged_userns_clone=1, as root",
    ),
    (
        "/proc/sys/kernel/apparmor_restrict_unprivileged_userns",
        "1",
        "AppArmor keeps user namespaces from programs without a profile: sysctl -w "
        "kernel.apparmor_restrict_unprivileged_userns=0 as root, or give bwrap a profile that "
        "allows userns",
    ),
)
_CONTAINERS = ("/.dockerenv", "/run/.containerenv")
_FORBIDDEN = ("namespace", "uid map", "gid map", "operation not permitted", "permission denied")

IN_A_CONTAINER = (
    "this seems to be a container, and containers mostly forbid user namespaces: start it with "
    "--security-opt seccomp=unconfined --security-opt apparmor=unconfined (Docker, Podman), or "
    "with a securityContext that allows them (Kubernetes)"
)
OTHERWISE = (
    "something on this machine forbids user namespaces (a security module, a seccomp filter "
    "around this process, or a container): grade where they are allowed"
)
UNSEALED = "or grade with --unsealed, which lets the students' code do all that you can do"
REINSTALL = f"install bubblewrap anew, {UNSEALED}"


def forbidden_by(root="/"):
    """Return what forbids user namespaces here and how to allow them, or "" if nothing is known.

    root : where /proc and the marks of containers are looked for.
    """
    for path, value, mend in _SETTINGS:
        setting = Path(root, path.lstrip("/"))
        if setting.is_file() and setting.read_text().strip() == value:
            return mend
    if any(Path(root, mark.lstrip("/")).exists() for mark in _CONTAINERS):
        return IN_A_CONTAINER
    return ""


def why_not(said, sealed=True):
    """Return the sentence for a zygote that did not start.

    said : what it, or bubblewrap, wrote to standard error.
    """
    lines = [line for line in said.splitlines() if line.strip()]
    last = lines[-1].strip() if lines else "it said nothing"
    if not sealed:
        return f"The process that runs notebooks cannot start ({last})."
    if last.startswith("bwrap:"):
        if any(word in last.lower() for word in _FORBIDDEN):
            mend = forbidden_by() or OTHERWISE
            return f"bubblewrap cannot make a sandbox ({last}): {mend}; {UNSEALED}."
        return f"bubblewrap cannot make a sandbox ({last}): {REINSTALL}."
    if "shared librar" in last or "cannot open shared object" in last:
        return (
            f"A library is not to be seen in the sandbox ({last}): add the folder that holds it "
            f"to c.Seal.paths in nbgrader_config.py, {UNSEALED}."
        )
    if "Linux 5.8" in last:
        return f"The kernel is too old to seal each notebook ({last}): use a newer one, {UNSEALED}."
    return f"The sealed process cannot start ({last}): {UNSEALED.removeprefix('or ')}."
