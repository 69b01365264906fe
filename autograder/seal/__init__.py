"""The host's side of the seal: student code runs in a process that can reach nothing."""

from autograder.seal.limits import Limits
from autograder.seal.sandbox import Fork, Sandbox
from autograder.seal.seal_error import SealError

__all__ = ["Fork", "Limits", "Sandbox", "SealError"]
