"""Work that lies beside its place: it is named, and what is another unit's is not."""

import shutil

from autograder.course_folder import Course
from autograder.handed_in.misplaced import misplaced

from ..conftest import ASSIGNMENT, NOTEBOOK, ROOT


def test_each_kind_is_named_and_nothing_else(tmp_path):
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    for unit in (ASSIGNMENT, "05_two_layers", "06_L_layers"):
        shutil.copytree(ROOT / "source" / ASSIGNMENT, tmp_path / "source" / unit)
    amiss = {
        f"ula/05_two_layr/{NOTEBOOK}": "ula/05_two_layr",
        f"vic/{NOTEBOOK}": f"vic/{NOTEBOOK}",
        "yara/05_two_layer": "yara/05_two_layer",
        "loose.ipynb": "loose.ipynb",
    }
    fine = (
        f"ana/{ASSIGNMENT}/{NOTEBOOK}",
        f"ben/{ASSIGNMENT}/a.txt",
        f"ben/{NOTEBOOK}",
        f"cho/06_L_layers/{NOTEBOOK}",
        f"cho/05_two_layers/{NOTEBOOK}",
        f"cho/notes/{NOTEBOOK}",
        "grades.csv",
    )
    for path in (*amiss, *fine):
        file = tmp_path / "submitted" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"{}")
    said = misplaced(Course(tmp_path), ASSIGNMENT)
    expected = sorted(f"Passed over '{tmp_path}/submitted/{path}': " for path in amiss.values())
    assert (
        sorted(one[: len(begins)] for one, begins in zip(sorted(said), expected, strict=True))
        == expected
    )
    assert all("what is graded lies in" in one and f"/{ASSIGNMENT}'" in one for one in said)
    assert len(said) == 4
