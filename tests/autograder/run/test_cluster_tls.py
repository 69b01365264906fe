"""A cluster that speaks TLS, and one sentence for each way in which the two sides do not meet."""

import gc
import os
import subprocess
import sys
import time
import warnings

import pytest
import yaml

from autograder.__main__ import main
from autograder.course_error import CourseError
from autograder.course_folder import Course
from autograder.report.class_results import read_results
from autograder.run.dask_client import open_client

from .dask_cluster import cluster_in, configured_by, encrypted_home
from .standin import ASSIGNMENT, ROOT

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def places(tmp_path_factory):
    """A folder with three homes: a cluster's, one with another certificate, one with none."""
    folder = tmp_path_factory.mktemp("tls")
    encrypted_home(folder / "ours")
    encrypted_home(folder / "foreign")
    (folder / "bare").mkdir()
    return folder


@pytest.fixture(scope="module")
def encrypted(places):
    """A cluster whose scheduler speaks TLS, and has no worker yet."""
    with cluster_in(places / "encrypted", places / "ours") as cluster:
        yield cluster


@pytest.fixture(scope="module")
def plain(places):
    """A cluster whose scheduler speaks no TLS."""
    with cluster_in(places / "plain") as cluster:
        yield cluster


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    root = tmp_path_factory.mktemp("class") / "class"
    assert main(["example-class", ASSIGNMENT, "--students", "2", "--course-root", str(root)]) == 0
    return root


def grade(course, address, home, **more):
    """Run `autograder grade` with a home; return (exit code, stderr, seconds)."""
    variables = {"PATH": os.environ["PATH"], "HOME": str(home), "PYTHONPATH": str(ROOT), **more}
    words = [sys.executable, "-m", "autograder", "grade", ASSIGNMENT, "--scheduler", address]
    began = time.monotonic()
    ran = subprocess.run(
        [*words, "--course-root", course], env=variables, cwd=ROOT, capture_output=True, text=True
    )
    return ran.returncode, ran.stderr, time.monotonic() - began


def from_variables(home):
    """Return the environment variables that say of a client what a home's file says."""
    tls = yaml.safe_load((home / ".config/dask/grading.yaml").read_text())["distributed"]["comm"]
    named = {"CA_FILE": tls["tls"]["ca-file"]}
    named |= {f"CLIENT__{key.upper()}": value for key, value in tls["tls"]["client"].items()}
    return {f"DASK_DISTRIBUTED__COMM__TLS__{name}": value for name, value in named.items()}


@pytest.mark.nbgrader
def test_a_class_is_graded_by_workers_that_speak_tls(encrypted, course, places):
    assert encrypted.address.startswith("tls://")
    worker = encrypted.add_worker()
    assert worker.startswith("tls://")
    variables = from_variables(places / "ours")
    assert grade(course, encrypted.address, places / "bare", **variables)[0] == 0
    encrypted.kill(worker)
    points = [result.points for result in read_results(Course(course), ASSIGNMENT)]
    assert len(points) == 2 and None not in points


@pytest.mark.parametrize(
    ("configuration", "says"),
    [
        ("", "Dask's configuration names no certificates for a client"),
        ("distributed: [", "Dask's configuration cannot be read"),
        ("distributed: {comm: {tls: {min-version: 1}}}", "Dask's configuration cannot be read"),
    ],
)
def test_the_command_ends_at_once_with_one_sentence(course, tmp_path, configuration, says):
    (tmp_path / ".config/dask").mkdir(parents=True)
    (tmp_path / ".config/dask/ours.yaml").write_text(configuration)
    code, said, seconds = grade(course, "tls://127.0.0.1:9", tmp_path)
    assert code == 2
    assert says in said and said.count("\n") == 1 and said.startswith("autograder: ")
    assert seconds < 15  # a client of Dask's that could not start takes a minute more


@pytest.fixture
def refused(places):
    """A function that returns why there is no client of an address, as a home has it.

    more : what the home's configuration has otherwise, by its names in distributed.comm.
    """

    def refused(address, home, **more):
        with configured_by(places / home, **more), warnings.catch_warnings():
            # tornado leaves the socket to be collected where the other side spoke first
            warnings.simplefilter("ignore", ResourceWarning)
            try:
                return open_client(address, 5)
            except CourseError as error:
                return str(error)
            finally:
                gc.collect()

    return refused


PLAINLY = {"require-encryption": False}


def test_certificates_that_do_not_fit_are_said_not_to(encrypted, places, refused):
    foreign = places / "foreign/.config/dask"
    assert f"but {foreign / 'grading.crt'} does not vouch for its" in refused(
        encrypted.address, "foreign"
    )
    client = {"cert": str(foreign / "grading.crt"), "key": str(foreign / "grading.key")}
    assert f"does not take the certificate {foreign / 'grading.crt'} (" in refused(
        encrypted.address, "ours", **{"tls.client": client}
    )


@pytest.mark.parametrize("key", ["/nowhere.key", __file__, "-----BEGIN\nsecret\n"])
def test_certificates_that_cannot_be_read_are_named(encrypted, places, refused, key):
    said = refused(encrypted.address, "ours", **{"tls.client.key": key})
    named = "one in place" if "\n" in key else key
    assert f"dask/grading.crt, {named}, cannot be used (" in said
    assert "secret" not in said


def test_a_scheduler_that_speaks_no_tls_is_said_to_speak_none(plain, refused):
    tls = plain.address.replace("tcp:", "tls:")
    said = refused(tls, "ours")
    assert said.endswith("does not speak TLS: start it with certificates, see docs/cluster.md.")
    said = refused(tls, "ours", **PLAINLY)
    assert said.endswith(f"or name it as {plain.address} in a network of its own.")


@pytest.mark.parametrize("home", ["ours", "bare"])
def test_a_scheduler_that_speaks_tls_is_said_to_speak_it(encrypted, refused, home):
    tcp = encrypted.address.replace("tls:", "tcp:")
    assert f"hung up at once, as a scheduler does that speaks TLS: name it as it says itself, " \
        f"maybe {encrypted.address};" in refused(tcp, home, **PLAINLY)  # fmt: skip


@pytest.mark.parametrize("scheme", ["tcp://", ""])
def test_what_is_to_be_encrypted_is_not_sent_plainly(plain, refused, scheme):
    place = plain.address.removeprefix("tcp://")
    said = refused(scheme + place, "ours")
    assert "requires encryption (distributed.comm.require-encryption)" in said
    assert said.endswith(f": name it as tls://{place}.")
