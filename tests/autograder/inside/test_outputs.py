"""Outputs within limits: what is joined, what is cut, and that it is said."""

import tracemalloc

import pytest

from autograder.inside.bundles import error_output, host_paths, plain, size
from autograder.inside.outputs import CellOutputs, Stream


def text_of(outputs):
    return "".join(one["text"] for one in outputs.as_list() if one["output_type"] == "stream")


def test_streams_that_follow_each_other_are_joined():
    outputs = CellOutputs()
    for name, text in [("stdout", "a"), ("stdout", "b"), ("stderr", "c"), ("stdout", "d")]:
        outputs.write(name, text)
    assert [(one["name"], one["text"]) for one in outputs.as_list()] == [
        ("stdout", "ab"),
        ("stderr", "c"),
        ("stdout", "d"),
    ]


@pytest.mark.parametrize("text", ["x" * 77, "line\n", "é☃𝛿", "\x00\x1b", '"\\', "\n", "y" * 10**6])
def test_a_flood_of_text_is_cut_and_said(text):
    outputs = CellOutputs(most_bytes=10_000)
    times = 200_000 // len(text) + 2
    for _ in range(times):
        outputs.write("stdout", text)
    assert size(outputs.as_list()) < 10_500
    kept, _, said = text_of(outputs).rpartition("\n[Left out here: ")
    assert kept == (text * times)[: len(kept)]
    assert said.startswith(f"{len(text) * times - len(kept):,} characters of text, past the limit")
    # most of the room is used: nothing is cut before its time
    assert size(kept) > 9_000 or len(text) > 10_000


def test_streams_that_take_turns_end_as_well():
    outputs = CellOutputs(most_bytes=100_000)
    for number in range(50_000):
        outputs.write(("stdout", "stderr")[number % 2], "x")
    assert size(outputs.as_list()) < 100_000
    assert len(outputs.as_list()) < 600


def test_a_flood_takes_no_memory():
    outputs = CellOutputs(most_bytes=100_000, most_rich=5)
    tracemalloc.start()
    try:
        for _ in range(200):
            outputs.write("stdout", "x" * 10_000)
            outputs.show({"text/html": "y" * 10_000}, {})
            outputs.error(error_output("E", "z" * 10_000, ["t" * 10_000] * 10, host_paths()))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 5_000_000
    assert size(outputs.as_list()) < 250_000


def test_rich_outputs_are_counted():
    outputs = CellOutputs(most_rich=3)
    for number in range(5):
        outputs.show({"text/plain": str(number)}, {})
    listed = outputs.as_list()
    assert [one["data"]["text/plain"] for one in listed[:3]] == ["0", "1", "2"]
    assert "2 outputs, past the limit" in listed[3]["text"]
    assert outputs.dropped == 2


def test_a_picture_that_does_not_fit_leaves_its_text():
    outputs = CellOutputs(most_bytes=5_000)
    outputs.show({"text/plain": "<Figure>", "image/png": "A" * 6_000}, {"image/png": {"w": 1}})
    (shown, notice) = outputs.as_list()
    assert shown["data"].keys() == {"text/plain"}
    assert shown["data"]["text/plain"].startswith("<Figure>\n[Left out here: an output of 6,0")
    assert shown["metadata"] == {}
    assert "1 output, past" in notice["text"]


def test_clearing_makes_room():
    outputs = CellOutputs(most_bytes=2_000, most_rich=2)
    for wait in (False, True):
        for number in range(50):
            outputs.clear(wait)
            outputs.write("stdout", "x" * 1_000)
            outputs.show({"text/plain": str(number)}, {})
        assert [one["output_type"] for one in outputs.as_list()] == ["stream", "display_data"]
        assert outputs.dropped == 0


def test_waiting_to_clear_waits():
    outputs = CellOutputs()
    outputs.write("stdout", "a")
    outputs.clear(wait=True)
    assert text_of(outputs) == "a"
    outputs.write("stdout", "b")
    assert text_of(outputs) == "b"


def test_an_update_takes_the_place_of_what_it_updates():
    outputs = CellOutputs(most_bytes=3_000)
    outputs.show({"text/plain": "a"}, {}, display_id="one")
    outputs.show({"text/plain": "b"}, {}, display_id="two")
    for number in range(100):
        # each frees what the last one took
        outputs.update({"text/plain": f"{number}" * 500}, {"k": 1}, display_id="one")
    first, second = outputs.as_list()
    assert first["data"]["text/plain"] == "99" * 500
    assert first["metadata"] == {"k": 1}
    assert second["data"]["text/plain"] == "b"


def test_an_error_stays_whatever_was_printed():
    outputs = CellOutputs(most_bytes=1_000)
    outputs.write("stdout", "x" * 5_000)
    outputs.error(error_output("ValueError", "why", ["line"], host_paths()))
    assert outputs.as_list()[-2]["evalue"] == "why"
    assert outputs.raised


def test_long_errors_keep_their_beginning_and_their_end():
    lines = [f"frame {number} " + "." * 1_000 for number in range(500)]
    error = error_output("E" * 500, "w" * 50_000, [*lines, "E: why"], host_paths())
    assert error["ename"] == "E" * 200
    assert "46,000 characters are left out" in error["evalue"]
    assert error["traceback"][0].startswith("frame 0 ")
    assert error["traceback"][-1] == "E: why"
    assert any("pieces of the traceback are left out" in line for line in error["traceback"])
    assert size(error) < 60_000


def test_host_paths_are_left_out():
    import numpy as np

    text = f"{np.__file__}:3, {pytest.__file__}:4, {plain.__code__.co_filename}:5"
    assert host_paths().sub("", text) == (
        "numpy/__init__.py:3, pytest/__init__.py:4, inside/bundles.py:5"
    )


def test_what_is_shown_is_made_plain():
    nested = {"b": b"\x00\x01", 3: (1, float("nan")), "s": {2.5}, "n": None, "t": True}
    assert plain(nested) == {"b": "AAE=", "3": [1, "nan"], "s": [2.5], "n": None, "t": True}
    endless = []
    endless.append(endless)
    with pytest.raises(ValueError, match="nested deeper than"):
        plain(endless)
    with pytest.raises(ValueError, match="Can't clean for JSON"):
        plain({"f": object()})
    with pytest.raises(ValueError, match="safely"):
        plain({1: 0, "1": 1})


def test_a_stream_takes_text_alone():
    taken = []
    stream = Stream("stdout", taken.append)
    print("a", 1, file=stream)
    stream.writelines(["b", "c"])
    stream.flush()
    assert "".join(taken) == "a 1\nbc"
    assert not stream.isatty()
    with pytest.raises(TypeError, match="must be str, not <class 'bytes'>"):
        stream.write(b"bytes")


def test_html_that_has_a_name_goes_by_it_and_is_charged_all_the_same():
    html = "<b>δ</b>"
    outputs = CellOutputs(most_bytes=5_000, named={html: ("a picture", 2_000)})
    for shown in (html, html + " ", [html], html, html):
        outputs.show({"text/html": shown, "text/plain": "b"}, {})
    came = [output["data"].get("text/html") for output in outputs.as_list()[:4]]
    assert came == ["a picture", html + " ", [html], "a picture"]
    assert outputs.bytes > 4_000 and outputs.dropped == 1
