"""Unit 08: how a forward and its backward are driven together, whatever the cache holds."""

from course.arguments import changed, fresh
from course.driving.calling import call
from course.reading import UnreadableError, kind


def forward_alone(name):
    """Return a drive that calls a gate's forward and hands on its `out`; the cache is its own."""

    def drive(student, arguments):
        out, _ = _out_and_cache(name, call(student, arguments))
        return out

    return drive


def both_ways(name, takes):
    """Return a drive of (forward, backward): the backward on the cache that the forward made.

    name : the forward's; takes : names of its arguments. The backward is called as often as the
    argument `calls` says, each time on the same cache, and the last call counts.
    """

    def drive(students, arguments):
        forward, backward = students
        # a forward that spoils its arguments is spoken of in its own check
        given = fresh({name: arguments[name] for name in takes})
        cache = _cache(name, forward, backward, given)
        before, dout = fresh(given), fresh(arguments["dout"])
        came = backward(arguments["dout"], cache)
        for _ in range(arguments.get("calls", 1) - 1):
            came = backward(fresh(dout), cache)
        # what the backward edits through its cache, it edits in its caller's arrays
        arguments.update({name: given[name] for name in changed(given, before)})
        return came

    return drive


def _cache(name, forward, backward, given):
    try:
        came = call(forward, given)
    except NotImplementedError:
        # where neither is written, that is all there is to say
        if _unwritten(backward):
            raise
        raise UnreadableError(
            f"`{name}` is not written yet, and its cache is needed here."
        ) from None
    return _out_and_cache(name, came)[1]


def _unwritten(backward):
    try:
        backward(None, None)
    except NotImplementedError:
        return True
    except Exception:
        return False
    return False


def _out_and_cache(name, came):
    if isinstance(came, tuple | list) and len(came) == 2:
        return came
    raise UnreadableError(
        f"`{name}` returned {_what(came)}; expected (out, cache), two things separated by a comma."
    )


def whole_network(student, arguments):
    """Drive network_loss: return the loss, and the gradients of the weights and of the biases."""
    came = call(student, arguments)
    if not isinstance(came, tuple | list) or len(came) != 2:
        raise UnreadableError(
            f"`network_loss` returned {_what(came)}; expected (loss, gradients), a number and a "
            "dictionary."
        )
    loss, gradients = came
    if not isinstance(gradients, dict):
        return loss, gradients, gradients
    wanted = sorted(arguments["parameters"])
    strange = sorted(str(key) for key in gradients if key not in wanted)
    if strange:
        raise UnreadableError(
            f"The gradients have the key {strange[0]!r:.40}; expected those of the parameters, "
            f"{', '.join(map(repr, wanted))}: each gradient under the name of what it belongs to."
        )
    return loss, *split(gradients)


def split(gradients):
    """Return a dictionary of gradients as two, that of the weights and that of the biases."""
    return tuple(
        {key: gradients[key] for key in gradients if key.startswith(letter)} for letter in "wb"
    )


def _what(came):
    count = f" of {len(came)}" if isinstance(came, tuple | list) else ""
    return kind(came) + count
