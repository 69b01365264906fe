"""Unit 11: the graphs that a backward pass is tried on."""

DEEP = 10_000
"""How many operations stand one upon another in the deep graph."""


def tree(x, y, z):
    """Return an expression in which every value is used once."""
    return (x * y + z.exp()).tanh() * 2.0


def product(x, y):
    """Return the shortest expression with two leaves."""
    return x * y


def forked(x, y, z, again):
    """Return an expression in which x and a value in the middle are used twice.

    again : stands for the second use of x; x itself in the expression that is asked for.
    """
    middle = x * y
    return middle.tanh() + again * z + middle * 0.5


def chain(x, start):
    """Return a graph DEEP operations deep that x enters at every tenth of them."""
    value = start
    for k in range(DEEP // 2):
        value = value * 0.9995
        value = value + x * 0.001 if k % 5 == 0 else value + 0.0001
    return value


def leaf_gradients(objects, arguments):
    """Return the leaves' gradients in each graph, by a student's class and backward pass."""
    value_class, run_back = objects
    x, y, z = (arguments[name] for name in ("x", "y", "z"))

    def gradients(build, *numbers, times=1):
        leaves = [value_class(number) for number in numbers]
        root = build(*leaves)
        for _ in range(times):
            run_back(root)
        return [leaf.grad for leaf in leaves]

    return (
        gradients(tree, x, y, z),
        gradients(lambda x, y, z: forked(x, y, z, x), x, y, z),
        gradients(product, x, y, times=2),
        _or_why_not(gradients, chain, x, y),
    )


def _or_why_not(gradients, *arguments):
    try:
        return gradients(*arguments)
    except RecursionError as error:
        # too deep a graph says nothing of the others
        return error
