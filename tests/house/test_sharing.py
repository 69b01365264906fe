"""How tests are dealt out: every file that is named is there, and no quick test is lost."""

from types import SimpleNamespace

import pytest

from tests.house.students_machine import ROOT
from tests.sharing import (
    FEW,
    FEWER,
    LONG,
    TOGETHER,
    beyond_a_few,
    group_of,
    may_hold,
    rank,
    required,
)


def test_what_is_named_is_there():
    for path in [*(path for paths in TOGETHER.values() for path in paths), *FEWER]:
        assert (ROOT / path).exists(), path
    for group in LONG:
        assert group in TOGETHER or (ROOT / group.partition(" ")[0]).is_file(), group


@pytest.mark.parametrize(
    ("test_id", "group"),
    [
        ("tests/course/test_called.py::test_it[3]", "tests/course/test_called.py"),
        ("tests/docs/test_site_in_a_browser.py::test_it", "the site"),
        ("tests/proof/test_planted.py::test_it[deep]", "tests/proof/test_planted.py deep"),
        ("tests/proof/test_planted.py::test_it[deep-x-1]", "tests/proof/test_planted.py deep"),
        ("tests/proof/test_by_hand.py::test_it[x]", "tests/proof/test_by_hand.py"),
    ],
)
def test_a_test_has_its_group(test_id, group):
    assert group_of(test_id) == group


def test_the_longest_come_first():
    files = [f"{path}::a" for path in LONG if path.endswith(".py")]
    assert sorted(["tests/a.py::a", *reversed(files)], key=rank) == [*files, "tests/a.py::a"]


def left(names):
    items = [SimpleNamespace(nodeid=name) for name in names]
    beyond = {item.nodeid for item in beyond_a_few(items)}
    return [name for name in names if name not in beyond]


@pytest.mark.parametrize("number", [FEW + 1, 2 * FEW, 99])
def test_a_few_of_many_are_left_and_spread(number):
    names = [f"tests/a.py::a[{n}]" for n in range(number)]
    kept = left(names)
    assert len(kept) == FEW
    assert kept[0] == names[0]
    assert names.index(kept[-1]) >= number - number // FEW - 1


def test_a_few_stay_as_they_are():
    names = ["tests/a.py::a", *(f"tests/a.py::b[{n}]" for n in range(FEW))]
    assert left(names) == names


def test_no_attack_is_quick():
    assert left(["tests/hostile/test_a.py::a", "tests/hostile/test_a.py::b[1]"]) == []


@pytest.mark.parametrize(
    ("expression", "markers"),
    [
        ("", set()),
        ("not (browser or nightly)", set()),
        ("browser or nightly", set()),
        ("not browser", set()),
        ("browser", {"browser"}),
        ("browser and nbgrader and not nightly", {"browser", "nbgrader"}),
    ],
)
def test_the_markers_that_a_test_must_have(expression, markers):
    assert required(expression) == markers


def test_a_file_without_a_test_of_the_markers_is_told(tmp_path):
    file = tmp_path / "test_it.py"
    file.write_text("@pytest.mark.slow\ndef test_it(): pass\n@pytest.mark.browser\n")
    assert may_hold(file, {"slow", "browser"}) and may_hold(file, set())
    assert not may_hold(file, {"slow", "nightly"})
