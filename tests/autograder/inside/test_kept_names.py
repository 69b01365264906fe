"""What modules hold is put back, whether or not the interpreter says who was written to."""

import builtins
import inspect
import json

import pytest

from autograder.inside import kept_names
from autograder.inside.kept_names import KeptNames


@pytest.fixture(params=[True, False], ids=["versions tell", "they do not"])
def kept(request, monkeypatch):
    if not request.param:
        monkeypatch.setattr(kept_names, "_versions_tell", lambda: False)
    return KeptNames()


def test_what_was_replaced_or_deleted_is_put_back_again_and_again(kept, monkeypatch):
    dumps, signature, length = json.dumps, inspect.signature, len
    for _ in range(2):
        monkeypatch.setattr(json, "dumps", None)
        monkeypatch.delattr(inspect, "signature")
        monkeypatch.delattr(builtins, "len")
        json.added = 1
        kept.put_back()
        assert (json.dumps, inspect.signature, len) == (dumps, signature, length)
        assert json.added == 1
        kept.put_back()
        del json.added


def test_the_versions_of_this_interpreter_tell():
    assert kept_names._versions_tell()


def test_what_nobody_wrote_to_is_not_looked_at(kept):
    class Untouched(dict):
        def items(self):
            raise AssertionError("it was looked at")

        keys = values = items

    kept.put_back()
    for module in kept._modules:
        module.before = Untouched(module.before) if module.version is not None else module.before
    kept.put_back()
