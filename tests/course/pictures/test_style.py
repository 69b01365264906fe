"""Colours that can be read."""

import pytest

from course.pictures import style


def luminance(color):
    """Return the relative luminance of WCAG 2."""
    parts = [int(color[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(share * c for share, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        (style.INK, style.PANEL),
        (style.QUIET, style.PANEL),
        (style.FORWARD_TEXT, style.PANEL),
        (style.FORWARD_TEXT, style.FORWARD_TINT),
        (style.BACKWARD_TEXT, style.PANEL),
        (style.BACKWARD_TEXT, style.BACKWARD_TINT),
    ],
)
def test_text_stands_out_from_its_ground(text, ground):
    dark, light = sorted([luminance(text), luminance(ground)])
    assert (light + 0.05) / (dark + 0.05) >= 4.5


@pytest.mark.parametrize("accent", [style.FORWARD, style.BACKWARD])
def test_lines_stand_out_from_the_panel(accent):
    assert (luminance(style.PANEL) + 0.05) / (luminance(accent) + 0.05) >= 3
