"""Unit 08: what its proof knows of its reference solutions."""

from hypothesis import strategies as st

EQUIVALENT = {
    # addition commutes, and so does the product of numbers
    "affine_forward:3: operands swapped": 1,
    "sigmoid_forward:3: operands swapped": 1,
    "sigmoid_backward:3: operands swapped": 2,
    "relu_backward:3: operands swapped": 1,
    "network_loss:5: operands swapped": 1,
    # a forward is judged by its out alone; what it keeps is judged through its backward
    "affine_forward:4: elts 0 and 1 swapped": 1,
    "affine_forward:4: x to b": 1,
    "affine_forward:4: x to out": 1,
    "affine_forward:4: x to w": 1,
    "affine_forward:4: w to b": 1,
    "affine_forward:4: w to out": 1,
    "affine_forward:4: w to x": 1,
    "sigmoid_forward:4: out to x": 1,
    "relu_forward:4: x to out": 1,
    "relu_forward:3: args 0 and 1 swapped": 1,
    # the last axis of two, a true value by another name, arrays of as many rows
    "softmax_loss:4: 1 to -1": 1,
    "softmax_loss:5: 1 to -1": 1,
    **{f"softmax_loss:{line}: True to {value}": 1 for line in (4, 5) for value in (2, -1)},
    "softmax_loss:3: x to y": 1,
    **{f"softmax_loss:9: x to {name}": 1 for name in ("dx", "log_p", "rows", "shifted", "y")},
    # two empty dictionaries trade names; the loop's variable still holds the depth
    "network_loss:4: elts 1 and 2 swapped": 1,
    "network_loss:12: depth to layer": 1,
}
"""Mechanical mutants that are the same function -> how many there are of each."""

AT_LEAST = 700
"""How many mutants change the result, at the least."""

COSTS = []
"""Planted mistakes -> what is still earned of each task: a mistake costs points once."""

REWRITINGS = 60
"""How many drawn rewritings of the unit's solutions are tried."""

AFFINE = (
    "x @ w + b",
    "b + np.dot(x, w)",
    "np.einsum('mi,io->mo', x, w) + b",
    "np.array([row @ w + b for row in x])",
    "(x[:, :, None] * w[None]).sum(axis=1) + b",
    "(w.T @ x.T).T + b",
)
DX = (
    "dout @ w.T",
    "(w @ dout.T).T",
    "np.einsum('mo,io->mi', dout, w)",
    "np.array([w @ row for row in dout])",
    "[[sum(w[i, o] * row[o] for o in range(w.shape[1])) for i in range(w.shape[0])] "
    "for row in dout]",
)
DW = (
    "x.T @ dout",
    "(dout.T @ x).T",
    "np.einsum('mi,mo->io', x, dout)",
    "sum(np.outer(u, v) for u, v in zip(x, dout))",
    "(x[:, :, None] * dout[:, None, :]).sum(axis=0)",
)
DB = (
    "dout.sum(axis=0)",
    "np.ones(len(dout)) @ dout",
    "sum(dout)",
    "np.sum(dout, 0).tolist()",
    "np.mean(dout, axis=0) * len(dout)",
)
SIGMOIDS = (
    "1 / (1 + np.exp(-x))",
    "0.5 * (1 + np.tanh(x / 2))",
    "np.exp(-np.logaddexp(0, -x))",
    "np.where(x >= 0, 1, np.exp(-np.abs(x))) / (1 + np.exp(-np.abs(x)))",
)
SIGMOID_CACHES = (
    ("out", "dout * cache * (1 - cache)"),
    ("(x, out)", "(cache[1] - cache[1] ** 2) * dout"),
    ("x", "dout / (2 + np.exp(cache) + np.exp(-cache))"),
    ("{'slope': out * (1 - out)}", "cache['slope'] * dout"),
    ("lambda d: d * out * (1 - out)", "cache(dout)"),
)
RELUS = ("np.maximum(0, x)", "np.where(x > 0, x, 0)", "x * (x > 0)", "(x + np.abs(x)) / 2",
         "np.clip(x, 0, None)")  # fmt: skip
RELU_CACHES = (
    ("x", "dout * (cache > 0)"),
    ("x", "np.where(cache >= 0, dout, 0)"),
    ("out", "np.where(cache > 0, dout, 0.0)"),
    ("x > 0", "dout * cache"),
    ("np.sign(x)", "dout * (1 + cache) / 2"),
    ("[x]", "np.heaviside(cache[0], 0.3) * dout"),
)
AFFINE_CACHES = (
    ("(x, w, b)", "x, w, _ = cache"),
    ("(x, w)", "x, w = cache"),
    ("{'x': x, 'w': w}", "x, w = cache['x'], cache['w']"),
    ("[w.copy(), x.copy()]", "w, x = cache"),
)
LOSSES = (
    """\
    x = np.asarray(x, dtype=float)
    x = x - x.max(axis=1)[:, None]
    log_p = x - np.log(np.exp(x).sum(axis=1))[:, None]
    one_hot = np.eye(x.shape[1])[y]
    return -(log_p * one_hot).sum() / len(y), (np.exp(log_p) - one_hot) / len(y)
""",
    """\
    losses, dx = [], []
    for scores, label in zip(x, y):
        lse = np.logaddexp.reduce(scores.astype(float))
        losses.append(lse - scores[label])
        p = np.exp(scores - lse)
        p[label] -= 1
        dx.append(p / len(x))
    return [float(np.mean(losses)), dx]
""",
    """\
    m = x.shape[0]
    e = np.exp(x - np.max(x, axis=1, keepdims=True))
    total = e.sum(axis=1, keepdims=True)
    picked = (x - np.max(x, axis=1, keepdims=True))[range(m), y]
    loss = (np.log(total[:, 0]) - picked).mean()
    dx = e / total
    for row in range(m):
        dx[row, y[row]] -= 1
    dx /= m
    return loss, dx
""",
)
NETWORKS = (
    """\
    depth = sum(name.startswith("w") for name in parameters)
    caches, out = [], X
    for l in range(1, depth + 1):
        out, cache = affine_forward(out, parameters["w%d" % l], parameters["b%d" % l])
        caches.append((affine_backward, [l], cache))
        if l < depth:
            out, cache = relu_forward(out)
            caches.append((relu_backward, [], cache))
    loss, d = softmax_loss(out, y)
    gradients = {}
    for back, layer, cache in caches[::-1]:
        came = back(np.asarray(d), cache)
        if layer:
            d, gradients[f"w{layer[0]}"], gradients[f"b{layer[0]}"] = came
        else:
            d = came
    return loss, gradients
""",
    """\
    def below(a, l):
        z, cache = affine_forward(a, parameters[f"w{l}"], parameters[f"b{l}"])
        if f"w{l + 1}" not in parameters:
            loss, dz = softmax_loss(z, y)
            gradients = {}
        else:
            h, mask = relu_forward(z)
            loss, dh, gradients = below(h, l + 1)
            dz = relu_backward(dh, mask)
        da, dw, db = affine_backward(np.asarray(dz), cache)
        return loss, np.asarray(da), {f"w{l}": dw, f"b{l}": db, **gradients}
    loss, _, gradients = below(X, 1)
    return loss, gradients
""",
    """\
    depth = len(parameters) // 2
    a = {0: np.asarray(X)}
    for l in range(1, depth + 1):
        a[l] = a[l - 1] @ parameters[f"w{l}"] + parameters[f"b{l}"]
        if l < depth:
            a[l] = np.where(a[l] > 0, a[l], 0)
    loss, delta = softmax_loss(a[depth], y)
    delta, gradients = np.asarray(delta), {}
    for l in reversed(range(1, depth + 1)):
        gradients["b" + str(l)] = delta.sum(axis=0)
        gradients["w" + str(l)] = a[l - 1].T @ delta
        delta = (delta @ parameters[f"w{l}"].T) * (a[l - 1] > 0)
    return [loss, gradients]
""",
)


@st.composite
def rewritten(draw):
    """Draw sources of all eight functions, all right; caches hold what their owner likes."""
    pick = lambda options: draw(st.sampled_from(options))  # noqa: E731
    affine, sigmoid, relu = pick(AFFINE_CACHES), pick(SIGMOID_CACHES), pick(RELU_CACHES)
    opened, closed = pick((("(", ")"), ("[", "]")))
    return {
        "affine_forward": (
            f"def affine_forward(x, w, b):\n    out = {pick(AFFINE)}\n    return out, {affine[0]}\n"
        ),
        "affine_backward": (
            f"def affine_backward(dout, cache):\n    {affine[1]}\n    dout = np.asarray(dout)\n"
            f"    return {opened}{pick(DX)}, {pick(DW)}, {pick(DB)}{closed}\n"
        ),
        "sigmoid_forward": (
            f"def sigmoid_forward(x):\n    out = {pick(SIGMOIDS)}\n"
            f"    return {opened}out, {sigmoid[0]}{closed}\n"
        ),
        "sigmoid_backward": f"def sigmoid_backward(dout, cache):\n    return {sigmoid[1]}\n",
        "relu_forward": (
            f"def relu_forward(x):\n    out = {pick(RELUS)}\n"
            f"    return {opened}out, {relu[0]}{closed}\n"
        ),
        "relu_backward": (
            f"def relu_backward(dout, cache):\n    dout = np.asarray(dout)\n    return {relu[1]}\n"
        ),
        "softmax_loss": f"def softmax_loss(x, y):\n{pick(LOSSES)}",
        "network_loss": f"def network_loss(X, y, parameters):\n{pick(NETWORKS)}",
    }
