import time

import pytest

from autograder.similar.pieces import LONGEST, take_apart

BACKWARD = """\
def backward(x, y, W1, b1, W2, b2):
    z1, a1, z2, p = forward(x, W1, b1, W2, b2)
    delta2 = p - y
    dW2 = np.outer(delta2, a1)
    delta1 = (W2.T @ delta2) * a1 * (1 - a1)
    return np.outer(delta1, x), delta1, dW2, delta2
"""
DISGUISED = '''\
def backward(x: np.ndarray, y, W1, b1, W2, b2):
    """All mine."""
    # I thought of this
    in1, out1, in2, probs = forward(x, W1, b1, W2, b2)
    err  =  probs-y
    back: np.ndarray = out1 * (W2.T @ err) * (-out1 + 1 if 0 else (1 - out1))
    gW2 = np.outer(err,
                   out1)
    return np.outer(back, x), back, gW2, err
'''


def keys(text):
    return take_apart(text).keys


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("d = p - y + b", "error = probs - target + bias  # mine"),
        ("d = a * b + c", "d = c + a * b"),
        ("d = d - rate * g", "d -= step * g"),
        ("d: float = a * b", "d = a * b"),
        ("d = 1.0 * a - 0.37 * b", "d = 1 * a - 0.99 * b"),
        ("t = (a + b, c)", "t = [\n  a+b,\n  c,\n]"),
        ('def f(a):\n    """Doc."""\n    return a * b', "def f(z):\n    return z * w"),
        ("d = a * b - c\ne = a @ b @ c", "e = a @ b @ c\nd = a * b - c"),
        ("for i in range(n - 1):\n    s += i * i", "for k in range(m - 1):\n    t += k * k"),
    ],
)
def test_disguises_do_not_count(one, other):
    assert keys(one) == keys(other) != set()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("d = p - y - b", "d = p + y + b"),
        ("d = a @ b.T", "d = a @ b.S"),
        ("d = np.outer(a, b)", "d = np.inner(a, b)"),
        ("d = f(a, axis=0)", "d = f(a, dtype=0)"),
        ("d = a < b < c", "d = a < b <= c"),
        ("d = a - b * 2", "d = a - b * 3"),
    ],
)
def test_what_is_said_does(one, other):
    assert keys(one) != keys(other)


def test_a_copy_in_disguise_has_most_pieces():
    one, other = keys(BACKWARD), keys(DISGUISED)
    assert len(one & other) > 0.7 * len(one)


def test_names_that_the_notebook_gives_are_kept():
    texts = "a = forward(x, y)", "a = backward(x, y)"
    plain = [take_apart(text).keys for text in texts]
    kept = [take_apart(text, frozenset({"forward", "backward"})).keys for text in texts]
    assert plain[0] == plain[1]
    assert kept[0] != kept[1]


def test_pieces_stand_where_they_are():
    taken = take_apart("ß = 'é'; w = ü(日本, 1) * 2\n")
    shown = {taken.text[piece.start : piece.end] for piece in taken.found}
    assert shown == {"w = ü(日本, 1) * 2", "ü(日本, 1) * 2", "ü(日本, 1)"}
    for at, piece in enumerate(taken.found):
        assert piece.outer < at
        if piece.outer >= 0:
            outer = taken.found[piece.outer]
            assert outer.start <= piece.start <= piece.end <= outer.end


def test_a_line_that_is_no_python_costs_that_line_alone():
    broken = BACKWARD.replace("np.outer(delta2, a1)", "np.outer(delta2, a1")
    taken = take_apart(broken)
    assert taken.set_aside == 1
    assert len(taken.keys & keys(BACKWARD)) > 0.5 * len(keys(BACKWARD))
    # and the line itself is compared as tokens, whatever its names
    other = take_apart(broken.replace("delta2", "d").replace("dW2", "g"))
    assert taken.keys == other.keys


def test_prose_is_itself():
    texts = "I do not know how this goes", "We never learned any of these things"
    one, other = map(keys, texts)
    assert one and other and not one & other


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n" * 5000,
        "-" * LONGEST + "1",
        "(" * LONGEST,
        "[" * 90 + "]" * 90,
        "1+" * (LONGEST // 2),
        "a" + ".b" * (LONGEST // 2),
        "lambda: " * 4000 + "1",
        "x = 0x" + "f" * LONGEST,
        "x = " + "9" * LONGEST,
        "x = 1e999 - 1e999j",
        "\0\ud800 = '\\d'\r\rx = 1\r\n",
        "%timeit f(x)\n!rm -rf /\n?help",
        "def f(:\n" + "    x = (\n" * 50,
        "match x:\n    case [1, *_] if y:\n        z = a * b + c * d\n",
        "try:\n    x = a * b + c\nexcept* E as e:\n    raise\nfinally:\n    y = a * b + c\n",
        "async def f():\n    async with a(b, c, d) as e:\n        yield\n",
        "class A(B, metaclass=C):\n    x: int\n",
        "f'{a!r:>{b}} {c * d + e}'",
        "from __future__ import braces\nimport os, sys",
        "__import__('os').system('touch /tmp/pwned')",
    ],
)
def test_any_text_is_taken_apart_soon(text):
    began = time.perf_counter()
    taken = take_apart(text)
    assert time.perf_counter() - began < 5
    for piece in taken.found:
        assert 0 <= piece.start <= piece.end <= len(taken.text)


def test_nothing_is_run(tmp_path):
    left = tmp_path / "left"
    take_apart(f"open({str(left)!r}, 'w').close()\nx = [open({str(left)!r}, 'w') for _ in '1']")
    assert not left.exists()


def test_numbers_of_ones_own_are_kept_apart():
    taken = take_apart("a = 2 * b\nc = 0.69 - 17 * b")
    assert taken.values == {"0.69", "17"}
    assert taken.without({"0.69"}).values == {"17"}


def test_how_far_a_table_is_filled_in_is_no_way_of_writing():
    half, full = take_apart("s = {'a': 0.69, 'b': None}"), take_apart("s = {'a': 0.8, 'b': -17}")
    assert half.keys == full.keys == set()
    assert (half.values, full.values) == ({"0.69"}, {"0.8", "17"})
