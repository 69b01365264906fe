"""The picture of the architecture is what the code says."""

from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest

from tests.house.architecture.__main__ import PICTURE, ROOT
from tests.house.architecture.drawing import drawn, in_words
from tests.house.architecture.layout import places, rows_and_ways
from tests.house.architecture.order import against_the_order, floors, without_detours
from tests.house.architecture.rooms import Room, read_house


@pytest.fixture(scope="module")
def house():
    return read_house(ROOT)


@pytest.mark.slow
def test_the_picture_that_is_committed_is_up_to_date(house):
    assert PICTURE.read_text(encoding="utf-8") == drawn(house), "run `make architecture`"


def test_every_folder_of_code_is_a_room(house):
    folders = {
        ".".join(path.parent.relative_to(ROOT).parts)
        for package in ("autograder", "course")
        for path in ROOT.glob(f"{package}/*/__init__.py")
    }
    assert folders <= house.rooms.keys()
    assert house.rooms.keys() - folders == {
        *("autograder", "autograder, below", "course", "course, below")
    }


def test_the_words_say_every_import_and_the_picture_carries_them(house):
    said = in_words(house)
    assert said.count(" imports ") == len({one for one, _ in house.imports})
    svg = ElementTree.parse(PICTURE).getroot()
    space = "{http://www.w3.org/2000/svg}"
    assert svg.find(f"{space}desc").text == said
    assert svg.get("role") == "img" and svg.get("aria-labelledby") == "title text"
    named = {text.text for text in svg.iter(f"{space}text")}
    assert {name.partition(".")[2] for name in house.rooms if "." in name} <= named


def test_the_course_stands_below_and_looks_up_at_nothing(house):
    assert not [
        (one, other)
        for one, other in house.imports
        if one.startswith("course") and other.startswith("autograder")
    ]


def test_no_box_lies_on_another():
    boxes = [
        tuple(float(rect.get(key)) for key in ("x", "y", "width", "height"))
        for group in ElementTree.parse(PICTURE).getroot()
        if group.get("class") in ("autograder", "course")
        for rect in group
        if rect.tag.endswith("rect")
    ]
    assert len(boxes) > 20
    for (x, y, w, h), (u, v, s, t) in combinations(boxes, 2):
        assert x + w <= u or u + s <= x or y + h <= v or v + t <= y


def test_imports_are_read_however_they_are_written(tmp_path):
    files = {
        "course/__init__.py": '"""The course."""',
        "course/base.py": "",
        "course/tasks/__init__.py": '"""The tasks: many."""\nfrom course.base import thing',
        "course/pictures/__init__.py": "from ..tasks import x\nimport numpy",
        "autograder/__init__.py": "def later():\n    import course.tasks",
        "autograder/planted/__init__.py": (
            "from importlib import import_module\n"
            "def of(unit): return import_module(f'autograder.solutions.{unit}')"
        ),
        "autograder/solutions/__init__.py": "",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    house = read_house(tmp_path)
    assert set(house.imports) == {
        ("course.tasks", "course, below"),
        ("course.pictures", "course.tasks"),
        ("autograder", "course.tasks"),
        ("autograder.planted", "autograder.solutions"),
    }
    assert house.rooms["course.tasks"].says == "The tasks"
    assert house.rooms["course, below"].says == "base"


def test_a_circle_is_broken_where_it_is_weakest():
    imports = {("a", "b"): 5, ("b", "c"): 1, ("c", "a"): 3, ("a", "d"): 1}
    assert against_the_order(imports) == [("b", "c")]
    # what was left out for a circle that another pair breaks as well comes back
    two = {("a", "b"): 2, ("b", "a"): 6, ("b", "c"): 1, ("c", "a"): 1}
    assert against_the_order(two) == [("a", "b")]


def test_detours_and_floors():
    pairs = {("a", "b"), ("b", "c"), ("a", "c")}
    assert without_detours(pairs) == [("a", "b"), ("b", "c")]
    rooms = {name: Room(name, package, "") for name, package in zip("axbc", "pqpq", strict=True)}
    level = floors(rooms, [("a", "b"), ("b", "c")])
    assert level == {"a": 0, "b": 1, "c": 2, "x": 2}
    rows, ways = rows_and_ways(rooms, level, [("a", "b"), ("a", "c")])
    assert ways == [["a", "b"], ["a", (("a", "c"), 1), "c"]]
    x = places(rows, ways, dict.fromkeys(rooms, 10), 5, (0, 100))
    for row in rows:
        for one, other in pairwise(row):
            assert x[other] - x[one] >= 10
