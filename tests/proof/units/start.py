"""Unit 00: what its proof knows of its reference solution."""

from hypothesis import strategies as st

EQUIVALENT = {
    # addition of arrays commutes
    "affine:3: operands swapped": 1,
}
"""Mechanical mutants that are the same function -> how many there are of each."""

AT_LEAST = 8
"""How many mutants change the result, at the least."""

COSTS = [("bias-missing", {"affine": 0}), ("inputs-mutated", {"affine": 1})]
"""Planted mistakes -> what is still earned of each task."""

REWRITINGS = 40
"""How many drawn rewritings of the unit's solution are tried."""

PRODUCTS = (
    "W @ a",
    "np.dot(W, a)",
    "a @ W.T",
    "(W * a).sum(axis=1)",
    "np.einsum('ji,i->j', W, a)",
    "np.array([sum(w * v for w, v in zip(row, a)) for row in W])",
    "(W @ a[:, None])[:, 0]",
)
RETURNS = ("{z} + b", "b + {z}", "np.add({z}, b)", "list({z} + b)", "tuple({z} + b)")


@st.composite
def rewritten(draw):
    """Draw a source of affine, right."""
    product = draw(st.sampled_from(PRODUCTS))
    value = draw(st.sampled_from(RETURNS)).format(z=product)
    return {"affine": f"def affine(W, a, b):\n    z = {value}\n    return z\n"}
