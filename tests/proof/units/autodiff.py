"""Unit 11: what its proof knows of its reference solutions."""

from hypothesis import strategies as st

EQUIVALENT = {}
"""Mechanical mutants that are the same function -> how many there are of each."""

AT_LEAST = 100
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
