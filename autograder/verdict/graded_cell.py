"""Reading a test cell as an instructor wrote it: what it wants graded, and what runs before."""

import ast
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True)
class GradedCell:
    """A test cell that ends with `grade("unit.task", answer, ...)`.

    task_id : the task's id. expressions : what is handed over, as source text; the first is the
    task's own. before : the source of what else the cell runs before that; "" for nothing. The
    cell's visible checks are not run again, and neither is the import of `grade`.
    """

    task_id: str
    expressions: tuple[str, ...]
    before: str = ""


# what is read here is the course's own, and the same in every submission
@lru_cache(maxsize=256)
def read_graded_cell(source):
    """Return the GradedCell that a cell's source describes, or None where it is another kind.

    source : of a cell from the course's own source, so it is trusted to mean what it says. Other
    kinds are asserts, nbgrader's autotests and whatever else runs as it stands.
    """
    try:
        statements = ast.parse(source).body
    except (SyntaxError, ValueError):  # such as IPython's magics
        return None
    last = _call(statements[-1], "grade") if statements else None
    if last is None or not last.args or last.keywords:
        return None
    task, *answers = last.args
    named = isinstance(task, ast.Constant) and isinstance(task.value, str)
    if not named or not answers or any(isinstance(one, ast.Starred) for one in answers):
        return None
    before = [
        ast.get_source_segment(source, statement)
        for statement in statements[:-1]
        if _call(statement, "check") is None and not _imports_grade(statement)
    ]
    # on their own, lines that belong together need their brackets
    expressions = [
        f"({ast.unparse(one)})"
        if one.lineno != one.end_lineno
        else ast.get_source_segment(source, one)
        for one in answers
    ]
    return GradedCell(task.value, tuple(expressions), "\n".join(before))


@lru_cache(maxsize=256)
def ends_with_a_value(source):
    """Whether a cell's last statement is an expression, whose value the notebook shows.

    source : as in `read_graded_cell`. A cell with magics, which is no plain Python, may well do so.
    """
    try:
        statements = ast.parse(source).body
    except (SyntaxError, ValueError):
        return True
    return bool(statements) and isinstance(statements[-1], ast.Expr)


def _call(statement, name):
    """Return the call of that name that a statement consists of, or None."""
    call = statement.value if isinstance(statement, ast.Expr) else None
    if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == name:
        return call
    return None


def _imports_grade(statement):
    return (
        isinstance(statement, ast.ImportFrom)
        and statement.module == "autograder"
        and [(alias.name, alias.asname) for alias in statement.names] == [("grade", None)]
    )
