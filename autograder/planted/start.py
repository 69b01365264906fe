"""The mistakes of unit 00, as edits of its reference solution; ids as in the hints' table."""

from autograder.planted import Edit

_RETURN = "return W @ a + b"


def _in_affine(new):
    return (Edit("affine", _RETURN, new),)


MISTAKES = {
    "bias-missing": _in_affine("return W @ a"),
    "elementwise-for-product": _in_affine("return W * a + b"),
    "column-broadcast": _in_affine("return W @ a + b.reshape(-1, 1)"),
    "inputs-mutated": _in_affine("b += W @ a\n    return b"),
    "integer-arithmetic": _in_affine("z = np.zeros_like(b)\n    z[:] = W @ a + b\n    return z"),
}
