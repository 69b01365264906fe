"""Gradings that are forked from a process which has imported all, to be killed at any moment.

Says when it is ready. Then reads the root of a course from each line of standard input, and
answers with the process that grades it, "child 123"; a second line says how that process ended,
"ended 0".
"""

import os
import sys
import traceback
from concurrent.futures import ThreadPoolExecutor

from autograder.course_folder import Course
from autograder.run.grade_class import grade_class
from tests.autograder.run.standin import ASSIGNMENT, grade


def run(root):
    executor = ThreadPoolExecutor(2)
    executor.workers = 2
    list(grade_class(Course(root), ASSIGNMENT, executor=executor, grade=grade))


def main():
    print("ready", flush=True)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                run(line.strip())
                os._exit(0)
            except BaseException:
                traceback.print_exc()
                os._exit(1)
        print("child", child, flush=True)
        _, status = os.waitpid(child, 0)
        print("ended", os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main()
