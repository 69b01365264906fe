"""What was found wrong with a notebook, said in sentences to its student."""

from html import escape

# what is said of one cell, and of several
_SAID = {
    "deleted": (
        "The cell of {} had been deleted; it was put back as it was released.",
        "The cells of {} had been deleted; they were put back as they were released.",
    ),
    "known by its text": (
        "The cell of {} had lost its mark; it was known by its text, and marked again.",
        "The cells of {} had lost their marks; they were known by their text, and marked again.",
    ),
    "mixed up": (
        "The mark of {} was on another cell; it was put back on the one that defines it.",
        "The marks of {} were on other cells; they were put back on those that define them.",
    ),
    "stolen": (
        "The mark of {} was on a cell that is another; that one is run as an ordinary cell.",
        "The marks of {} were on cells that are others; those are run as ordinary cells.",
    ),
    "pieces": (
        "The cell of {} was found in pieces that lie together; they run one after the other.",
        "The cells of {} were found in pieces that lie together; they run one after the other.",
    ),
    "joined": (
        "The answer to {} was found in pieces that lie together; they were joined.",
        "The answers to {} were found in pieces that lie together; they were joined.",
    ),
    "several places": (
        "The cell of {} was found in several places: what stands last before its test counts, "
        "and the others run as ordinary cells where they stand.",
        "The cells of {} were found in several places: what stands last before its test counts, "
        "and the others run as ordinary cells where they stand.",
    ),
    "copies": (
        "A copy of the cell of {} that held nothing new was left out.",
        "Copies of the cells of {} that held nothing new were left out.",
    ),
    "moved": (
        "The cell of {} had been moved; it was put back in its place.",
        "The cells of {} had been moved; they were put back in their places.",
    ),
    "brought along": (
        "An ordinary cell that {} needs was moved with it.",
        "Ordinary cells that {} need were moved with them.",
    ),
    "retyped": (
        "The cell of {} had been made a cell of another type; its type was put back.",
        "The cells of {} had been made cells of another type; their types were put back.",
    ),
    "unmerged": (
        "The answer to {} held the marks of an unresolved merge; the side that stands first was "
        "kept.",
        "The answers to {} held the marks of unresolved merges; the sides that stand first were "
        "kept.",
    ),
    "altered": (
        "The locked cell {} had been changed; its text was put back.",
        "The locked cells {} had been changed; their texts were put back.",
    ),
    "kept beside": (
        "What had been added to the locked cell {} runs as an ordinary cell before it.",
        "What had been added to the locked cells {} runs as ordinary cells before them.",
    ),
    "metadata": (
        "The settings of the cell of {} had been changed; they were put back.",
        "The settings of the cells of {} had been changed; they were put back.",
    ),
}

_MARKUP = {ord(sign): f"\\{sign}" for sign in "\\`*_{}[]()#+-.!|~$:"}


class Findings:
    """Collects what is found, by kind, so that one sentence can speak of several cells."""

    def __init__(self):
        self._of_kind = {kind: [] for kind in _SAID}

    def add(self, kind, expected):
        """Note a kind of finding of an expected cell, once."""
        if expected.grade_id not in self._of_kind[kind]:
            self._of_kind[kind].append(expected.grade_id)

    def sentences(self):
        """Return the sentences, a tuple."""
        said = []
        for kind, grade_ids in self._of_kind.items():
            if grade_ids:
                one, several = _SAID[kind]
                named = [f"`{grade_id}`" for grade_id in grade_ids]
                listed = " and ".join([", ".join(named[:-1]), named[-1]][len(named) < 2 :])
                said.append((one if len(named) == 1 else several).format(listed))
        return tuple(said)


def notice(notes, sentences):
    """Return the Markdown that heads a notebook which had to be put right.

    notes : sentences that may hold a student's words, such as the name of a file; nothing in
    them is taken for markup. sentences : others.
    """
    listed = [_plain(note) for note in notes] + list(sentences)
    return "**Before it was graded**\n\n" + "\n".join(f"- {said}" for said in listed)


def _plain(note):
    return escape(" ".join(note.split()).translate(_MARKUP), quote=False)
