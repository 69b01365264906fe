"""An attacker who writes to the channel past the session: the host reads it as forged."""

import pytest

from .small import HALF, WRONG

RAW = (
    "channel = get_ipython().session._channel\nchannel.socket.setblocking(True)\n"
    "import os, struct, threading, time\n"
    "def send(header, size=None):\n"
    "    length = struct.pack('>I', len(header) if size is None else size)\n"
    "    channel.socket.sendall(length + header)\n"
)

ATTACKS = {
    "closes it": "channel.socket.close()",
    "closes all": "os.closerange(3, 1000)",
    "shuts it down": "channel.socket.shutdown(2)",
    "has it elsewhere": "for k in range(10, 30): os.dup2(channel.fileno(), k)\n"
    "os.write(15, b'\\xff' * 99)",
    "a length that lies": "send(b'{}', 2**32 - 1)",
    "a length that lies a little": 'send(b\'{"body":1,"arrays":[]}\', 21)',
    "no JSON": "send(b'\\x00\\xff' * 20)",
    "depth": "send(b'{\"arrays\":[],\"body\":' + b'[' * 400_000 + b']' * 400_000 + b'}')",
    "digits": "send(b'{\"arrays\":[],\"body\":' + b'9' * 900_000 + b'}')",
    "keys": 'send(b\'{"arrays":[],"body":{\' + b\'"a":1,\' * 100_000 + b\'"a":1}}\')',
    "arrays of the size of the world": 'send(b\'{"body":1,"arrays":["f8 549755813888"]}\')',
    "objects": 'send(b\'{"body":1,"arrays":["O 1"]}\' + bytes(8))',
    "a function": 'send(b\'{"body":{"$":"function","n":0,"name":"x"},"arrays":[]}\')',
    "a kind that is none": 'send(b\'{"body":{"$":"__class__"},"arrays":[]}\')',
    "out of turn": "channel.send({'event': 'called'})",
    "no name": "channel.send({'event': None})",
    "a host function": "channel.send({'event': 'call_host', 'n': 0, 'arguments': []})",
    "a name with colours": "channel.send({'event': '\\x1b[31m<script>alert(1)</script>'})",
    "descriptors": "import socket\n"
    "socket.send_fds(channel.socket, [b'\\0\\0\\0\\2{}'], [channel.fileno()] * 50)",
}

SLOW = {
    "a length and then nothing": "send(b'', 100)\nwhile True: time.sleep(1)",
    "a flood of checks": "while True: channel.send("
    "{'event': 'check', 'task': 'start.affine', 'slot': 1})",
    "a flood of outputs": "while True: channel.send({'event': 'output', 'output': "
    "{'output_type': 'stream', 'name': 'stdout', 'text': ''}})",
    "a thread beside the session": "def write():\n"
    "    while True: os.write(channel.fileno(), b'{')\n"
    "threading.Thread(target=write, daemon=True).start()\ntime.sleep(0.1)",
}


def holds(attack, code):
    came = attack(before=[RAW + code], affine=WRONG)
    assert came.points == HALF
    assert "\x1b" not in came.trouble
    return came


@pytest.mark.parametrize("code", ATTACKS.values(), ids=list(ATTACKS))
def test_what_is_written_to_the_channel_is_no_verdict(attack, code):
    holds(attack, code)


@pytest.mark.slow
@pytest.mark.parametrize("code", SLOW.values(), ids=list(SLOW))
def test_what_holds_the_channel_up_is_ended(attack, code):
    holds(attack, code)


def test_an_answer_out_of_step_spoils_the_attackers_own_cells_alone(attack):
    came = attack(before=[RAW + "channel.send({'event': 'done', 'ok': True})"], affine=WRONG)
    assert came.points["check_affine"] == 0
    assert came.points["check_sigmoid"] <= HALF["check_sigmoid"]
