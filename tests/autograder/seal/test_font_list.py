"""The list of fonts that a sealed process is given: what it may see, and nothing of a home."""

import json

import pytest

from autograder.seal import Limits, Sandbox
from autograder.seal.font_list import font_lists
from tests.autograder.seal.conftest import ENTRY, ENTRY_FOLDER, Tried

OWN = "fonts/ttf/DejaVuSans.ttf"
SYSTEM = "/usr/share/fonts/truetype/a/A.ttf"
HIDDEN = ("/home/alice/.fonts/Alice.ttf", "/usr/share/fonts/../../../home/alice/B.ttf", "../C.ttf")
_TELLS = """
from matplotlib import font_manager
fonts = font_manager.fontManager
listed = [font.fname for font in fonts.ttflist]
result = [fonts.__version__, listed, font_manager.findfont("A")]
"""


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """The folder of an instructor's matplotlib, and a function that writes a list there."""
    monkeypatch.setenv("MPLCONFIGDIR", str(tmp_path))

    def write(version, names=(OWN, SYSTEM, *HIDDEN)):
        about = {"index": 0, "style": "normal", "variant": "normal", "weight": 400}
        about |= {"stretch": "normal", "size": "scalable", "__class__": "FontEntry"}
        listed = {"__class__": "FontManager", "_version": version, "default_size": None}
        listed |= {"_FontManager__default_weight": "normal"}
        listed |= {"defaultFamily": {"ttf": "DejaVu Sans", "afm": "Helvetica"}}
        listed["ttflist"] = [{"fname": name, "name": name[-5:-4], **about} for name in names]
        listed["afmlist"] = []
        (tmp_path / f"fontlist-v{version}.json").write_text(json.dumps(listed))

    write.folder = tmp_path
    return write


def test_only_visible_fonts_are_listed(cache):
    cache("1.0")
    ((name, text),) = font_lists().items()
    assert name == "fontlist-v1.0.json"
    assert [font["fname"] for font in json.loads(text)["ttflist"]] == [OWN, SYSTEM]


@pytest.mark.parametrize("text", ["", "[]", "{", '{"ttflist": 3, "afmlist": []}', "\xff"])
def test_what_is_no_list_is_passed_over(cache, text):
    cache.folder.joinpath("fontlist-v1.0.json").write_text(text, encoding="latin-1")
    assert font_lists() == {}


def test_where_there_is_no_cache_there_is_no_list(monkeypatch, tmp_path):
    monkeypatch.delenv("MPLCONFIGDIR", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert font_lists() == {}


@pytest.mark.slow
def test_a_sealed_process_reads_it_and_finds_fonts_all_the_same(cache):
    with Sandbox(Limits(), True, ENTRY, ENTRY_FOLDER) as sandbox, sandbox.fork() as fork:
        version = Tried(fork)(_TELLS)["result"][0]
    cache(version)
    with Sandbox(Limits(), True, ENTRY, ENTRY_FOLDER) as sandbox, sandbox.fork() as fork:
        _, listed, found = Tried(fork)(_TELLS)["result"]
        assert [name.rpartition("/")[2] for name in listed] == ["DejaVuSans.ttf", "A.ttf"]
        assert not any("alice" in name for name in listed)
        # A.ttf is not there: matplotlib looks at all fonts again, and takes its default
        assert found.endswith("DejaVuSans.ttf")
