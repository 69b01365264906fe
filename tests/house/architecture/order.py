"""Which of the imports are drawn, and on which floor each room lies."""

from collections import defaultdict


def against_the_order(imports):
    """Return the pairs that are left out to make a house without circles, the weakest first.

    imports : {(from, to): times}.
    """
    kept, left_out = dict(imports), []
    while circle := _in_circles(kept):
        weakest = min(circle, key=lambda pair: (kept[pair], pair))
        left_out.append(weakest)
        del kept[weakest]
    for pair in list(left_out):
        if not _reached(pair[1], {*kept, pair}) >= {pair[1]}:
            left_out.remove(pair)
            kept[pair] = imports[pair]
    return left_out


def without_detours(pairs):
    """Return the pairs, in order, without those to which a longer way leads as well."""
    pairs = set(pairs)
    return sorted(pair for pair in pairs if pair[1] not in _reached(pair[0], pairs - {pair}))


def floors(rooms, pairs):
    """Return {room: floor}, 0 the topmost: a room lies below all that import it.

    rooms : name -> Room. The rooms of the package that imports no other lie below all others.
    """
    above = defaultdict(set)
    for one, other in pairs:
        above[other].add(one)
    found = {}

    def floor(room, package):
        if room not in found:
            own = [one for one in above[room] if rooms[one].package == package]
            found[room] = 1 + max((floor(one, package) for one in own), default=first - 1)
        return found[room]

    first = 0
    stands_on = {rooms[o].package for i, o in pairs if rooms[i].package != rooms[o].package}
    for package in sorted({room.package for room in rooms.values()}, key=stands_on.__contains__):
        for name in rooms:
            if rooms[name].package == package:
                floor(name, package)
        first = 1 + max(found.values())
    return found


def _in_circles(pairs):
    return [pair for pair in pairs if pair[0] in _reached(pair[1], pairs)]


def _reached(room, pairs):
    """Return the rooms that one leads to, by the pairs, in a step or more."""
    ways = defaultdict(set)
    for one, other in pairs:
        ways[one].add(other)
    seen, waiting = set(), [room]
    while waiting:
        for other in ways[waiting.pop()] - seen:
            seen.add(other)
            waiting.append(other)
    return seen
