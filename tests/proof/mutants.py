"""Mutants of a function's source, made mechanically: one small change of the syntax tree each."""

import ast
import copy

OPERATORS = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add, ast.Mult),
    ast.Mult: (ast.Div, ast.Add, ast.MatMult),
    ast.Div: (ast.Mult, ast.Sub),
    ast.MatMult: (ast.Mult, ast.Add),
    ast.Pow: (ast.Mult,),
}
CALLS = {"exp": ("sqrt", "sinh"), "log": ("log2", "log1p"), "sum": ("mean", "max"),
         "max": ("min", "sum"), "outer": ("add", "multiply")}  # fmt: skip


def mutants(source):
    """Yield (what was changed, mutated source), each mutant once.

    Operators, operands (every variable for every other), constants, transposes, calls by name,
    the order of call arguments and of returned parts.
    """
    tree = ast.parse(source)
    function = tree.body[0]
    names = _variables(function)
    seen = {ast.unparse(tree)}
    for number, node in enumerate(ast.walk(function)):
        for what, change in _changes(node, names):
            mutated = copy.deepcopy(tree)
            change(list(ast.walk(mutated.body[0]))[number])
            text = ast.unparse(ast.fix_missing_locations(mutated))
            if text not in seen:
                seen.add(text)
                yield f"{function.name}:{getattr(node, 'lineno', 0)}: {what}", text


def _variables(function):
    stored = {n.id for n in ast.walk(function) if isinstance(n, ast.Name) and n.id != "np"}
    called = {n.func.id for n in ast.walk(function)
              if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}  # fmt: skip
    taken = {node.arg for node in ast.walk(function) if isinstance(node, ast.arg)}
    return sorted((stored | taken) - called)


def _changes(node, names):
    """Yield (what, change) for a node; change edits the same node of a copy in place."""
    if isinstance(node, ast.BinOp):
        old = type(node.op)
        for new in OPERATORS.get(old, ()):
            yield f"{old.__name__} to {new.__name__}", lambda n, new=new: _put(n, "op", new())
        yield "operands swapped", _swap_operands
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield "minus dropped", lambda n: _put(n, "op", ast.UAdd())
    elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in names:
        for other in names:
            if other != node.id:
                yield f"{node.id} to {other}", lambda n, other=other: _put(n, "id", other)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        for value in (node.value + 1, -node.value, 2 * node.value, 0):
            if value != node.value:
                yield (
                    f"{node.value} to {value}",
                    lambda n, value=value: _put(n, "value", value),
                )
    elif isinstance(node, ast.Attribute):
        if node.attr == "T":
            yield "transpose dropped", lambda n: _put(n, "attr", "real")
        for other in CALLS.get(node.attr, ()):
            yield f"{node.attr} to {other}", lambda n, other=other: _put(n, "attr", other)
    elif isinstance(node, ast.Call | ast.Tuple):
        field = "args" if isinstance(node, ast.Call) else "elts"
        count = len(getattr(node, field))
        for first in range(count):
            for second in range(first + 1, count):
                yield (
                    f"{field} {first} and {second} swapped",
                    lambda n, f=field, i=first, j=second: _swap(getattr(n, f), i, j),
                )


def _put(node, field, value):
    setattr(node, field, value)


def _swap_operands(node):
    node.left, node.right = node.right, node.left


def _swap(entries, first, second):
    entries[first], entries[second] = entries[second], entries[first]
