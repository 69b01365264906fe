"""A sealed process can talk to nobody: no planted socket ever hears of it."""

import socket

import pytest


@pytest.fixture
def listening():
    """Make a socket that listens on the host, and tell afterwards whether anybody came."""
    made = []

    def listening(family, kind, address):
        server = socket.socket(family, kind)
        made.append(server)
        server.bind(address)
        if kind == socket.SOCK_STREAM:
            server.listen()
        server.setblocking(False)
        return server

    yield listening
    for server in made:
        server.close()


def heard(server):
    try:
        if server.type == socket.SOCK_STREAM:
            server.accept()[0].close()
        else:
            server.recv(10)
    except BlockingIOError:
        return False
    return True


RAW = """
    import ctypes, struct
    libc = ctypes.CDLL(None, use_errno=True)
    result = [libc.socket(family, 1, 0) for family in range(1, 45)]
"""


def test_no_socket_of_any_family_can_be_made(run):
    assert run(RAW) == {"result": [-1] * 44}


def test_a_listening_port_is_not_reached(run, listening):
    server = listening(socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 0))
    address = server.getsockname()
    code = f"import socket; socket.create_connection({address!r}, timeout=2)"
    assert run(code)["raised"] == "PermissionError"
    assert not heard(server)


def test_udp_is_not_sent(run, listening):
    server = listening(socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", 0))
    address = server.getsockname()
    code = f"""
        import socket
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", {address!r})
    """
    assert run(code)["raised"] == "PermissionError"
    assert not heard(server)


@pytest.mark.parametrize("abstract", [False, True])
def test_a_unix_socket_is_not_reached(run, listening, tmp_path, abstract):
    address = "\0planted-for-the-seal" if abstract else str(tmp_path / "socket")
    server = listening(socket.AF_UNIX, socket.SOCK_STREAM, address)
    code = f"import socket; socket.socket(socket.AF_UNIX).connect({address!r})"
    assert run(code)["raised"] == "PermissionError"
    # a pair is allowed, for Python's event loops; its ends cannot be turned elsewhere
    code = f"import socket; socket.socketpair()[0].connect({address!r})"
    assert run(code)["raised"] == "PermissionError"
    datagram = f"""
        import socket
        socket.socketpair(type=socket.SOCK_DGRAM)[0].sendto(b"x", {address!r})
    """
    assert run(datagram)["raised"] == "PermissionError"
    assert not heard(server)


def test_names_are_not_looked_up(run):
    assert run("import socket; socket.getaddrinfo('localhost', 80)")["raised"] in (
        "gaierror",
        "PermissionError",
    )


def test_a_pair_and_an_event_loop_work(run):
    code = """
        import asyncio
        async def main():
            return await asyncio.get_running_loop().run_in_executor(None, lambda: 7)
        result = asyncio.run(main())
    """
    assert run(code) == {"result": 7}
