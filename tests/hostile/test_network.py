"""An attacker who would call somebody: every family of sockets, and files that are sockets."""

from .small import FULL

CALLS = """
import socket, ctypes, os
reached = []
def attempt(family, kind, address, send=False):
    try:
        with socket.socket(family, kind) as made:
            made.settimeout(0.2)
            made.sendto(b'hello', address) if send else made.connect(address)
            reached.append(address)
    except OSError as error:
        print(type(error).__name__)
attempt(socket.AF_INET, socket.SOCK_STREAM, planted['tcp'])
attempt(socket.AF_INET, socket.SOCK_DGRAM, planted['udp'], True)
attempt(socket.AF_INET, socket.SOCK_DGRAM, ('192.0.2.1', 53), True)
attempt(socket.AF_UNIX, socket.SOCK_STREAM, planted['abstract'])
attempt(socket.AF_UNIX, socket.SOCK_STREAM, planted['path'])
attempt(socket.AF_UNIX, socket.SOCK_DGRAM, planted['datagram'], True)
attempt(socket.AF_NETLINK, socket.SOCK_RAW, (0, 0))
attempt(socket.AF_VSOCK, socket.SOCK_STREAM, (2, 1))
try:
    reached.append(socket.getaddrinfo('localhost', 80))
    socket.create_connection(planted['tcp'], 0.2)
    reached.append('connected')
except OSError as error:
    print('DNS', error)
try:
    one, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    one.sendto(b'hello', planted['datagram'])
    reached.append('by a pair')
except OSError as error:
    print('PAIR', error)
try:
    one, other = socket.socketpair()
    one.sendto(b'hello', planted['path'])
    reached.append('by a connected pair')
except OSError as error:
    print('PAIR', error)
# by number, past Python
libc = ctypes.CDLL(None, use_errno=True)
reached += [n for n in (41, 42, 43, 53, 425) if libc.syscall(n, 1, 2, 0, 0) >= 0]
reached = [one for one in reached if one != 53 and not isinstance(one, list)]
print('REACHED', reached)
"""


def test_nobody_is_called(attack, planted):
    came = attack(before=[planted.told + CALLS])
    assert came.points == FULL
    assert "REACHED []" in came.shown
