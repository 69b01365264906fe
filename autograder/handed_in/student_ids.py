"""Which student ids nbgrader and its pages can take."""

LONGEST = 128
"""Letters; a gradebook's column holds no more."""

# a pattern of ids to nbgrader's commands, or a way out of Formgrader's pages and addresses
_SPOKEN_FOR = frozenset('*?[]<>"\\#%/,')


def unfit(student):
    """Return why an id would be misunderstood on its way through nbgrader, in words; "" for none.

    Spaces within it, apostrophes and letters of every alphabet are fine. `autograder grade`
    takes others, too; this is for work that comes from those who may choose any id.
    """
    if not student:
        return "it is empty"
    if not student.isprintable():
        return "it has characters that cannot be printed"
    if student.startswith((".", "-")):
        return f"it begins with {student[0]!r}"
    if student != student.strip():
        return "it begins or ends with a space"
    strange = sorted(_SPOKEN_FOR.intersection(student))
    if strange:
        return f"it has {' and '.join(strange)} in it"
    if len(student) > LONGEST:
        return f"it has {len(student)} letters, and {LONGEST} are the most"
    return ""
