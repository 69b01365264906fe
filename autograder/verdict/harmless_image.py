"""Pictures that others made: whether they are what they claim to be, and small enough to show."""

import base64
import binascii
import struct
from xml.parsers import expat

MOST_PIXELS = 50_000_000
LONGEST_SIDE = 20_000
MOST_ELEMENTS = 50_000
DEEPEST = 100
_STARTS = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})


def is_harmless_image(kind, data):
    """Whether base64 text holds a picture of that kind that a page may show in an <img>.

    kind : "image/png", "image/jpeg" or "image/svg+xml". In an <img> no picture runs a script or
    loads anything; what is kept out is what only claims to be one, and what unpacks to a size
    that brings a browser down.
    """
    try:
        held = base64.b64decode(data, validate=True)
    except (binascii.Error, ValueError):
        return False
    if kind == "image/svg+xml":
        return is_harmless_svg(held)
    if not held.startswith(_STARTS.get(kind, b"\0")):
        return False
    width, height = (_png_size if kind == "image/png" else _jpeg_size)(held)
    return 0 < max(width, height) <= LONGEST_SIDE and width * height <= MOST_PIXELS


def _png_size(held):
    return (
        struct.unpack(">II", held[16:24]) if held[12:16] == b"IHDR" and len(held) > 24 else (0, 0)
    )


def _jpeg_size(held):
    """Return (width, height) from the header of a JPEG's frame; (0, 0) where there is none."""
    place = 2
    while place + 9 <= len(held) and held[place] == 0xFF:
        marker, length = held[place + 1], int.from_bytes(held[place + 2 : place + 4], "big")
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", held[place + 5 : place + 9])
            return width, height
        place += 2 + length
    return 0, 0


def is_harmless_svg(held):
    """Whether bytes are an SVG without entities of its own and without copies of copies.

    held : bytes or text. A drawing may use a symbol often, but a symbol that is made of symbols
    doubles with each level.
    """
    reader = expat.ParserCreate()
    elements, within, used, uses = 0, [], set(), []

    def start(name, attributes):
        nonlocal elements
        elements += 1
        if elements > MOST_ELEMENTS or len(within) == DEEPEST:
            raise _TooMuch
        if elements == 1 and name.rpartition(":")[2] != "svg":
            raise _TooMuch
        within.append(attributes.get("id"))
        if name.rpartition(":")[2] == "use":
            # whatever prefix stands for XLink here
            targets = [v for k, v in attributes.items() if k.rpartition(":")[2] == "href"]
            used.update(target.strip().removeprefix("#") for target in targets)
            uses.append(tuple(within))

    def refuse(*_):
        raise _TooMuch

    reader.StartElementHandler = start
    reader.EndElementHandler = lambda name: within.pop()
    reader.EntityDeclHandler = refuse
    try:
        reader.Parse(held, True)
    except (expat.ExpatError, _TooMuch, ValueError):
        return False
    return not any(used.intersection(around) for around in uses)


class _TooMuch(Exception):  # noqa: N818  (leaves the parser, and never this module)
    """What the drawing holds is not taken."""
