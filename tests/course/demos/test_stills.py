"""What a notebook keeps of a demo where no widget moves."""

import html
import re

import pytest

from course import SoftmaxView
from course.demos.demo import STILLS


@pytest.fixture
def demo():
    return SoftmaxView([2.0, -1.0, 0.5], label=1)


def test_a_cell_keeps_the_picture_where_that_is_asked_for(demo, monkeypatch):
    monkeypatch.setenv(STILLS, "1")
    data, _ = demo._repr_mimebundle_()
    found = re.search(r'<img alt="([^"]+)".* src="(data:image/svg[^"]+)"', data["text/html"])
    alt, image = found.groups()
    assert len(image) > 10_000
    assert html.unescape(alt) == demo.in_words()
    # the widget comes first for whoever can show it
    assert "application/vnd.jupyter.widget-view+json" in data


def test_a_demo_that_moves_waits_for_no_picture(demo, monkeypatch):
    monkeypatch.delenv(STILLS, raising=False)
    monkeypatch.setattr(SoftmaxView, "figure", lambda self: pytest.fail("It was drawn."))
    data, _ = demo._repr_mimebundle_()
    assert data.keys() == {"text/plain", "application/vnd.jupyter.widget-view+json"}
