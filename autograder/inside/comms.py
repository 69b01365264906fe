"""Widgets without a front end: their messages go nowhere, and their state lives in Python."""

import types

from comm.base_comm import BaseComm


class RoutedOutputs:
    """Whether what is shown at present goes into a widget and not into the cell.

    An ipywidgets `Output` says by a comm message that it takes what comes; `interact` uses one.
    """

    def __init__(self):
        self._taking = set()

    @property
    def away(self):
        return bool(self._taking)

    def reset(self):
        self._taking.clear()

    def told(self, comm_id, state):
        """Take note of the state that a widget sends to its front end."""
        if "msg_id" in state:
            (self._taking.add if state["msg_id"] else self._taking.discard)(comm_id)


class CommOfNobody(BaseComm):
    """One end of a comm whose other end does not exist."""

    # ipywidgets asks its comm's kernel for the cell that runs, to route outputs
    kernel = types.SimpleNamespace(get_parent=lambda: {"header": {"msg_id": "cell"}})

    def __init__(self, routed, *arguments, **named):
        self._routed, self._takes_outputs = routed, False
        super().__init__(*arguments, **named)

    def publish_msg(self, msg_type, data=None, metadata=None, buffers=None, **_):
        state = data.get("state") if isinstance(data, dict) else None
        if not isinstance(state, dict):
            return
        if msg_type == "comm_open":
            self._takes_outputs = state.get("_model_name") == "OutputModel"
        if self._takes_outputs:
            self._routed.told(self.comm_id, state)
