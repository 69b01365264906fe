"""Signal handlers as the interpreter itself sets them.

signal.signal and signal.getsignal make enums of what they return, which takes far longer than all
else that they do, and these are set around each call of a student's function.
"""

from _signal import getsignal as get_handler
from _signal import signal as set_handler

__all__ = ["get_handler", "set_handler"]
