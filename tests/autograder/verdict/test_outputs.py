"""Outputs of students' code: what is kept of them, and that nothing of it can do anything."""

import base64
import json

import pytest

from autograder.seal import Limits
from autograder.verdict.outputs import Forged, Gathered, _cleaned_before, _size, harmless
from course import network_picture
from course.score import SCORE_MIME

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9"/></svg>'
PNG = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5E"
    "rkJggg=="
)


def shown(data, metadata=None, own=None):
    """Return the data that is kept of a display."""
    told = {"output_type": "display_data", "data": data, "metadata": metadata or {}}
    return harmless(told, own).data


def test_text_keeps_its_colours_and_loses_other_controls():
    told = {
        "output_type": "stream",
        "name": "stdout",
        "text": "\x1b[31ma\x1b[0m\x1b]8;;x\x07\x00\tb\n",
    }
    assert harmless(told).text == "\x1b[31ma\x1b[0m]8;;x\tb\n"


def test_an_error_is_kept_in_words():
    told = {"output_type": "error", "ename": "E\nx", "evalue": "why", "traceback": ["a", "b"]}
    output = harmless(told)
    assert (output.ename, output.evalue, output.traceback) == ("E x", "why", ["a", "b"])


@pytest.mark.parametrize(
    "told",
    [
        None,
        {},
        {"output_type": "widget"},
        {"output_type": "stream", "name": "stdin", "text": "a"},
        {"output_type": "stream", "name": "stdout", "text": 3},
        {"output_type": "error", "ename": "a", "evalue": "b", "traceback": "c"},
        {"output_type": "display_data", "data": []},
        {"output_type": "display_data", "data": {"text/plain": 3}},
        {"output_type": "display_data", "data": {"application/json": {1: 2}}},
    ],
)
def test_what_is_no_output_is_refused(told):
    with pytest.raises(Forged):
        harmless(told)


def test_kinds_that_are_not_known_are_left_out():
    data = {"application/javascript": "alert(1)", SCORE_MIME: {}, "text/plain": "a"}
    assert shown(data) == {"text/plain": "a"}
    assert "not kept" in shown({"application/javascript": "alert(1)"})["text/plain"]


def test_pictures_are_what_they_claim_to_be():
    assert shown({"image/png": f"{PNG[:20]}\n{PNG[20:]}"}) == {"image/png": PNG}
    assert "image/png" not in shown({"image/png": base64.b64encode(b"GIF89a").decode()})
    assert "image/png" not in shown({"image/png": f'{PNG}"><script>'})
    assert shown({"image/svg+xml": SVG}) == {"image/svg+xml": SVG}
    assert "image/svg+xml" not in shown({"image/svg+xml": "<b>no drawing</b>"})


def test_a_drawing_that_unpacks_without_an_end_is_no_picture():
    twice = '<use href="#{0}"/><use href="#{0}"/>'
    levels = "".join(f'<g id="l{n + 1}">{twice.format(f"l{n}")}</g>' for n in range(30))
    bomb = SVG.replace("<path", f'<path id="l0" d=""/>{levels}<path')
    assert "image/svg+xml" not in shown({"image/svg+xml": bomb})
    entities = f'<!DOCTYPE svg [<!ENTITY a "aaaa">]>{SVG}'
    assert "image/svg+xml" not in shown({"image/svg+xml": entities})


def test_sizes_are_all_that_metadata_say():
    told = {
        "output_type": "display_data",
        "data": {"image/png": PNG},
        "metadata": {
            "image/png": {"width": 20, "height": "1px;x", "alt": '"'},
            "text/html": {"isolated": True},
        },
    }
    assert harmless(told).metadata == {"image/png": {"width": 20}}


def test_a_picture_of_the_course_stays_as_it_is():
    picture = network_picture([[1.0], [2.0]], [[[1.0]]])
    html = picture._repr_html_()
    assert shown({"text/html": html})["text/html"] == html


def test_a_table_of_the_graders_own_stays_as_it_is_and_any_other_is_marked():
    table = '<table class="backprop-score"><tr><td>10 of 10 points</td></tr></table>'
    assert shown({"text/html": table}, own={table: table})["text/html"] == table
    marked = shown({"text/html": table})["text/html"]
    assert "not a verdict" in marked and "class" not in marked and "10 of 10" in marked


@pytest.mark.parametrize(
    "latex", [r"\def\x{1}", r"\href{javascript:alert(1)}{a}", "<b>", r"\raisebox{9em}{a}"]
)
def test_formulas_that_reach_out_are_shown_as_text(latex):
    assert shown({"text/latex": latex, "text/plain": "a"}) == {"text/plain": "a"}
    assert shown({"text/latex": r"$\delta_2$"}) == {"text/latex": r"$\delta_2$"}


@pytest.mark.parametrize("text", ["<script>", "![a](http://b)", "[a](javascript:b)"])
def test_markdown_that_reaches_out_is_shown_as_text(text):
    assert shown({"text/markdown": text, "text/plain": "a"}) == {"text/plain": "a"}
    assert shown({"text/markdown": "**a**"}) == {"text/markdown": "**a**"}


def test_streams_are_joined_and_outputs_counted():
    gathered = Gathered(Limits(output_bytes=1000, rich_outputs=2))
    for text in "ab":
        gathered.add({"output_type": "stream", "name": "stdout", "text": text})
    assert [output.text for output in gathered.outputs] == ["ab"]
    with pytest.raises(Forged, match="more than a cell may"):
        gathered.add({"output_type": "stream", "name": "stdout", "text": "x" * 300_000})


@pytest.mark.parametrize(
    "value",
    [
        "",
        'say "∂" \\ \n',
        "é" * 50,
        3,
        -1.5,
        float("inf"),
        None,
        True,
        [],
        [[], [[]], ""],
        {},
        {"a": {}},
    ],
    ids=repr,
)
def test_whoever_counts_an_output_as_json_counts_no_less(value):
    output = {"output_type": "display_data", "data": {"application/json": value}, "metadata": {}}
    as_json = len(json.dumps(output, ensure_ascii=False).encode())
    assert as_json / 2 < _size(output) <= as_json


def test_what_holds_nothing_takes_room_as_well():
    assert _size([[]] * 1000) == _size([""] * 1000) >= 2000


def test_the_graders_own_html_is_kept_as_it_is_and_nobody_elses():
    html = '<table class="a">&#x00d7;</table>'
    own = {html: html, "a name of it": html}
    assert shown({"text/html": html}, own=own)["text/html"] == html
    assert shown({"text/html": [html]}, own=own)["text/html"] == html
    assert shown({"text/html": "a name of it"}, own=own)["text/html"] == html
    assert shown({"text/html": html + " "}, own=own)["text/html"] != html + " "


def test_long_html_is_not_kept_in_memory():
    before = _cleaned_before.cache_info().currsize
    for number in range(3):
        assert "long" in shown({"text/html": f"<p>{number}" + "long " * 5000})["text/html"]
    assert _cleaned_before.cache_info().currsize == before
