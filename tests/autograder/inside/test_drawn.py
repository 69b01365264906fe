"""Pictures that are drawn ahead look as they would, and only where nothing else was asked."""

import pytest

FRESH = "import numpy as np\nfrom course import network_picture, lines_picture\n"
NETWORK = "network_picture([np.ones(2), np.ones(1)], [np.ones((1, 2))], names=[['a', 'b'], ['c']])"
LINES = "lines_picture({'f': [1.0, 0.5, 0.1]}, title='a', xlabel='x', ylabel='y')"


@pytest.fixture(scope="module")
def pictures(fork_server):
    """What a fork that ran the two pictures tells of them."""
    with fork_server.forked_session() as host:
        event = host.ask({"op": "draw_ahead", "cells": [FRESH, NETWORK, LINES, "1 / 0"]})
    assert [len(entry) for entry in event["pictures"]] == [3, 3]
    return event["pictures"]


def shown(host, code):
    outputs, _ = host.run(FRESH + code)
    return outputs[0]["data"]


def test_they_look_as_when_drawn_anew(fork_server, pictures):
    for code in (NETWORK, LINES):
        with fork_server.forked_session() as fresh, fork_server.forked_session() as given:
            given.channel.send({"op": "drawn", "pictures": pictures})
            assert shown(fresh, code) == shown(given, code)


def test_they_are_given_and_not_drawn(host, pictures):
    marked = [[key, "<p>kept</p>", alt] for key, _, alt in pictures]
    host.channel.send({"op": "drawn", "pictures": marked})
    assert shown(host, NETWORK)["text/html"] == "<p>kept</p>"
    assert shown(host, NETWORK)["text/html"] == "<p>kept</p>"


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
    marked = [[key, "<p>kept</p>", alt] for key, _, alt in pictures]
    with fork_server.forked_session() as fresh, fork_server.forked_session() as given:
        given.channel.send({"op": "drawn", "pictures": marked})
        assert shown(given, code) == shown(fresh, code)
        assert shown(given, code)["text/html"] != "<p>kept</p>"


def test_their_errors_are_as_ever(host, pictures):
    host.channel.send({"op": "drawn", "pictures": pictures})
    outputs, _ = host.run(FRESH + "network_picture([np.ones(2)], [])")
    assert outputs[0]["output_type"] == "error"


def test_what_is_given_can_be_changed_by_its_arguments_owner(host, pictures):
    marked = [[key, "<p>kept</p>", alt] for key, _, alt in pictures]
    host.channel.send({"op": "drawn", "pictures": marked})
    code = "ones = {'f': [1.0, 0.5, 0.1]}\n"
    code += "made = lines_picture(ones, title='a', xlabel='x', ylabel='y')\nones.clear()\n"
    outputs, done = host.run(FRESH + code + "len(made.figure.axes[0].lines) > 0")
    assert outputs[0]["data"]["text/plain"] == "True"
