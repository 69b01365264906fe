"""Unit 05: what its proof knows of its reference solutions."""

from hypothesis import strategies as st

EQUIVALENT = {
    # addition of arrays commutes, and so does the product of two numbers or arrays
    "forward:3: operands swapped": 1,
    "forward:5: operands swapped": 1,
    "forward:4: operands swapped": 1,
    "loss:3: operands swapped": 1,
    "backward:6: operands swapped": 2,
    "train_step:4: operands swapped": 4,
    # for two vectors, the sum of products is @, and np.sum of that number is itself
    "loss:3: Mult to MatMult": 1,
    # z1 and z2 trade names, and neither is used afterwards
    "backward:3: elts 0 and 2 swapped": 1,
}
"""Mechanical mutants that are the same function -> how many there are of each."""

AT_LEAST = 300
"""How many mutants change the result, at the least."""

COSTS = [
    ("missing-activation-derivative", {"backward": 8, "train_step": 8}),
    ("wrong-sign", {"backward": 8, "train_step": 8}),
    ("aliased-cache", {"forward": 3, "backward": 10, "train_step": 8}),
    ("preactivation-for-activation", {"backward": 7, "train_step": 8}),
    ("mean-over-classes", {"loss": 0, "backward": 10}),
    ("bias-missing", {"backward": 6, "train_step": 8}),
]
"""Planted mistakes -> what is still earned of each task: a mistake costs points once."""

REWRITINGS = 200
"""How many drawn rewritings of the unit's solutions are tried."""

SIGMOIDS = (
    "1 / (1 + np.exp(-{z}))",
    "1.0 / (np.exp(-{z}) + 1.0)",
    "0.5 * (1 + np.tanh({z} / 2))",
    "np.exp(-np.logaddexp(0, -{z}))",
    "np.array([1 / (1 + np.exp(-v)) for v in {z}])",
)
LINEAR = (
    "{W} @ {a} + {b}",
    "{b} + np.dot({W}, {a})",
    "np.einsum('ji,i->j', {W}, {a}) + {b}",
    "np.array([sum(w * v for w, v in zip(row, {a})) + c for row, c in zip({W}, {b})])",
    "({W} * {a}).sum(axis=1) + {b}",
    "np.matmul({a}, {W}.T) + {b}",
    "({W} @ {a}[:, None])[:, 0] + {b}",
)
SOFTMAXES = (
    "np.exp({z} - {z}.max()) / np.exp({z} - {z}.max()).sum()",
    "np.exp({z} - np.logaddexp.reduce({z}))",
    "(lambda e: e / np.sum(e))(np.exp({z} - max({z})))",
    "np.array([1 / np.exp({z} - v).sum() if np.all({z} - v < 700) else 0.0 for v in {z}])",
)
LOSSES = (
    "-np.sum(y * np.log(p))",
    "-np.log(p[np.argmax(y)])",
    "np.sum(y * -np.log(p))",
    "-float(y @ np.log(p))",
    "-sum(np.log(q) for q, t in zip(p, y) if t)",
    "np.log(1 / p[list(y).index(1)])",
)
DELTA2 = (
    "p - y",
    "-(y - p)",
    "np.where(y == 1, p - 1, p)",
    "np.array([q - t for q, t in zip(p, y)])",
    "(np.diag(p) - np.outer(p, p)) @ np.divide(-y, p, where=p > 0, out=np.zeros(len(p)))",
)
OUTER = (
    "np.outer({d}, {a})",
    "{d}[:, None] * {a}",
    "{d}.reshape(-1, 1) @ np.asarray({a}).reshape(1, -1)",
    "np.einsum('j,i->ji', {d}, {a})",
    "np.outer({a}, {d}).T",
    "np.array([[u * v for v in {a}] for u in {d}])",
    "[[u * v for v in {a}] for u in {d}]",
)
BACK = (
    "W2.T @ delta2",
    "delta2 @ W2",
    "np.dot(delta2, W2)",
    "np.einsum('kj,k->j', W2, delta2)",
    "(W2 * delta2[:, None]).sum(axis=0)",
    "np.array([sum(W2[k, j] * delta2[k] for k in range(len(delta2))) for j in range(W2.shape[1])])",
)
SLOPES = (
    "({e}) * a1 * (1 - a1)",
    "(a1 - a1**2) * ({e})",
    "({e}) * np.exp(-np.abs(z1)) / (1 + np.exp(-np.abs(z1))) ** 2",
    "np.diag(a1 * (1 - a1)) @ ({e})",
    "({e}) / (2 + np.exp(z1) + np.exp(-z1))",
)
SIDE_SHOWS = (
    "",
    "print('z1', z1)",
    "import sys; print('careful', file=sys.stderr)",
    "import warnings; warnings.warn('careful')",
)
BRACKETS = (("(", ")"), ("[", "]"))


@st.composite
def rewritten(draw):
    """Draw sources of forward, loss, backward and train_step, all right."""

    def pick(options, **names):
        return draw(st.sampled_from(options)).format(**names)

    opened, closed = draw(st.sampled_from(BRACKETS))
    extra = draw(st.sampled_from(("", ", verbose=False", ", *, eps=1e-12")))
    forward = f"""\
def forward(x, W1, b1, W2, b2{extra}):
    z1 = {pick(LINEAR, W="W1", a="x", b="b1")}
    {draw(st.sampled_from(SIDE_SHOWS))}
    a1 = {pick(SIGMOIDS, z="z1")}
    z2 = {pick(LINEAR, W="W2", a="a1", b="b2")}
    p = {pick(SOFTMAXES, z="z2")}
    return {opened}z1, a1, z2, p{closed}
"""
    loss = f"def loss(p, y{extra}):\n    return {pick(LOSSES)}\n"
    backward = f"""\
def backward(x, y, W1, b1, W2, b2{extra}):
    z1, a1, z2, p = forward(x, W1, b1, W2, b2)
    delta2 = {pick(DELTA2)}
    delta1 = {pick(SLOPES, e=pick(BACK))}
    {draw(st.sampled_from(SIDE_SHOWS))}
    dW1 = {pick(OUTER, d="delta1", a="x")}
    dW2 = {pick(OUTER, d="delta2", a="a1")}
    return {opened}dW1, delta1, dW2, delta2{closed}
"""
    step = draw(
        st.sampled_from(
            (
                "[v - rate * np.asarray(g) for v, g in zip((W1, b1, W2, b2), gradients)]",
                "tuple(np.subtract(v, np.multiply(rate, g)) for v, g in "
                "zip((W1, b1, W2, b2), gradients))",
                "[(v - rate * np.asarray(g)).tolist() for v, g in "
                "zip((W1, b1, W2, b2), gradients)]",
            )
        )
    )
    train_step = f"""\
def train_step(x, y, W1, b1, W2, b2, rate=0.02):
    gradients = backward(x, y, W1, b1, W2, b2)
    return {step}
"""
    return {"forward": forward, "loss": loss, "backward": backward, "train_step": train_step}
