"""What a kernel says goes to the browser at once, in the lab that the course opens."""

from jupyter_server.serverapp import ServerApp
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyter_server.services.kernels.websocket import KernelWebsocketHandler

from course.lab import lab_arguments
from course.lab_connection import PromptConnection


def test_the_lab_is_opened_with_it(tmp_path):
    given = dict(one.split("=", 1) for one in lab_arguments(tmp_path) if "=" in one)
    name = given["--ServerApp.kernel_websocket_connection_class"]
    server = ServerApp(kernel_websocket_connection_class=name)
    assert server.kernel_websocket_connection_class is PromptConnection


def test_nothing_is_held_back_from_before_the_kernel_is_connected(monkeypatch):
    happened = []

    class Handler(KernelWebsocketHandler):
        def set_nodelay(self, value):
            happened.append(("nodelay", value))

    def connect(self):
        happened.append("connect")
        return "connected"

    monkeypatch.setattr(ZMQChannelsWebsocketConnection, "connect", connect)
    connection = PromptConnection.__new__(PromptConnection)
    connection.websocket_handler = Handler.__new__(Handler)
    assert connection.connect() == "connected"
    assert happened == [("nodelay", True), "connect"]
