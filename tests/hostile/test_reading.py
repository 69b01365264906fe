"""An attacker who would read what is the course's, or another student's, or the instructor's."""

from .small import FULL

READS = """
import os, glob
found = []
def look(path):
    try:
        found.append(open(path, 'rb').read())
    except OSError as error:
        print(path, error.errno)
"""

FILES = """
for path in planted['files']:
    look(path)
    look('/proc/1/root' + path)
    look('/proc/self/root' + path)
    look('../' * 20 + path)
    try:
        os.symlink(path, 'link'); look('link'); os.unlink('link')
    except OSError:
        pass
    try:
        os.link(path, 'hard'); look('hard')
    except OSError as error:
        print(error)
"""

ENVIRONMENT = """
paths = '''/proc/self/environ /proc/1/environ /proc/self/maps /proc/mounts /etc/shadow /dev/mem
/dev/kmsg /sys/kernel/notes /root/.ssh/id_rsa /run/docker.sock'''
for path in paths.split():
    look(path)
print(sorted(os.environ), sorted(os.listdir('/')), os.path.exists(planted['folder']))
"""

MODULES = """
import importlib, sys
names = '''course.tasks.two_layer course.tasks.start.truth course.judging course.trials
course.mistakes course.comparing course.diagnosis course.following course.demos.descent
autograder.solutions autograder.solutions.two_layer autograder.grading autograder.planted
autograder.verdict autograder.verdict.seeds nbgrader'''.split()
for name in names:
    sys.modules.pop(name, None)
    try:
        made = importlib.import_module(name)
        found.append((name, [n for n in dir(made) if n in ('truth', 'judge', 'grade', 'cases_of')]))
    except (ImportError, AttributeError, TypeError) as error:
        print(name, type(error).__name__)
print(found)
"""

MEMORY = """
import gc, sys, types
held = [o.__name__ for o in gc.get_objects() if type(o) is types.ModuleType]
words = 'solution', 'verdict', 'judg', 'mistake', 'truth', 'nbgrader', 'trials'
print('HELD', [name for name in held if any(word in name for word in words)])
"""


def test_files_of_the_host_are_not_there(attack, planted):
    came = attack(before=[planted.told + READS + FILES + "print('FOUND', len(found))"])
    assert came.points == FULL
    assert "FOUND 0" in came.shown


def test_nothing_of_the_environment_and_the_machine_is_seen(attack, planted, monkeypatch):
    monkeypatch.setenv("GRADER_TOKEN", planted.marker)
    came = attack(before=[planted.told + READS + ENVIRONMENT + "print('FOUND', len(found))"])
    assert came.points == FULL
    assert "FOUND 0" in came.shown and "GRADER_TOKEN" not in came.shown
    assert "'home'" not in came.shown and "'proc'" not in came.shown


def test_no_module_that_knows_the_answers_can_be_imported(attack, planted):
    came = attack(after=[planted.told + READS + MODULES])
    assert came.points == FULL
    assert came.cells[-1].outputs[-1].text.endswith("[]\n")


def test_nothing_of_the_judging_lies_in_memory(attack, planted):
    came = attack(after=[planted.told + READS + MEMORY])
    assert "HELD []" in came.shown
