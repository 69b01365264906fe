"""Putting something into a Python file at the place where it belongs, and nothing else."""

import ast

from autograder.course_error import CourseError


def into_literal(source, name, entry, where):
    """Return a source with an entry more in the tuple, list or dict that it calls `name`.

    entry : the entry's text, without a comma behind it; or lines of comment.
    where : the file's name, for the sentence of the CourseError that is raised where the source
    assigns no such literal.
    """
    literal = _literal(source, name, where)
    data = source.encode()
    end = _offset(data, literal.end_lineno, literal.end_col_offset) - 1
    parts = literal.values if isinstance(literal, ast.Dict) else literal.elts
    head, tail = data[:end], data[end:]
    if parts:
        last = _offset(data, parts[-1].end_lineno, parts[-1].end_col_offset)
        between = data[last:end]
        if b"," not in _without_comments(between):
            between = b"," + between
        head = data[:last] + between
    if entry.lstrip().startswith("#"):
        return (head + b"\n" + entry.strip("\n").encode() + b"\n" + tail).decode()
    # a tuple of one entry needs its comma, the others may have it: a formatter sees to the rest
    comma = b"" if parts and b"\n" not in head[_start(data, literal) :] else b","
    return (head.rstrip(b" ") + b" " + entry.encode() + comma + tail).decode()


def after_imports(source, line):
    """Return a source with an import more, behind those that it has."""
    body = ast.parse(source).body
    imports = [node for node in body if isinstance(node, ast.Import | ast.ImportFrom)]
    # behind the docstring where there are none
    last = (imports or body[:1])[-1].end_lineno
    lines = source.splitlines(keepends=True)
    gap = "" if imports else "\n"
    return "".join([*lines[:last], gap, line + "\n", *lines[last:]])


def at_the_end(source, text):
    """Return a source with a definition more, two empty lines below the last."""
    return source.rstrip("\n") + "\n\n\n" + text.strip("\n") + "\n"


def defined(source):
    """Return the names that a source imports, defines or assigns on its outermost level."""
    names = set()
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign):
            names |= {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names |= {alias.asname or alias.name for alias in node.names}
    return names


def _literal(source, name, where):
    for node in ast.parse(source).body:
        if (
            isinstance(node, ast.Assign)
            and getattr(node.targets[0], "id", "") == name
            and isinstance(node.value, ast.Tuple | ast.List | ast.Dict)
        ):
            return node.value
    raise CourseError(
        f"Got {where}, which assigns no tuple, list or dictionary to {name}: write the entry of "
        "the new task there by hand, as the other units do."
    )


def _offset(data, line, column):
    lines = data.splitlines(keepends=True)
    return sum(map(len, lines[: line - 1])) + column


def _start(data, node):
    return _offset(data, node.lineno, node.col_offset)


def _without_comments(data):
    return b"".join(line.partition(b"#")[0] for line in data.splitlines())
