"""Unit 05: the numbers of the worked example that students compute by hand."""

STAGES = (
    "z1[2]", "a1[2]", "z2[1]", "p[1]", "loss", "delta2[1]",
    "dW2[1, 2]", "da1[2]", "sigma_prime[2]", "delta1[2]", "dW1[2, 1]", "new_loss",
)  # fmt: skip
"""Names follow NumPy: z1[2] belongs to the third hidden unit."""


def read_stages(answers, arguments):
    """Drive the answers, a dictionary: return its numbers in the order of STAGES."""
    return tuple(answers.get(name) for name in STAGES)
