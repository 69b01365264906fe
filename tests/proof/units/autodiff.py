"""Unit 11: what its proof knows of its reference solutions."""

from hypothesis import strategies as st

_NAMES = ("data", "e", "other", "parents", "power", "t")

EQUIVALENT = {
    # sums and products of numbers commute, and so do the pairs of a list of parents
    **{
        f"{place}: operands swapped": number
        for place, number in (
            ("Value:18", 1), ("Value:25", 1), ("Value:28", 1), ("Value:42", 1), ("Value:45", 1),
            ("Value:48", 1), ("Value:54", 1), ("Value:60", 1), ("backward:17", 1),
            ("same_deltas:3", 2), ("same_deltas:4", 1), ("same_deltas:5", 2), ("same_deltas:7", 1),
        )
    },
    **{f"same_deltas:{line}: {what} 0 and 1 swapped": 1
       for line in (3, 5) for what in ("args", "elts")},
    # times −1 is divided by −1; a mask of more than nothing is one of max(0, z) too
    "Value:42: Mult to Div": 1,
    "Value:39: args 0 and 1 swapped": 1,
    # the grad to begin with is overwritten by `backward`
    "Value:11: 0.0 to 1.0": 1,
    # how a Value is printed, and log, which is given, are not asked for
    **{f"Value:14: self to {name}": 2 for name in _NAMES},
    **{f"Value:21: self to {name}": 3 for name in _NAMES},
    **{
        f"Value:21: {what}": 1
        for what in (
            "args 0 and 1 swapped", "elts 0 and 1 swapped", "operands swapped", "log to log2",
            "log to log1p", "Div to Mult", "Div to Sub", "1 to 2", "1 to -1", "1 to 0",
        )
    },
    # all that were seen are in the order, and the last of it is the value itself
    "backward:12: order to seen": 1,
    "backward:14: value to here": 1,
    # what was met before is finished by the time it comes up again
    "backward:8: seen to order": 1,
    # any number but 0 is true
    "backward:10: True to 2": 1,
    "backward:10: True to -1": 1,
}  # fmt: skip
"""Mechanical mutants that are the same function -> how many there are of each."""

AT_LEAST = 800
"""How many mutants change the result, at the least."""

COSTS = [
    ("wrong-sign", {"Value": 11, "backward": 4}),
    ("gradient-accumulated", {"backward": 3.5}),
    ("gradient-overwritten", {"backward": 2}),
]
"""Planted mistakes -> what is still earned of each task."""

REWRITINGS = 15
"""How many drawn rewritings of the unit's solutions are tried."""

DIVISIONS = (
    "return self * other**-1",
    "other = other if isinstance(other, Value) else Value(other)\n"
    "        return Value(self.data / other.data,"
    " [(self, 1 / other.data), (other, -self.data / other.data**2)])",
)
DIFFERENCES = (
    "return self + -other",
    "return self + other * -1",
    "other = other if isinstance(other, Value) else Value(other)\n"
    "        return Value(self.data - other.data, [(self, 1), (other, -1)])",
)
TANHS = (
    "t = np.tanh(self.data)\n        return Value(t, [(self, 1 - t**2)])",
    "return 2 * (1 + (self * -2).exp()) ** -1 - 1",
    "e = (2 * self).exp()\n        return (e - 1) / (e + 1)",
)
RELUS = (
    "return Value(max(self.data, 0.0), [(self, 1.0 if self.data > 0 else 0.0)])",
    "return self * float(self.data > 0)",
    "return Value(np.maximum(self.data, 0), [(self, np.heaviside(self.data, 0.5))])",
)
ORDERS = (
    # depth first, with a stack of iterators
    """\
    order, seen, path = [], {value}, [(value, iter(value.parents))]
    while path:
        here, rest = path[-1]
        for parent, _ in rest:
            if parent not in seen:
                seen.add(parent)
                path.append((parent, iter(parent.parents)))
                break
        else:
            order.append(here)
            path.pop()
""",
    # by counting how many children have yet to come
    """\
    children, waiting, met = {}, [value], {value}
    while waiting:
        here = waiting.pop()
        for parent, _ in here.parents:
            children[parent] = children.get(parent, 0) + 1
            if parent not in met:
                met.add(parent)
                waiting.append(parent)
    order, ready = [], [value]
    while ready:
        here = ready.pop()
        order.append(here)
        for parent, _ in here.parents:
            children[parent] -= 1
            if not children[parent]:
                ready.append(parent)
    order.reverse()
""",
)


@st.composite
def rewritten(draw):
    """Draw sources of the class, the way back and the deltas, all right."""
    from tests.proof.planting import solutions

    sources = solutions("autodiff")

    def pick(options):
        return draw(st.sampled_from(options))

    text = sources["Value"]
    for old, options in (
        ("return self * other**-1", DIVISIONS),
        ("return self + -other", DIFFERENCES),
        (TANHS[0], TANHS),
        (RELUS[0], RELUS),
    ):
        assert text.count(old) == 1, old
        text = text.replace(old, pick(options))
    way_back = f"""\
def backward(value):
{pick(ORDERS)}
    for here in order:
        here.grad = 0
    value.grad = 1
    for here in order[::-1]:
        for parent, slope in here.parents:
            parent.grad = parent.grad + slope * here.grad
"""
    sigmoid = pick(
        ("1 / (1 + (-z).exp())", "((z * 0.5).tanh() + 1) * 0.5", "(1 + (-z).exp()) ** -1")
    )
    deltas = sources["same_deltas"].replace("1 / (1 + (-z).exp())", sigmoid)
    return {"Value": text, "backward": way_back, "same_deltas": deltas}
