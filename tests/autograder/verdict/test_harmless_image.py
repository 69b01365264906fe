"""Pictures that students made: what is one, and what only claims to be."""

import io
import struct
import zlib
from base64 import b64encode

import pytest
from matplotlib.figure import Figure

from autograder.verdict.harmless_image import LONGEST_SIDE, is_harmless_image


def drawn(kind):
    """Return a small figure as base64."""
    figure, held = Figure(figsize=(1, 1)), io.BytesIO()
    figure.subplots().plot([1, 2], marker="o")
    figure.savefig(held, format=kind)
    return b64encode(held.getvalue()).decode()


def png(width, height):
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunk = b"IHDR" + header
    held = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk
    return b64encode(held + struct.pack(">I", zlib.crc32(chunk))).decode()


def jpeg(width, height):
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\x01\x11\x00"
    return b64encode(b"\xff\xd8\xff\xe0\x00\x04\x00\x00" + frame).decode()


@pytest.mark.parametrize(
    ("kind", "name"), [("image/png", "png"), ("image/jpeg", "jpg"), ("image/svg+xml", "svg")]
)
def test_what_matplotlib_draws_is_kept(kind, name):
    assert is_harmless_image(kind, drawn(name))


@pytest.mark.parametrize("make", [png, jpeg])
def test_sizes_that_bring_a_browser_down_are_refused(make):
    kind = f"image/{make.__name__}"
    assert is_harmless_image(kind, make(300, 200))
    assert not is_harmless_image(kind, make(0, 0))
    assert not is_harmless_image(kind, make(10, LONGEST_SIDE + 1))
    assert not is_harmless_image(kind, make(LONGEST_SIDE, LONGEST_SIDE))


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("image/png", "no base64 <script>"),
        ("image/png", drawn("jpg")),
        ("image/jpeg", b64encode(b"\xff\xd8\xff" + b"\xff\xe0\xff\xff").decode()),
        ("image/svg+xml", b64encode(b"<html><script>1</script></html>").decode()),
        ("image/svg+xml", b64encode(b"<svg>").decode()),
        ("image/gif", drawn("png")),
    ],
)
def test_what_only_claims_to_be_one_is_refused(kind, data):
    assert not is_harmless_image(kind, data)
