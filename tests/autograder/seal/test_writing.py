"""What a sealed process can write: its own /tmp, and nothing that anybody else sees."""

import pytest

from autograder.seal import Limits, Sandbox, zygote_process
from tests.autograder.seal.conftest import ENTRY, ENTRY_FOLDER, Tried


@pytest.mark.parametrize(
    "path",
    [
        "/planted",
        "/seal/planted",
        "/seal/site/numpy/__init__.py",
        "/seal/site/course/__init__.py",
        "/seal/inside/zygote.py",
        "/etc/passwd",
        "/dev/planted",
        "/usr/planted",
    ],
)
def test_it_cannot_write_outside_its_own_folder(run, path):
    said = run(f"open({path!r}, 'w').write('x')")
    assert said["raised"] in ("OSError", "PermissionError")


@pytest.mark.parametrize(
    "code",
    [
        "import os; os.unlink('/seal/inside/zygote.py')",
        "import os; os.rename('/seal/inside', '/seal/outside')",
        "import os; os.chmod('/seal/inside/zygote.py', 0o777)",
        "import os; os.truncate('/seal/inside/zygote.py', 0)",
        "import os; os.symlink('/tmp', '/seal/link')",
        "import os; os.mknod('/tmp/device', 0o60666, 1)",
        "import os; os.mkfifo('/seal/fifo')",
    ],
)
def test_it_cannot_change_what_others_see(run, code):
    assert run(code)["raised"] in ("OSError", "PermissionError")


def test_it_can_write_where_it_works(run):
    code = """
        import os
        open("a.txt", "w").write("x" * 100)
        os.mkdir("b"); os.rename("a.txt", "b/c.txt")
        result = [os.getcwd(), os.path.getsize("b/c.txt")]
    """
    assert run(code) == {"result": ["/tmp/work", 100]}


def test_what_one_fork_writes_no_other_sees(run):
    assert run("open('/tmp/planted', 'w').write('x'); result = 1") == {"result": 1}
    assert run("import os; result = os.listdir('/tmp')") == {"result": ["work"]}


def test_a_fork_has_no_file_open_but_its_channel_and_fonts_of_its_own(run):
    code = """
        import os, stat
        result = []
        for number in range(3, 200):
            try:
                what = os.fstat(number)
            except OSError:
                continue
            if number != channel.fileno():
                same = any(
                    os.path.samestat(what, os.stat(os.path.join(folder, name)))
                    for top in ("/seal/site/matplotlib", "/usr/share/fonts")
                    for folder, _, names in os.walk(top)
                    for name in names
                )
                result.append([same, os.lseek(number, 0, os.SEEK_CUR)])
    """
    found = run(code)["result"]
    assert all(font and place == 0 for font, place in found)


def test_standard_streams_lead_nowhere(run):
    code = """
        import os
        os.write(1, b"out"); os.write(2, b"err")
        result = [os.read(0, 10) == b"", os.path.samestat(os.fstat(1), os.stat("/dev/null"))]
    """
    assert run(code) == {"result": [True, True]}


@pytest.mark.slow
def test_it_cannot_change_devices_even_where_they_are_its_own(bubblewrap_is_here, monkeypatch):
    """As root where no other id can be mapped: what it has open may stand on other mounts."""
    monkeypatch.setattr(zygote_process, "_NOBODIES", ())
    code = """
        import os, stat
        result = []
        for descriptor in range(100):
            try:
                mode = stat.S_IMODE(os.fstat(descriptor).st_mode)
                if not stat.S_ISSOCK(os.fstat(descriptor).st_mode):
                    os.fchmod(descriptor, mode)
                    result.append(descriptor)
            except OSError:
                pass
    """
    with Sandbox(Limits(), True, ENTRY, ENTRY_FOLDER) as sandbox, sandbox.fork() as fork:
        assert Tried(fork)(code) == {"result": []}
