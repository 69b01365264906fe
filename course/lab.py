"""Opening the course: the students' notebooks in a folder of their own, in JupyterLab.

`python -m course.lab` is what `make lab` runs; options after it go to JupyterLab.
"""

import os
import shutil
import sys
from pathlib import Path


def lay_out(release, work):
    """Copy the released notebooks into `work` and return those that were new there.

    release, work : folders; work is made where there is none. A notebook that is already in
    work stays as it is, whatever release holds: it is the student's. The contents page is
    copied anew. Raises FileNotFoundError where there is no release folder.
    """
    release, work = Path(release), Path(work)
    if not release.is_dir():
        raise FileNotFoundError(
            f"Got {release.resolve()}, but there is no such folder: start in the folder that "
            "holds `release`, the students' notebooks."
        )
    work.mkdir(parents=True, exist_ok=True)
    new = []
    for source in sorted(release.rglob("*.ipynb")):
        if ".ipynb_checkpoints" in source.parts:
            continue
        target = work / source.relative_to(release)
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
            new.append(target)
    if (release / "README.md").is_file():
        shutil.copyfile(release / "README.md", work / "README.md")
    return new


def lab_arguments(work, extra=()):
    """Return the command line that opens JupyterLab on `work`, quiet, offline and prompt."""
    arguments = [
        sys.executable,
        "-m",
        "jupyterlab",
        f"--ServerApp.root_dir={Path(work).resolve()}",
        f"--LabApp.app_settings_dir={Path(__file__).parent / 'lab_settings'}",
        "--ServerApp.kernel_websocket_connection_class=course.lab_connection.PromptConnection",
    ]
    # Jupyter refuses to run for root, which is who one is in many a container
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--allow-root")
    return [*arguments, *extra]


def main(extra=()):
    """Lay out `work` beside `release` in the current folder, and become JupyterLab."""
    work = Path("work")
    try:
        new = lay_out("release", work)
    except FileNotFoundError as error:
        sys.exit(str(error))
    kept = len([p for p in work.rglob("*.ipynb") if ".ipynb_checkpoints" not in p.parts]) - len(new)
    print(f"Your notebooks are in {work.resolve()}: {len(new)} new, {kept} kept as they were.")
    print("JupyterLab prints its address below; open it in a browser if none opens by itself.")
    sys.stdout.flush()
    arguments = lab_arguments(work, extra)
    os.execv(arguments[0], arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
