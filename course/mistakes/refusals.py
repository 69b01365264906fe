"""What NumPy says where shapes do not fit together, read back as the shapes."""

import re


def sizes_that_differ(text):
    """Return the two sizes that a matrix product refused, in the order named, or None."""
    found = re.search(r"matmul.*\(size (\d+) is different from (\d+)\)", text)
    return found and (int(found[1]), int(found[2]))


def shapes_that_met(text):
    """Return the two shapes that could not be broadcast together, in their order, or None."""
    found = re.search(r"broadcast together with shapes \(([\d, ]*)\) \(([\d, ]*)\)", text)
    return found and tuple(tuple(map(int, re.findall(r"\d+", g))) for g in found.groups())
