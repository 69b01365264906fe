"""The house as an SVG: floors of rooms, and an arrow from each room to what it imports."""

import textwrap
from html import escape
from itertools import zip_longest
from pathlib import Path

from tests.house.architecture.layout import places, rows_and_ways
from tests.house.architecture.order import against_the_order, floors, without_detours

STYLE = Path(__file__).with_name("architecture.css")
WIDTH, BOX, HEIGHT, GAP, FLOOR, TOP, EDGE, WORDS = 920, 194, 68, 22, 108, 112, 20, 26
TITLE = "The rooms of the project and their imports"
LEGEND = (
    "An arrow leads from a room to one that it imports; where a longer way leads there as well,",
    "it is left out. Dashed: an import against the order.",
)
GROUNDS = {
    "autograder": "autograder: instructors only",
    "course": "course: what students import",
}


def drawn(house):
    """Return the picture of a House, the text of an SVG; the same house, the same text."""
    against = against_the_order(house.imports)
    pairs = without_detours(set(house.imports) - set(against))
    rows, ways = rows_and_ways(house.rooms, floors(house.rooms, pairs), pairs)
    most = max(sum(stop in house.rooms for stop in row) for row in rows)
    width = max(WIDTH, 2 * EDGE + most * (BOX + 2 * GAP))
    middles = places(rows, ways, dict.fromkeys(house.rooms, BOX), GAP, (EDGE, width - EDGE))
    spots, y = {}, TOP
    for row, next_row in zip_longest(rows, rows[1:], fillvalue=()):
        spots |= {stop: (round(middles[stop]), y) for stop in row}
        # the words of the next package stand between
        y += FLOOR + WORDS * bool(_packages(house, next_row) - _packages(house, row))
    height = y
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
            'aria-labelledby="title text">',
            f'<title id="title">{TITLE}</title>',
            f'<desc id="text">{escape(in_words(house))}</desc>',
            f"<style>\n{STYLE.read_text(encoding='utf-8')}</style>",
            '<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" '
            'markerHeight="7" orient="auto"><path d="M0 0.5 8 4 0 7.5z"/></marker></defs>',
            f'<rect class="paper" width="{width}" height="{height}"/>',
            f'<text class="heading" x="{EDGE}" y="32">{TITLE}</text>',
            *(
                f'<text class="legend" x="{EDGE}" y="{52 + 17 * k}">{LEGEND[k]}</text>'
                for k in (0, 1)
            ),
            *_grounds(house.rooms, spots, width),
            *(_way([spots[stop] for stop in way]) for way in ways),
            *(_against(spots[one], spots[other]) for one, other in against),
            *(_box(house.rooms[name], *spots[name]) for name in house.rooms),
            "</svg>\n",
        ]
    )


def in_words(house):
    """Return every import between two rooms in words, for who does not see the picture."""
    said = []
    for name in house.rooms:
        others = [other for one, other in sorted(house.imports) if one == name]
        if others:
            said.append(f"{_called(name)} imports {', '.join(map(_called, others))}.")
    return " ".join(said)


def _called(name):
    package, comma, _ = name.partition(",")
    return f"what {package}'s rooms share" if comma else name


def _packages(house, row):
    return {house.rooms[stop].package for stop in row if stop in house.rooms}


def _grounds(rooms, spots, width):
    """Yield the ground that the rooms of each package stand on, with its words."""
    for package, says in GROUNDS.items():
        tops = [spots[name][1] for name in rooms if rooms[name].package == package]
        top, foot = min(tops) - WORDS - 8, max(tops) + HEIGHT + 14
        yield (
            f'<g class="ground {package}"><rect x="{EDGE // 2}" y="{top}" '
            f'width="{width - EDGE}" height="{foot - top}" rx="10"/>'
            f'<text class="package" x="{EDGE}" y="{top + 20}">{says}</text></g>'
        )


def _way(stops):
    """Return a line through stops, from the first one's foot to the last one's head.

    It bends between two floors only, and so touches no room that it passes.
    """
    (x0, top), *others = stops
    path = [f"M{x0} {top + HEIGHT}"]
    y0 = top + HEIGHT
    for x1, y1 in others:
        bend = (y1 - y0) / 2
        path.append(f"C{x0} {y0 + bend:g} {x1} {y1 - bend:g} {x1} {y1:g}V{y1 + HEIGHT}")
        x0, y0 = x1, y1 + HEIGHT
    # the last stop is not passed, but reached
    path[-1] = path[-1].rpartition("V")[0]
    return f'<path class="way" d="{" ".join(path)}" marker-end="url(#head)"/>'


def _against(one, other):
    """Return a dashed line up from a room's head to the foot of another, beside the middle."""
    aside = BOX // 4
    (x0, y0), (x1, y1) = one, other
    return (
        f'<path class="against" d="M{x0 + aside} {y0}L{x1 + aside} {y1 + HEIGHT + 2}" '
        'marker-end="url(#head)"/>'
    )


def _box(room, x, y):
    folder = "." in room.name
    name = room.name.removeprefix(f"{room.package}.") if folder else f"{room.package}/*.py"
    lines = textwrap.wrap(room.says, 29)[:3]
    texts = [
        f'<text class="says" x="{x}" y="{y + 34 + 13 * k}">{escape(line)}</text>'
        for k, line in enumerate(lines)
    ]
    return "\n".join(
        [
            f'<g class="{room.package}">',
            f'<rect x="{x - BOX // 2}" y="{y}" width="{BOX}" height="{HEIGHT}" rx="6"/>',
            f'<text class="name" x="{x}" y="{y + 19}">{escape(name)}</text>',
            *texts,
            "</g>",
        ]
    )
