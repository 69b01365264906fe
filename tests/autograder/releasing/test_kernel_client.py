"""A reply that has come is found, whether or not there was a sign of it."""

import asyncio
import time
from queue import Empty

import nbformat
import pytest
from nbclient import NotebookClient

from autograder.releasing.kernel_client import LOOKS_AGAIN, WatchedChannel, WatchfulKernelManager


class Signless:
    """A socket that is only found readable when it is looked at anew: no sign wakes who waits."""

    def __init__(self, readable_after):
        self.readable = time.monotonic() + readable_after

    async def poll(self, timeout_ms):
        await asyncio.sleep(60 if timeout_ms is None else timeout_ms / 1000)
        return time.monotonic() >= self.readable


class Channel(WatchedChannel):
    """A watched channel that returns a word for a message."""

    def __init__(self, socket):
        self.socket = socket

    async def _recv(self):
        return "message"


def get(readable_after, timeout):
    """Return what came, and the seconds it took."""
    channel = Channel(Signless(readable_after))
    started = time.monotonic()
    came = asyncio.run(channel.get_msg(timeout))
    return came, time.monotonic() - started


@pytest.mark.parametrize("timeout", [30, None])
def test_a_reply_without_a_sign_is_found_soon(timeout):
    came, seconds = get(0.1, timeout)
    assert came == "message"
    assert seconds < LOOKS_AGAIN + 2


def test_where_nothing_comes_the_time_is_up_in_time():
    started = time.monotonic()
    with pytest.raises(Empty):
        get(60, 0.2)
    assert 0.2 <= time.monotonic() - started < 2


@pytest.mark.slow
def test_a_notebook_runs_with_it(monkeypatch):
    cell = "import ipywidgets\nout = ipywidgets.Output()\nwith out:\n    print('shown')\nout"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for _ in range(3)])
    client = NotebookClient(notebook, timeout=60, kernel_manager_class=WatchfulKernelManager)
    heard = []

    def note(channel, timeout=None):
        heard.append(type(channel))
        return listen(channel, timeout)

    listen = WatchedChannel.get_msg
    monkeypatch.setattr(WatchedChannel, "get_msg", note)
    asyncio.run(client.async_execute())
    assert heard and set(heard) == {WatchedChannel}
    assert [cell.outputs[-1].output_type for cell in notebook.cells] == ["execute_result"] * 3
