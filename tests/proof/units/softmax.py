"""Unit 04: what its proof knows of its reference solutions."""

from hypothesis import strategies as st

EQUIVALENT = {
    # keepdims asks only whether it is true
    "softmax:3: True to 2": 1,
    "softmax:3: True to -1": 1,
    "softmax:5: True to 2": 1,
    "softmax:5: True to -1": 1,
    "softmax_loss:4: True to 2": 1,
    "softmax_loss:4: True to -1": 1,
    "softmax_loss:5: True to 2": 1,
    "softmax_loss:5: True to -1": 1,
    # p and z have one length
    "logit_gradient:4: z to p": 1,
    # the last axis of a matrix is its axis 1
    "softmax_loss:4: 1 to -1": 1,
    "softmax_loss:5: 1 to -1": 1,
    # all of them have m rows
    "softmax_loss:3: Z to labels": 1,
    "softmax_loss:9: Z to dZ": 1,
    "softmax_loss:9: Z to labels": 1,
    "softmax_loss:9: Z to log_p": 1,
    "softmax_loss:9: Z to rows": 1,
    "softmax_loss:9: Z to shifted": 1,
}
"""Mechanical mutants that are the same function -> how many there are of each."""

AT_LEAST = 180
"""How many mutants change the result, at the least."""

COSTS = [
    ("no-max-shift", {"softmax": 0, "jacobian": 4, "cross_entropy": 0}),
    ("log-of-zero", {"cross_entropy": 0, "softmax_loss": 2}),
    ("integer-arithmetic", {"softmax": 2, "cross_entropy": 2}),
    ("inputs-mutated", {"softmax": 2, "jacobian": 2}),
    ("missing-mean", {"softmax_loss": 0, "logit_gradient": 4}),
    ("double-mean", {"softmax_loss": 2}),
    ("softmax-derivative-twice", {"logit_gradient": 0, "softmax_loss": 2}),
    ("global-max-shift", {"softmax": 0, "logit_gradient": 4}),
    ("wrong-sign", {"cross_entropy": 0, "logit_gradient": 0, "softmax_loss": 2}),
]
"""Planted mistakes -> what is still earned of each task: a mistake costs points once."""

REWRITINGS = 80
"""How many drawn rewritings of the unit's solutions are tried."""

SOFTMAXES = (
    """
    e = np.exp(z - np.max(z, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)""",
    """
    shifted = z - np.expand_dims(z.max(-1), -1)
    return np.exp(shifted) / np.exp(shifted).sum(-1)[..., None]""",
    """
    return np.exp(z - np.logaddexp.reduce(z, axis=-1, keepdims=True))""",
    """
    e = np.exp(np.transpose(z) - np.max(z, axis=-1))
    return np.transpose(e / e.sum(axis=0))""",
    """
    if z.ndim == 2:
        return np.array([softmax(row) for row in z])
    e = np.exp(z - max(z))
    return e / sum(e)""",
    """
    rows = np.atleast_2d(z)
    p = []
    for row in rows:
        e = [np.exp(float(v - row.max())) for v in row]
        p.append([v / sum(e) for v in e])
    return p if z.ndim == 2 else p[0]""",
    """
    z = np.array(z, dtype=float)
    z -= z.max(axis=-1, keepdims=True)
    np.exp(z, out=z)
    z /= z.sum(axis=-1, keepdims=True)
    return z""",
)
JACOBIANS = (
    "np.diag(p) - np.outer(p, p)",
    "np.diag(p) - p[:, None] * p",
    "p * (np.eye(len(p)) - p[:, None])",
    "p[:, None] * (np.eye(len(p)) - p)",
    "[[p[j] * ((j == k) - p[k]) for k in range(len(p))] for j in range(len(p))]",
    "np.array([[a * (1 - a) if j == k else -a * b for k, b in enumerate(p)] "
    "for j, a in enumerate(p)])",
    "np.diagflat(p) - p.reshape(-1, 1) @ p.reshape(1, -1)",
    "np.einsum('j,jk->jk', p, np.eye(len(p)) - p)",
)
LOG_P = (
    "z - z.max() - np.log(np.exp(z - z.max()).sum())",
    "z - np.logaddexp.reduce(z)",
    "z - (max(z) + np.log(sum(np.exp(z - max(z)))))",
    "(lambda s: s - np.log(np.sum(np.exp(s))))(z - np.max(z))",
)
COSTS_OF_ONE = (
    "return -({log_p})[label]",
    "return -np.sum(np.eye(len(z))[label] * ({log_p}))",
    "return float(-({log_p})[label])",
    "return np.array([-({log_p})[label]])",
    "return np.logaddexp.reduce(z - z[label])",
    "return np.log(np.sum(np.exp(z - z.max()))) + z.max() - z[label]",
)
SLOPES = (
    "dz = np.array(softmax(z))\n    dz[label] -= 1\n    return dz",
    "return np.asarray(softmax(z)) - np.eye(len(z))[label]",
    "return [q - (k == label) for k, q in enumerate(softmax(z))]",
    "return np.where(np.arange(len(z)) == label, np.subtract(softmax(z), 1), softmax(z))",
    "y = np.zeros(len(z))\n    y[label] = 1\n    return -(y - softmax(z))",
    "p = np.asarray(softmax(z))\n    y = np.arange(len(z)) == label\n"
    "    return p * (1 - y) + (p - 1) * y",
)
BATCHES = (
    """
    m = len(labels)
    log_p = Z - np.logaddexp.reduce(Z, axis=1, keepdims=True)
    Y = np.eye(Z.shape[1])[labels]
    return -np.sum(Y * log_p) / m, (np.exp(log_p) - Y) / m""",
    """
    m, K = Z.shape
    P = np.asarray(softmax(Z))
    top = Z.max(axis=1)
    lse = top + np.log(np.exp(Z - top[:, None]).sum(axis=1))
    loss = (lse - Z[range(m), labels]).sum() / m
    Y = (np.arange(K) == labels[:, None]).astype(int)
    return loss, (P - Y) / m""",
    """
    losses = [cross_entropy(z, c) for z, c in zip(Z, labels)]
    dZ = np.array([logit_gradient(z, c) for z, c in zip(Z, labels)])
    return np.mean(losses), dZ / len(Z)""",
    """
    loss, dZ = 0.0, np.zeros(Z.shape)
    for i in range(len(Z)):
        loss += float(np.squeeze(cross_entropy(Z[i], labels[i]))) / len(Z)
        dZ[i] = np.asarray(logit_gradient(Z[i], int(labels[i]))) / len(Z)
    return [loss, dZ.tolist()]""",
    """
    P = np.array(softmax(Z), dtype=float)
    shifted = Z - Z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -np.take_along_axis(log_p, labels[:, None], axis=1).mean()
    np.subtract.at(P, (np.arange(len(Z)), labels), 1)
    P *= 1 / len(Z)
    return loss, P""",
)
SIDE_SHOWS = (
    "",
    "print('here')",
    "import sys; print('careful', file=sys.stderr)",
    "import warnings; warnings.warn('careful')",
)


@st.composite
def rewritten(draw):
    """Draw sources of all five functions, all right."""

    def pick(options):
        return draw(st.sampled_from(options))

    extra = pick(("", ", *, eps=1e-12", ", axis=-1"))
    body, batch = pick(SOFTMAXES), pick(BATCHES)
    cost = pick(COSTS_OF_ONE).format(log_p=pick(LOG_P))
    return {
        "softmax": f"def softmax(z{extra}):\n    {pick(SIDE_SHOWS)}{body}\n",
        "jacobian": f"def jacobian(p{extra}):\n    return {pick(JACOBIANS)}\n",
        "cross_entropy": f"def cross_entropy(z, label{extra}):\n    {cost}\n",
        "logit_gradient": f"def logit_gradient(z, label{extra}):\n    {pick(SLOPES)}\n",
        "softmax_loss": f"def softmax_loss(Z, labels{extra}):\n    {pick(SIDE_SHOWS)}{batch}\n",
    }
