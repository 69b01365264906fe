"""Pictures that are drawn ahead look as they would, and only where nothing else was asked."""

import pytest

FRESH = "import numpy as np\nfrom course import network_picture, lines_picture\n"
NETWORK = "network_picture([np.ones(2), np.ones(1)], [np.ones((1, 2))], names=[['a', 'b'], ['c']])"
LINES = "lines_picture({'f': [1.0, 0.5, 0.1]}, title='a', xlabel='x', ylabel='y')"


@pytest.fixture(scope="module")
def pictures(fork_server):
    """What a fork that ran the two pictures tells of them."""
    with fork_server.forked_session() as host:
        told = drawn(host, (0, 1))
    assert [len(entry) for entry in told] == [3, 3]
    return told


def drawn(host, share, cells=(FRESH, NETWORK, LINES, "1 / 0")):
    event = host.ask({"op": "draw_ahead", "cells": list(cells), "share": list(share)})
    return event["pictures"]


@pytest.fixture
def knowing(fork_server, pictures):
    """A host whose session knows the pictures, with another HTML than they have."""
    with fork_server.forked_session(marked(pictures)) as host:
        yield host


def marked(pictures):
    return [[key, "<p>kept</p>", alt] for key, _, alt in pictures]


def shown(host, code):
    outputs, _ = host.run(FRESH + code)
    return outputs[0]["data"]


def test_they_look_as_when_drawn_anew(fork_server, pictures):
    for code in (NETWORK, LINES):
        with fork_server.forked_session() as fresh, fork_server.forked_session(pictures) as given:
            assert shown(fresh, code) == shown(given, code)


def test_they_are_given_and_not_drawn(knowing):
    assert shown(knowing, NETWORK)["text/html"] == "<p>kept</p>"
    assert shown(knowing, NETWORK)["text/html"] == "<p>kept</p>"


def test_shares_of_them_are_all_of_them_once(fork_server, pictures):
    cells = FRESH, NETWORK, LINES, NETWORK, f"made = {LINES}\nlen(made.figure.axes)"
    shares = []
    for k in range(2):
        with fork_server.forked_session() as host:
            shares.append(drawn(host, (k, 2), cells))
    assert [*map(len, shares)] == [1, 1]
    assert sorted(shares[0] + shares[1]) == sorted(pictures)


@pytest.mark.parametrize(
    "code",
    [
        NETWORK.replace("np.ones(1)", "np.zeros(1)"),
        NETWORK.replace("np.ones(1)", "np.ones(1, np.float32)"),
        LINES.replace("1.0", "1"),
        LINES.replace("title='a'", "title='b'"),
        f"made = {NETWORK}\nmade.figure.axes[0].set_title('mine')\nmade",
        f"made = {NETWORK}\nmade.alt = 'other words'\nmade",
        f"import matplotlib\nmatplotlib.rcParams['font.size'] = 20\n{LINES}",
        f"np.set_printoptions(precision=1)\n{NETWORK}",
    ],
)
def test_what_differs_is_drawn(fork_server, pictures, code):
    known = marked(pictures)
    with fork_server.forked_session() as fresh, fork_server.forked_session(known) as given:
        assert shown(given, code) == shown(fresh, code)
        assert shown(given, code)["text/html"] != "<p>kept</p>"


def test_their_errors_are_as_ever(knowing):
    outputs, _ = knowing.run(FRESH + "network_picture([np.ones(2)], [])")
    assert outputs[0]["output_type"] == "error"


def test_what_is_given_can_be_changed_by_its_arguments_owner(knowing):
    code = "ones = {'f': [1.0, 0.5, 0.1]}\n"
    code += "made = lines_picture(ones, title='a', xlabel='x', ylabel='y')\nones.clear()\n"
    outputs, done = knowing.run(FRESH + code + "len(made.figure.axes[0].lines) > 0")
    assert outputs[0]["data"]["text/plain"] == "True"
