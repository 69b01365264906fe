"""A client of Jupyter kernels that finds each reply soon after it has come.

nbclient tells a kernel what an Output widget has shown on the same socket on which it waits for a
cell's reply, and the sending may take away the sign that the reply is there: it was found when the
cell's time was up, or never where a cell may take as long as it likes (nbclient's issue 312).
"""

from math import inf
from queue import Empty
from time import monotonic

from jupyter_client import AsyncKernelManager
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.channels import AsyncZMQSocketChannel
from traitlets import Type

LOOKS_AGAIN = 0.5
"""Seconds after which a channel is looked at whether or not there was a sign."""


class WatchedChannel(AsyncZMQSocketChannel):
    """A channel that does not rely on being told that there is a message."""

    async def get_msg(self, timeout=None):
        """Return the next message; raises queue.Empty where none comes in time.

        timeout : seconds, or None for as long as it takes.
        """
        until = monotonic() + (inf if timeout is None else timeout)
        while True:
            try:
                return await super().get_msg(max(0.0, min(LOOKS_AGAIN, until - monotonic())))
            except Empty:
                if monotonic() >= until:
                    raise


class WatchfulClient(AsyncKernelClient):
    """A client whose replies are watched for."""

    shell_channel_class = Type(WatchedChannel)


class WatchfulKernelManager(AsyncKernelManager):
    """The manager of a kernel with such a client: nbclient's `kernel_manager_class`."""

    client_factory = Type(WatchfulClient)
