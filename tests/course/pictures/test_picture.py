"""What a picture gives a notebook, a file and a reader who does not see it."""

import subprocess
import sys
from base64 import b64decode
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import matplotlib
import pytest
from matplotlib.figure import Figure

import course
from course.pictures import Picture, network_picture

ROOT = Path(course.__file__).parents[1]


def plain_picture(alt="A straight line."):
    figure = Figure(figsize=(3, 2))
    figure.add_subplot().plot([0, 1], [0, 1])
    return Picture(figure, alt)


def image_of(html):
    """Return the attributes of the one element that the HTML may hold."""
    found = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attributes: found.append((tag, dict(attributes)))
    parser.feed(html)
    ((tag, attributes),) = found
    assert tag == "img"
    return attributes


def run(code):
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_a_notebook_gets_an_svg_image_and_the_words():
    picture = plain_picture()
    bundle = picture._repr_mimebundle_()
    assert set(bundle) == {"text/html", "text/plain"}
    assert bundle["text/plain"] == "A straight line."
    image = image_of(bundle["text/html"])
    assert image["alt"] == "A straight line."
    assert "max-width: 100%" in image["style"]
    kind, encoded = image["src"].split(",")
    assert kind == "data:image/svg+xml;base64"
    assert ElementTree.fromstring(b64decode(encoded)).tag == "{http://www.w3.org/2000/svg}svg"


def test_words_with_markup_in_them_stay_words():
    alt = 'p < 1 & "quoted" <script>alert(1)</script>\n\'>'
    assert image_of(plain_picture(alt)._repr_html_())["alt"] == alt


@pytest.mark.parametrize("alt", ["", "  \n", None])
def test_a_picture_without_words_is_refused(alt):
    with pytest.raises(ValueError, match="needs a text alternative"):
        Picture(Figure(), alt)


@pytest.mark.parametrize("suffix", ["svg", "png", "pdf", "PNG"])
def test_saves_by_suffix_and_with_equal_bytes(tmp_path, suffix):
    first, second = tmp_path / f"one.{suffix}", tmp_path / f"two.{suffix}"
    plain_picture().save(first)
    plain_picture().save(str(second))
    assert first.read_bytes() == second.read_bytes() != b""


@pytest.mark.parametrize("name", ["picture", "picture.docx"])
def test_an_unknown_suffix_is_refused_with_the_known_ones(tmp_path, name):
    with pytest.raises(ValueError, match=r"suffix must name a format.*\.svg"):
        plain_picture().save(tmp_path / name)


def test_the_notebooks_own_style_neither_shows_nor_is_touched():
    def draw():
        return network_picture([[1.0], [2.0]], [[[3.0]]])._repr_html_()

    usual = draw()
    strange = {"text.color": "red", "font.size": 30, "svg.hashsalt": "x", "lines.linewidth": 9}
    with matplotlib.rc_context(strange):
        assert draw() == usual
        assert {name: matplotlib.rcParams[name] for name in strange} == strange


@pytest.mark.slow
def test_bytes_are_the_same_in_another_process():
    code = (
        "from course.pictures import network_picture as n, sigmoid_slope_picture as s\n"
        "import hashlib\n"
        "html = n([[1.0], [2.0]], [[[3.0]]])._repr_html_() + s([0.5])._repr_html_()\n"
        "print(hashlib.sha256(html.encode()).hexdigest())"
    )
    assert run(code) == run(code)


def test_importing_the_pictures_does_not_import_matplotlib():
    found = run("import course.pictures, sys; print('matplotlib' in sys.modules)")
    assert found == "False"


@pytest.mark.slow
def test_no_picture_imports_pyplot():
    code = (
        "from course.pictures import network_picture, sigmoid_slope_picture\n"
        "import sys\n"
        "network_picture([[1.0], [2.0]], [[[3.0]]], deltas=[[1.0]])._repr_html_()\n"
        "sigmoid_slope_picture([0.5])._repr_html_()\n"
        "print('matplotlib' in sys.modules, 'matplotlib.pyplot' in sys.modules)"
    )
    assert run(code) == "True False"
