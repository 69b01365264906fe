"""Unit 06: what its proof knows of its reference solutions."""

from hypothesis import strategies as st

EQUIVALENT = {
    # sums and entrywise products commute
    "forward:5: operands swapped": 1,
    "forward:7: operands swapped": 1,
    "deltas:4: operands swapped": 2,
    "deltas:8: operands swapped": 2,
    "backward_softmax:13: operands swapped": 2,
    "backward_batch:6: operands swapped": 1,
    "backward_batch:16: operands swapped": 2,
    "backward_batch:5: operands swapped": 2,
    # any number but 0 is as true as True, and lists of one length need no strictness
    "forward:4: True to 2": 1,
    "forward:4: True to -1": 1,
    "forward:4: True to 0": 1,
    "backward:5: True to 2": 1,
    "backward:5: True to -1": 1,
    "backward:5: True to 0": 1,
    "backward_batch:4: True to 2": 1,
    "backward_batch:4: True to -1": 1,
    "backward_batch:4: True to 0": 1,
    "backward_batch:8: True to 2": 1,
    "backward_batch:8: True to -1": 1,
    "backward_batch:7: True to 2": 1,
    "backward_batch:7: True to -1": 1,
    # only a length is read, or a value that nobody uses; two empty lists are alike, and the
    # last axis is axis 1
    "deltas:6: weights to zs": 1,
    "backward:4: zs to activations": 1,
    "backward:4: zs to biases": 1,
    "backward:4: zs to t": 1,
    "backward:4: zs to weights": 1,
    "backward:4: zs to x": 1,
    "backward_softmax:7: elts 0 and 1 swapped": 1,
    "backward_softmax:8: weights to biases": 1,
    "backward_softmax:8: weights to zs": 1,
    "backward_batch:10: elts 0 and 1 swapped": 1,
    "backward_batch:9: X to E": 1,
    "backward_batch:9: X to P": 1,
    "backward_batch:9: X to Y": 1,
    "backward_batch:9: X to Z": 1,
    "backward_batch:8: 1 to -1": 1,
    "backward_batch:11: weights to activations": 1,
    "backward_batch:11: weights to biases": 1,
    "backward_batch:7: 1 to -1": 1,
}
"""Mechanical mutants that are the same function -> how many there are of each."""

AT_LEAST = 1200
"""How many mutants change the result, at the least."""

COSTS = [
    ("missing-output-derivative", {"deltas": 4, "backward": 4}),
    ("missing-activation-derivative", {"deltas": 2, "backward_softmax": 3, "backward_batch": 0}),
    ("bias-missing", {"forward": 2, "backward": 8, "backward_softmax": 6}),
    ("preactivation-for-activation", {"backward": 4, "backward_softmax": 3}),
    ("transposed-gradient", {"backward": 4, "backward_softmax": 3, "backward_batch": 4}),
    ("bias-mean", {"backward_batch": 4}),
    ("inputs-mutated", {"deltas": 3}),
]
"""Planted mistakes -> what is still earned of each task: a mistake costs points once."""

REWRITINGS = 60
"""How many drawn rewritings of the unit's solutions are tried."""

SIGMOIDS = (
    "1 / (1 + np.exp(-({z})))",
    "0.5 * (1 + np.tanh(({z}) / 2))",
    "np.exp(-np.logaddexp(0, -({z})))",
)
LINEAR = (
    "weights[k] @ activations[k] + biases[k]",
    "np.dot(activations[k], np.transpose(weights[k])) + biases[k]",
    "np.einsum('ji,i->j', weights[k], activations[k]) + biases[k]",
    "np.array([sum(w * v for w, v in zip(row, activations[k])) + c "
    "for row, c in zip(weights[k], biases[k])])",
)
OUTPUTS = (
    "(a - t) * a * (1 - a)",
    "-(t - a) * (a - a**2)",
    "(a - t) / (2 + np.exp(zs[-1]) + np.exp(-zs[-1]))",
    "[(u - v) * u * (1 - u) for u, v in zip(a, t)]",
)
DOWN = (
    "(weights[k].T @ d) * a * (1 - a)",
    "(d @ weights[k]) * (a - a * a)",
    "np.einsum('ji,j,i->i', weights[k], d, a * (1 - a))",
    "np.diag(a * (1 - a)) @ np.dot(d, weights[k])",
)
OUTER = (
    "np.outer(d, a)",
    "np.asarray(d)[:, None] * a",
    "np.multiply.outer(d, a)",
    "[[u * v for v in a] for u in d]",
)
SOFTMAXES = (
    "np.exp(z - z.max()) / np.exp(z - z.max()).sum()",
    "np.exp(z - np.logaddexp.reduce(z))",
    "(lambda e: e / np.sum(e))(np.exp(z - max(z)))",
)
DELTAS_OF_SOFTMAX = (
    "p - y",
    "-(y - p)",
    "np.where(y == 1, p - 1, p)",
    "(np.diag(p) - np.outer(p, p)) @ np.divide(-y, p, where=p > 0, out=np.zeros(len(p)))",
)
ROWS_SOFTMAX = (
    "np.exp(Z - Z.max(axis=1, keepdims=True)) "
    "/ np.exp(Z - Z.max(axis=1, keepdims=True)).sum(axis=1)[:, None]",
    "np.exp(Z - np.logaddexp.reduce(Z, axis=1)[:, None])",
    "np.array([np.exp(z - z.max()) / np.exp(z - z.max()).sum() for z in Z])",
)
SUMS = ("d.sum(axis=0)", "np.ones(len(d)) @ d", "np.array([column.sum() for column in d.T])")
PRODUCTS = ("A.T @ d", "np.einsum('mi,mj->ij', A, d)", "(d.T @ A).T", "np.dot(A.T, d)")
ROWS_DOWN = (
    "(d @ weights[k].T) * A * (1 - A)",
    "np.einsum('mj,ij->mi', d, weights[k]) * (A - A**2)",
    "np.array([weights[k] @ row for row in d]) * A * (1 - A)",
)
BRACKETS = (("(", ")"), ("[", "]"))
LISTS = ("{name}", "tuple({name})", "list(map(np.asarray, {name}))")


@st.composite
def rewritten(draw):
    """Draw sources of the five functions of the unit, all right."""

    def pick(options, **names):
        return draw(st.sampled_from(options)).format(**names)

    def listed(name):
        return pick(LISTS, name=name)

    opened, closed = draw(st.sampled_from(BRACKETS))
    forward = f"""\
def forward(x, weights, biases):
    zs, activations = [], [np.array(x)]
    for k in range(len(weights)):
        zs.append({pick(LINEAR)})
        activations = activations + [{pick(SIGMOIDS, z="zs[k]")}]
    return {opened}{listed("zs")}, {listed("activations")}{closed}
"""
    deltas = f"""\
def deltas(t, weights, zs, activations):
    L = len(weights)
    result = [None] * L
    a = activations[L]
    d = result[-1] = {pick(OUTPUTS)}
    for k in reversed(range(1, L)):
        a = activations[k]
        d = result[k - 1] = {pick(DOWN)}
    return {listed("result")}
"""
    backward = f"""\
def backward(x, t, weights, biases):
    zs, activations = forward(x, weights, biases)
    dbs = deltas(t, weights, zs, activations)
    dWs = []
    for d, a in zip(dbs, activations):
        dWs.append({pick(OUTER)})
    return {opened}{listed("dWs")}, {listed("dbs")}{closed}
"""
    softmax = f"""\
def backward_softmax(x, y, weights, biases):
    zs, activations = forward(x, weights, biases)
    z = np.asarray(zs[-1])
    p = {pick(SOFTMAXES)}
    d = {pick(DELTAS_OF_SOFTMAX)}
    a = activations[-2]
    dWs, dbs = [{pick(OUTER)}], [d]
    for k in range(len(weights) - 1, 0, -1):
        a = activations[k]
        d = {pick(DOWN)}
        a = activations[k - 1]
        dWs.append({pick(OUTER)})
        dbs.append(d)
    dWs.reverse()
    return {opened}{listed("dWs")}, {listed("dbs[::-1]")}{closed}
"""
    early = draw(st.booleans())
    batch = f"""\
def backward_batch(X, Y, weights, biases):
    m, L = len(X), len(weights)
    entering, A = [], np.asarray(X)
    for k in range(L):
        entering.append(A)
        Z = A @ weights[k] + biases[k]
        A = {pick(SIGMOIDS, z="Z")}
    d = ({pick(ROWS_SOFTMAX)} - Y) / {"m" if early else "1"}
    dws, dbs = [0] * L, [0] * L
    for k in range(L - 1, -1, -1):
        A = entering[k]
        dws[k] = ({pick(PRODUCTS)}) / {"1" if early else "m"}
        dbs[k] = ({pick(SUMS)}) / {"1" if early else "m"}
        d = {pick(ROWS_DOWN)}
    return {opened}{listed("dws")}, {listed("dbs")}{closed}
"""
    return {
        "forward": forward,
        "deltas": deltas,
        "backward": backward,
        "backward_softmax": softmax,
        "backward_batch": batch,
    }
