"""Telling code that IPython would leave as it is from code with magics in it, at a glance."""

import re

# What IPython's transformers look for: an escape at the start of a line or after an equals sign,
# a question mark, a prompt, lines or a beginning of nothing but space, and whatever ends a line
# besides the newline. Where one of them stands, it has a closer look.
_MAY_BE_CHANGED = re.compile(
    r"""
    \A \s
    | [?\r\v\f\x1c-\x1e\x85\u2028\u2029]
    | ^ [^\S\n]* (?: [%!,;/] | >>> | \.\.\. | In[ ]?\[ | \[(?:nav|ins)\] )
    | ^ [^\S\n]+ $
    | = \s* [%!]
    """,
    re.VERBOSE | re.MULTILINE,
)


def is_plain(code):
    """Whether a cell's code is Python that IPython's `transform_cell` leaves as it is.

    It may end in a newline or not; False where it cannot be told at a glance, and for a single
    line, in which IPython looks for more, such as a bare `exit`. What this saves: IPython
    tokenizes a cell several times, which takes longer than to run most of them.
    """
    return "\n" in code.strip() and not _MAY_BE_CHANGED.search(code)
