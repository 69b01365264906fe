"""Unit 02: what its proof knows of its reference solutions."""

from hypothesis import strategies as st

EQUIVALENT = {
    # sums and products of numbers, and of arrays entry by entry, commute
    "forward:5: operands swapped": 3,
    "forward:7: operands swapped": 5,
    "output_delta:3: operands swapped": 1,
    "hidden_deltas:3: operands swapped": 2,
    "gradients:6: operands swapped": 1,
    "update:4: operands swapped": 2,
    # of two inputs, the last is the second
    "forward:5: 1 to -1": 2,
    # delta3 and w2 are multiplied with each other and with nothing in between
    "gradients:5: args 0 and 1 swapped": 1,
}
"""Mechanical mutants that are the same function -> how many there are of each."""

AT_LEAST = 200
"""How many mutants change the result, at the least."""

COSTS = [
    ("missing-activation-derivative", {"hidden_deltas": 0, "gradients": 2, "update": 4}),
    ("missing-output-derivative", {"output_delta": 0, "gradients": 2, "update": 4}),
    ("preactivation-for-activation", {"forward": 2, "gradients": 2, "update": 4}),
    ("inputs-mutated", {"gradients": 4, "update": 2}),
    ("updated-weights-first", {"update": 2}),
]
"""Planted mistakes -> what is still earned of each task: a mistake costs points once."""

REWRITINGS = 80
"""How many drawn rewritings of the unit's solutions are tried."""

Z2 = (
    "x @ w1",
    "w1.T @ x",
    "np.einsum('i,ij->j', x, w1)",
    "np.array([sum(w1[i, j] * x[i] for i in range(2)) for j in range(3)])",
    "(x[:, None] * w1).sum(axis=0)",
)
Z3 = ("a2 @ w2", "np.dot(w2, a2)", "sum(w * a for w, a in zip(w2, a2))", "(w2 * a2).sum()")
OUTPUT = ("(a3 - t) * g_prime(z3)", "g_prime(z3) * -(t - a3)", "a3 * g_prime(z3) - t * g_prime(z3)")
HIDDEN = (
    "delta3 * w2 * g_prime(z2)",
    "[delta3 * w * g_prime(z) for w, z in zip(w2, z2)]",
    "np.array([delta3 * w2[j] * g_prime(z2[j]) for j in range(3)])",
    "np.diag(g_prime(z2)) @ (w2 * delta3)",
)
DW1 = (
    "np.outer(x, delta2)",
    "x[:, None] * delta2",
    "[[xi * d for d in delta2] for xi in x]",
    "np.einsum('i,j->ij', x, delta2)",
    "np.outer(delta2, x).T",
)
STEPS = (
    "(w1 - rate * np.asarray(dw1), w2 - rate * np.asarray(dw2))",
    "[np.add(w, np.multiply(-rate, d)) for w, d in ((w1, dw1), (w2, dw2))]",
)


@st.composite
def rewritten(draw):
    """Draw sources of the five functions, all right."""

    def pick(options):
        return draw(st.sampled_from(options))

    return {
        "forward": f"""\
def forward(x, w1, w2, g):
    z2 = {pick(Z2)}
    a2 = {pick(("g(z2)", "np.array([g(z) for z in z2])"))}
    z3 = {pick(Z3)}
    return {pick(("z2, a2, z3, g(z3)", "[z2, a2, z3, g(z3)]"))}
""",
        "output_delta": f"def output_delta(a3, t, z3, g_prime):\n    return {pick(OUTPUT)}\n",
        "hidden_deltas": (
            f"def hidden_deltas(delta3, w2, z2, g_prime):\n    return {pick(HIDDEN)}\n"
        ),
        "gradients": f"""\
def gradients(x, t, w1, w2, g, g_prime):
    z2, a2, z3, a3 = forward(x, w1, w2, g)
    delta3 = output_delta(a3, t, z3, g_prime)
    delta2 = np.asarray(hidden_deltas(delta3, w2, z2, g_prime))
    dw1 = {pick(DW1)}
    return dw1, {pick(("delta3 * a2", "[delta3 * a for a in a2]"))}
""",
        "update": f"""\
def update(x, t, w1, w2, rate, g, g_prime):
    dw1, dw2 = gradients(x, t, w1, w2, g, g_prime)
    return {pick(STEPS)}
""",
    }
