"""An answer as pieces of its syntax tree, without what a copy is disguised by.

Names that students choose, comments, layout, docstrings, annotations and the order of commuting
operands are dropped; numbers and strings are kept coarse. A piece is an expression or a simple
statement; of a loop or a condition, its head. Since no piece holds two statements, answers whose
statements stand in another order have the same pieces.
"""

import ast
import builtins
import re
import warnings
from dataclasses import dataclass, replace
from zlib import crc32

LONGEST = 40_000
"""Characters of an answer that are read; what students write by hand is far below."""

SMALLEST = 4
"""Names, operators and values that a piece holds at the least: `x * 2` says nothing of anybody."""

SMALLEST_LINE = 6
"""Tokens that a line must hold to count where it cannot be read as Python."""

REPAIRS = 20
"""Lines that are set aside, one after the other, until the rest of an answer can be parsed."""

_COARSE = (-1, 0, 1, 2, 3)
_COMMUTING = (ast.Add, ast.Mult, ast.BitAnd, ast.BitOr)
_MODULES = {"np", "numpy", "math", "plt"}
_KEPT = frozenset(dir(builtins)) | _MODULES
_TOKEN = re.compile(r"\w+|[^\w\s]")
_UNREADABLE = (SyntaxError, ValueError, RecursionError, MemoryError)


@dataclass(frozen=True)
class Piece:
    """One piece of an answer.

    key : the same for pieces of the same form, in every answer and every run.
    size : how many names, operators and values it holds.
    start, end : where it stands in the text, in characters.
    outer : the index, in the answer's pieces, of the piece around it; -1 for none.
    """

    key: int
    size: int
    start: int
    end: int
    outer: int = -1


@dataclass(frozen=True)
class Pieces:
    """What an answer was taken apart into.

    text : what positions refer to: line ends are made alike, and what no file holds replaced.
    found : the Piece list, outer ones before those in them.
    values : the numbers in it beyond the smallest, as written by Python: {"0.69"}.
    set_aside : how many lines could not be read as Python.
    """

    text: str
    found: tuple[Piece, ...]
    values: frozenset[str]
    set_aside: int = 0

    @property
    def keys(self):
        """The keys of all pieces, as a set."""
        return {piece.key for piece in self.found}

    def without(self, values):
        """Return the same without some of the numbers, such as those of the solution."""
        return replace(self, values=self.values - values)


def take_apart(text, given=frozenset()):
    """Return the Pieces of an answer, whatever its text is.

    given : names that the notebook gives, such as those of its functions: they are kept.
    """
    text = text[:LONGEST].encode("utf-8", "replace").decode().replace("\0", " ")
    text = re.sub(r"\r\n?", "\n", text)
    lines = text.split("\n")
    tree, aside = _parsed(lines)
    reader = _Reader(lines, _KEPT | given)
    if tree is not None:
        try:
            reader.read(tree)
        except RecursionError:
            reader, aside = _Reader(lines, _KEPT | given), range(len(lines))
    for line in aside:
        reader.read_line(line)
    return Pieces(text, tuple(reader.found), frozenset(reader.values), len(aside))


def _parsed(lines):
    """Return (tree, indices of the lines that were set aside); None for no tree at all."""
    lines, aside = list(lines), []
    for _ in range(REPAIRS):
        try:
            with warnings.catch_warnings():
                # of escapes and comparisons that a student wrote
                warnings.simplefilter("ignore")
                return ast.parse("\n".join(lines)), aside
        except SyntaxError as error:
            at = (error.lineno or 0) - 1
            if not 0 <= at < len(lines) or at in aside:
                break
            aside.append(at)
            indent = re.match(r"\s*", lines[at])[0]
            lines[at] = f"{indent}pass"
        except _UNREADABLE:
            break
    return None, range(len(lines))


class _Reader:
    """Reads a tree into pieces."""

    def __init__(self, lines, kept):
        self.lines, self.kept = lines, kept
        self.found, self.values = [], set()
        self.starts = [0]
        for line in lines:
            self.starts.append(self.starts[-1] + len(line) + 1)

    def read(self, tree):
        for statement in tree.body:
            self._statement(statement)

    def read_line(self, at):
        """Read a line that is no Python, token by token."""
        line = self.lines[at]
        tokens = _TOKEN.findall(line)
        if len(tokens) < SMALLEST_LINE:
            return
        # what looks like code may have its names changed; prose is itself
        code = any(token in "=([+*" for token in tokens)
        form = [self._token(token) if code else token.casefold() for token in tokens]
        start = self.starts[at] + len(line) - len(line.lstrip())
        key = hash(tuple(crc32(token.encode()) for token in ("line", *form)))
        self.found.append(Piece(key, len(tokens), start, self.starts[at] + len(line)))

    def _token(self, token):
        return "V" if token.isidentifier() and token not in self.kept else token

    def _statement(self, node):
        if isinstance(node, ast.Pass) or _is_docstring(node):
            return
        bodies = [getattr(node, field, ()) for field in ("body", "orelse", "finalbody")]
        bodies += [handler.body for handler in getattr(node, "handlers", ())]
        bodies += [case.body for case in getattr(node, "cases", ())]
        if any(bodies):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                # the heads of loops and conditions
                for child in ast.iter_child_nodes(node):
                    if isinstance(child, ast.expr | ast.withitem):
                        self._piece(child, -1)
            for body in bodies:
                for child in body:
                    self._statement(child)
        else:
            self._piece(_plain(node), -1)

    def _piece(self, node, outer):
        """Read a node and what is in it; return its (key, size)."""
        at = len(self.found)
        placed = hasattr(node, "end_lineno")
        if placed:
            # its place in the list, before those of the pieces in it
            self.found.append(None)
        children = () if self._is_table(node) else map(_plain, _children(node))
        inner = [self._piece(child, at if placed else outer) for child in children]
        if isinstance(node, ast.BinOp) and isinstance(node.op, _COMMUTING):
            inner.sort()
        size = 1 + sum(size for _, size in inner)
        key = hash((crc32(self._symbol(node).encode()), *(key for key, _ in inner)))
        if placed and size < SMALLEST:
            # what is in it is smaller still, and out already
            self.found.pop()
        elif placed:
            start = self._offset(node.lineno, node.col_offset)
            end = self._offset(node.end_lineno, node.end_col_offset)
            self.found[at] = Piece(key, size, start, end, outer)
        return key, size

    def _is_table(self, node):
        """Whether a node is a display of values alone; these are kept, and count by themselves.

        How far a table is filled in is no way of writing.
        """
        if not isinstance(node, ast.Dict | ast.List | ast.Tuple | ast.Set):
            return False
        entries = node.values if isinstance(node, ast.Dict) else node.elts
        plain = [entry.operand if isinstance(entry, ast.UnaryOp) else entry for entry in entries]
        if len(plain) < 2 or not all(isinstance(entry, ast.Constant) for entry in plain):
            return False
        for entry in plain:
            self._constant(entry.value)
        return True

    def _offset(self, line, column):
        """Return the position in the text of a line (from 1) and a column in bytes."""
        text = self.lines[line - 1]
        if not text.isascii():
            column = len(text.encode()[:column].decode("utf-8", "ignore"))
        return self.starts[line - 1] + column

    def _symbol(self, node):
        match node:
            case ast.Name():
                return node.id if node.id in self.kept else "V"
            case ast.Constant():
                return self._constant(node.value)
            case ast.Attribute():
                return f".{node.attr}"
            case ast.BinOp() | ast.UnaryOp() | ast.BoolOp():
                return type(node.op).__name__
            case ast.Compare():
                return " ".join(type(op).__name__ for op in node.ops)
            case ast.keyword():
                return f"{node.arg}="
            case ast.alias():
                return node.name
            case ast.Tuple() | ast.List():
                return "Sequence"
        return type(node).__name__

    def _constant(self, value):
        if value is None or isinstance(value, bool) or value is ...:
            return repr(value)
        if isinstance(value, int | float | complex):
            if value in _COARSE:
                return str(int(value.real))
            # beyond some 4300 digits Python writes no whole number out
            large = isinstance(value, int) and value.bit_length() > 300
            self.values.add(f"{value:x}"[:60] if large else repr(value))
            return "number"
        return type(value).__name__


def _is_docstring(node):
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def _children(node):
    return [
        child
        for child in ast.iter_child_nodes(node)
        if not isinstance(child, ast.expr_context | ast.operator | ast.unaryop | ast.boolop)
        and not isinstance(child, ast.cmpop)
    ]


def _plain(node):
    """Return a node as one of its plainer kind: `a += b` as `a = a + b`, without annotations."""
    if isinstance(node, ast.AugAssign):
        sum_ = ast.BinOp(left=node.target, op=node.op, right=node.value)
        made = ast.Assign(targets=[node.target], value=ast.copy_location(sum_, node))
    elif isinstance(node, ast.AnnAssign) and node.value is not None:
        made = ast.Assign(targets=[node.target], value=node.value)
    else:
        return node
    return ast.copy_location(made, node)
