"""How JupyterLab passes on what a kernel says: each message at once, as the sliders need it."""

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection


class PromptConnection(ZMQChannelsWebsocketConnection):
    """A kernel's connection to the browser that holds no message back.

    Without it TCP waits with a second short message until the first is acknowledged (Nagle's
    algorithm, RFC 896), which the browser's side puts off for 40 ms or more (RFC 1122, 4.2.3.2).
    Each move of a demo is answered by such a second message: the first says that the kernel is
    busy.
    """

    def connect(self):
        """Connect to the kernel, as jupyter_server does."""
        self.websocket_handler.set_nodelay(True)
        return super().connect()
