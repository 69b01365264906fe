"""An attacker who would leave something behind, for the host or for whoever is graded next."""

import re

from . import small
from .small import FULL

WRITES = """
import os, pathlib, shutil
done = []
def attempt(act, *arguments):
    try:
        done.append((act.__name__, arguments, act(*arguments)))
    except OSError as error:
        pass
def write(path):
    with open(path, 'w') as file:
        file.write(planted['mark'])
for path in planted['files']:
    attempt(write, path)
    attempt(os.unlink, path)
    attempt(os.chmod, path, 0o777)
    attempt(os.truncate, path, 0)
for folder in (planted['open'], planted['folder'], '/', '/dev', '/dev/shm', '/etc', '/seal/inside',
               '/seal/site', '/seal/site/numpy', '/usr/lib', '/var/tmp', '/run'):
    attempt(write, f'{folder}/mark')
    attempt(os.mkdir, f'{folder}/mark.d')
    attempt(os.symlink, '/etc', f'{folder}/mark.l')
for path in ('/seal/inside/session.py', '/seal/site/numpy/__init__.py', '/dev/null', '/dev/zero'):
    attempt(os.chmod, path, 0o777)
    attempt(os.utime, path, (0, 0))
    attempt(os.rename, path, f'{path}.moved')
    attempt(os.unlink, path)
"""

SHADOWS = """
import os
for name in 'numpy course inside sitecustomize json matplotlibrc autograder usercustomize'.split():
    open(f'{name}.py', 'w').write('raise SystemExit')
os.makedirs('/tmp/matplotlib', exist_ok=True)
open('/tmp/matplotlib/matplotlibrc', 'w').write('backend: nothing')
open('/tmp/left-behind', 'w').write(planted['mark'])
"""

LOOKS = "import os\nprint('LEFT', [n for n in os.listdir('/tmp') + os.listdir('.') if 'left' in n])"

FULL_TMP = """
try:
    with open('/tmp/much', 'wb') as file:
        while True:
            file.write(bytes(2**20))
except OSError as error:
    print('STOPPED', error.errno)
try:
    for k in range(10**6):
        open(f'/tmp/{k}', 'w')
except OSError as error:
    print('STOPPED', error.errno)
"""

MARKS_DESCRIPTORS = """
import fcntl, os
def each(act):
    for descriptor in range(1000):
        try:
            if not os.path.sameopenfile(descriptor, get_ipython().session._channel.fileno()):
                yield descriptor, act(descriptor)
        except OSError as error:
            yield descriptor, error.errno
def mark(descriptor):
    fcntl.fcntl(descriptor, fcntl.F_SETFL, os.O_APPEND | os.O_NONBLOCK | os.O_ASYNC)
    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.lseek(descriptor, 7, os.SEEK_SET)
def look(descriptor):
    flags = fcntl.fcntl(descriptor, fcntl.F_GETFL)
    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return flags, os.lseek(descriptor, 0, os.SEEK_CUR)
"""
LOOKS_AT_DESCRIPTORS = MARKS_DESCRIPTORS + "print('SEEN', list(each(look)), 'END')"
MARKS_DESCRIPTORS += "print('MARKED', [d for d, failed in each(mark) if not failed])"


def test_nothing_is_written_outside_of_tmp(attack, planted):
    came = attack(before=[planted.told + WRITES + "print('DONE', done)"])
    assert came.points == FULL
    assert "DONE []" in came.shown


def test_what_is_written_to_tmp_is_gone_with_its_writer(attack, planted):
    came = attack(before=[planted.told + SHADOWS])
    # what they shadow is imported already, and the next student's folder is empty
    assert came.points == FULL
    assert "LEFT []" in small.grade(student="honest-3", after=[LOOKS]).shown


def test_files_beside_the_notebook_shadow_nothing_of_the_graders(attack):
    names = ("numpy", "course", "inside", "sitecustomize", "usercustomize", "json", "autograder")
    others = {f"{name}.py": b"raise SystemExit('shadowed')" for name in names}
    others |= {"matplotlibrc": b"backend: nothing", "inside/session.py": b"1/0"}
    others |= {"../out": b"x", "/etc/out": b"x", "a\0b": b"x", "deep/" * 100 + "x": b"x"}
    assert attack(others=others).points == FULL


def test_a_tmp_that_is_full_is_its_own_students(attack):
    came = attack(before=[FULL_TMP])
    assert came.points == FULL
    assert came.shown.count("STOPPED") == 2


def test_what_is_set_on_an_open_file_is_seen_by_nobody_else(attack):
    seen = small.grade(student="honest-3", after=[LOOKS_AT_DESCRIPTORS]).shown
    came = attack(before=[MARKS_DESCRIPTORS])
    assert came.points == FULL and "MARKED [0, 1, 2" in came.shown
    again = small.grade(student="honest-4", after=[LOOKS_AT_DESCRIPTORS]).shown
    assert re.search("SEEN .* END", again)[0] == re.search("SEEN .* END", seen)[0]
