"""JSON that is damaged, read as far as it can be."""

import json
import re

from autograder.mending.unreadable import UnreadableError

MOST_TOKENS = 300_000
DEEPEST = 100

# no string of a notebook holds a bare line end: an unclosed one ends with its line
_TOKEN = re.compile(
    r"""(?P<space>[\s,:\ufeff]++)
    |(?P<string>"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+(?:"|(?=\n)|\Z))
    |(?P<open>[\[{])
    |(?P<close>[\]}])
    |(?P<line>//[^\n]*+|\#[^\n]*+)
    |(?P<block>/\*)
    |(?P<word>[-+.\w]++)
    |(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_STRING = json.JSONDecoder(strict=False)
_LITERALS = {"true": True, "false": False, "null": None}


def parse(text):
    """Return (value, unfinished): the first object or array in a text, and what was cut in it.

    Comments, missing or doubled commas, text before and after, and unclosed strings are
    passed over, and so is what is nested deeper than DEEPEST. unfinished : the ids (of `id`) of
    containers that the end of the text, or a wrong bracket, cut short. Raises UnreadableError
    where there is no object or array, and over MOST_TOKENS.
    """
    stack, keys, unfinished, root = [], [], set(), None
    opened = {dict: 0, list: 0}
    at, count = 0, 0
    while at < len(text):
        count += 1
        if count > MOST_TOKENS:
            raise UnreadableError("it is damaged, and too long to be put right")
        token = _TOKEN.match(text, at)
        at, kind = token.end(), token.lastgroup
        if kind == "block":
            close = text.find("*/", at)
            at = len(text) if close < 0 else close + 2
        elif kind == "open":
            made = {} if token[0] == "{" else []
            if root is None:
                root = made
            else:
                _put(stack, keys, made if len(stack) < DEEPEST else None)
            stack.append(made)
            opened[type(made)] += 1
            keys.append(None)
        elif root is None:
            continue
        elif kind == "close":
            kind = dict if token[0] == "}" else list
            if opened[kind]:
                _close(stack, keys, unfinished, opened, kind)
            if not stack:
                break
        elif kind == "string":
            said = _string(token[0])
            if type(stack[-1]) is dict and keys[-1] is None:
                keys[-1] = said
            else:
                _put(stack, keys, said)
        elif kind == "word":
            _put(stack, keys, _word(token[0]))
    if root is None:
        raise UnreadableError("it holds no JSON, which a notebook is written in")
    unfinished.update(map(id, stack))
    return root, unfinished


def _put(stack, keys, value):
    if type(stack[-1]) is list:
        stack[-1].append(value)
    elif keys[-1] is not None:
        stack[-1][keys[-1]] = value
        keys[-1] = None


def _close(stack, keys, unfinished, opened, kind):
    """Close the innermost container of a kind, which is there; those inside it were cut."""
    while True:
        container = stack.pop()
        keys.pop()
        opened[type(container)] -= 1
        if type(container) is kind:
            return
        unfinished.add(id(container))


def _string(token):
    closed = token if len(token) > 1 and token.endswith('"') else token + '"'
    try:
        return _STRING.decode(closed)
    except ValueError:
        return closed[1:-1]


def _word(token):
    if token in _LITERALS:
        return _LITERALS[token]
    try:
        return float(token) if len(token) < 40 else None
    except ValueError:
        return None
