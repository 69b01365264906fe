"""Many calls through an executor, a few at a time, each tried again where a worker broke down."""

from collections import deque
from concurrent.futures import FIRST_COMPLETED, wait
from dataclasses import dataclass

from autograder.course_error import CourseError

TRIES = 2
"""How often a call is tried whose worker died or broke down."""

LOOK = 0.1
"""Seconds between two looks at whether somebody asked to stop."""


@dataclass
class Call:
    """One call, and what came of it.

    function, arguments : picklable where the executor runs it in another process.
    about : whatever the caller wants to know it by; it stays here.
    value : what it returned; error : why it failed for good, an exception, or None.
    """

    function: object
    arguments: tuple
    about: object = None
    value: object = None
    error: BaseException | None = None
    tries: int = 0


def run_calls(executor, calls, stop):
    """Run calls and yield lists of those that came to an end, ever so often an empty one.

    executor : a concurrent.futures.Executor; how many calls it runs at once is read from its
    attribute `workers`. calls : an iterable of Call, read as it is needed; a None in it is
    passed over, for an iterable that wants to let its reader look up. stop : a Stop.

    A call that raises, or that the executor loses, is tried once more, and then has failed; a
    CourseError is not tried again. When somebody asks to stop, what runs is given up, what
    has come back is yielded, and that is the last. The same where the executor takes no more
    calls, or the iterable raises; that is raised after it.
    """
    source, again, under_way = iter(calls), deque(), {}
    exhausted = False
    try:
        while not stop.asked:
            # two for each worker, so that none waits while the results of others are seen to
            window = 2 * getattr(executor, "workers", 4) + 2
            while len(under_way) < window and not (exhausted and not again) and not stop.asked:
                call = again.popleft() if again else next(source, _END)
                if call is _END:
                    exhausted = True
                elif call is None:
                    yield []
                else:
                    call.tries += 1
                    under_way[executor.submit(call.function, *call.arguments)] = call
            if not under_way:
                return
            done, _ = wait(under_way, LOOK, FIRST_COMPLETED)
            ended = [_outcome(future, under_way.pop(future)) for future in done]
            again.extend(filter(_may_be_tried_again, ended))
            yield [call for call in ended if not _may_be_tried_again(call)]
    except Exception:
        yield _come_back(under_way)
        raise
    back = _come_back(under_way)
    executor.shutdown(cancel_futures=True)
    yield back


def _come_back(under_way):
    """Return the calls that have a value by now."""
    ended = [_outcome(future, call) for future, call in under_way.items() if future.done()]
    return [call for call in ended if call.error is None]


_END = object()


def _outcome(future, call):
    if future.cancelled():
        call.error = RuntimeError("it was cancelled")
    else:
        call.error = future.exception()
        call.value = None if call.error else future.result()
    return call


def _may_be_tried_again(call):
    return call.error and call.tries < TRIES and not isinstance(call.error, CourseError)


def in_words(error):
    """Return an error as a sentence begins it: its kind, and the first line of what it says."""
    said = str(error).strip().splitlines()
    return f"{type(error).__name__}: {said[0][:300]}" if said else repr(error)
