"""A cluster's workers as an executor: who is given calls, when workers and schedulers come and go.

Workers are examined by a stand-in here, which starts no sandbox.
"""

import gc
import os
import socket
import sys
import threading
import time
from concurrent.futures import wait
from contextlib import suppress
from functools import partial

import pytest

from autograder.course_error import CourseError
from autograder.gradebook.digest import grader_version
from autograder.run import cluster as module
from autograder.run.cluster import ClusterExecutor, open_cluster
from autograder.seal.limits import Limits

from .dask_cluster import cluster_in


@pytest.fixture(autouse=True)
def no_client_is_left():
    """A Client that is collected while another one starts waits for it, and that one for it."""
    yield
    gc.collect()


def test_without_distributed_a_sentence_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(CourseError, match=r"'tcp://x:1', but `distributed` is not installed"):
        open_cluster("tcp://x:1", Limits(), True)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nowhere", "http://127.0.0.1:9", ""])
def test_where_no_scheduler_answers_a_sentence_says_so(monkeypatch, address):
    monkeypatch.setattr(module, "SECONDS", 1)
    with pytest.raises(CourseError, match=r"but none answers there .*start one with"):
        open_cluster(address, Limits(), True)


@pytest.mark.parametrize(
    ("sends", "why"), [(b"", "nothing came in 3 s"), (b"HTTP/1.1 400 Bad", "it is no scheduler")]
)
def test_what_listens_there_and_is_no_scheduler_is_said_to_be_none(monkeypatch, sends, why):
    monkeypatch.setattr(module, "SECONDS", 3)

    def answer():
        line, _ = server.accept()
        with line, suppress(OSError):
            line.sendall(sends)
            done.wait(30)

    done = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=answer)
        thread.start()
        port = server.getsockname()[1]
        try:
            with pytest.raises(CourseError, match=rf"but none answers there \({why}\)"):
                open_cluster(f"tcp://127.0.0.1:{port}", Limits(), True)
        finally:
            done.set()
            thread.join()


def examine(version, unfit):
    """Return what `examine_worker` does, of a worker whose folder's name says what it is."""
    here = os.getcwd()
    return version, "it has no sandbox" if here.endswith(unfit) else ""


def where():
    from distributed import get_worker

    return get_worker().address


@pytest.fixture
def cluster(tmp_path):
    with cluster_in(tmp_path / "cluster") as cluster:
        yield cluster


@pytest.fixture
def open_executor(cluster, monkeypatch):
    """A function that opens a ClusterExecutor which looks at its workers all the time."""
    from distributed import Client

    monkeypatch.setattr(module, "LOOK", 0.1)
    opened = []

    def open_executor(version=None, unfit="none", **settings):
        client = Client(cluster.address, set_as_default=False, **settings)
        opened.append(client)
        opened.append(ClusterExecutor(client, partial(examine, version or grader_version(), unfit)))
        return opened[-1]

    yield open_executor
    for one in reversed(opened):
        (one.close if hasattr(one, "close") else partial(one.shutdown, cancel_futures=True))()


def ran_on(executor, calls=6):
    return {executor.submit(where).result(30) for _ in range(calls)}


def wait_for(executor, workers):
    deadline = time.monotonic() + 60
    while executor.workers != workers:
        assert time.monotonic() < deadline
        time.sleep(0.05)


pytestmark = pytest.mark.slow


@pytest.mark.nightly
def test_a_worker_that_joins_later_is_examined_before_it_is_given_anything(cluster, open_executor):
    first = cluster.add_worker()
    executor = open_executor(unfit="worker-2")
    assert ran_on(executor) == {first}
    cluster.add_worker()  # in the folder worker-2
    third = cluster.add_worker()
    wait_for(executor, 2)
    calls = [executor.submit(time.sleep, 0.2) for _ in range(8)] + [executor.submit(where)]
    wait(calls, 30)
    assert calls[-1].result() in {first, third}
    assert ran_on(executor) <= {first, third}


def slowly(file):
    """Return who did it; the first time it takes for ever."""
    if not file.exists():
        file.touch()
        time.sleep(600)
    time.sleep(0.1)
    return where()


def test_calls_that_no_worker_is_left_for_are_run_on_the_next_one(cluster, open_executor, tmp_path):
    first = cluster.add_worker()
    executor = open_executor()
    calls = [executor.submit(slowly, tmp_path / "begun")] + [executor.submit(where) for _ in "ab"]
    deadline = time.monotonic() + 60
    while not (tmp_path / "begun").exists():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    cluster.kill(first)
    second = cluster.add_worker()
    while not all(call.done() for call in calls):
        assert time.monotonic() < deadline
        assert executor.workers == 1
        time.sleep(0.05)
    assert [call.result() for call in calls] == [second] * 3


@pytest.mark.nightly
def test_results_that_went_with_their_worker_are_made_again(cluster, open_executor):
    """A worker that is killed between a result and its way home."""
    first = cluster.add_worker()
    executor = open_executor()
    for _ in range(3):
        calls = [executor.submit(bytes, 20_000_000) for _ in range(4)]
        time.sleep(0.2)
        cluster.kill(first)
        first = cluster.add_worker()
        deadline = time.monotonic() + 60
        while not all(call.done() for call in calls):
            assert time.monotonic() < deadline
            assert executor.workers == 1
            time.sleep(0.05)
        assert {len(call.result()) for call in calls} == {20_000_000}


def test_where_no_worker_is_fit_it_says_why_of_each(cluster, open_executor, monkeypatch):
    cluster.add_worker()
    with pytest.raises(CourseError, match=r"can grade, .*tcp://\S+: it has no sandbox$"):
        open_executor(unfit="worker-1")
    with pytest.raises(CourseError, match="it runs another version of the project"):
        open_executor(version="another")


def test_a_scheduler_that_is_gone_is_said_to_be(cluster, open_executor):
    import dask

    cluster.add_worker()
    with dask.config.set({"distributed.comm.timeouts.connect": "1s"}):
        executor = open_executor(timeout=1)
        under_way = executor.submit(time.sleep, 60)
        cluster.kill(cluster.address)
        wait([under_way], 30)
        assert under_way.cancelled()
        with pytest.raises(CourseError, match="is gone; what was graded is kept"):
            wait_for(executor, 0)
        with pytest.raises(CourseError, match="is gone"):
            executor.submit(where)


def test_a_scheduler_without_workers_is_said_to_have_none(cluster, monkeypatch):
    monkeypatch.setattr(module, "SECONDS", 1)
    with pytest.raises(CourseError, match="has no workers: start some with `dask worker tcp:"):
        open_cluster(cluster.address, Limits(), True)
