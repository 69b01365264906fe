"""What an ordinary user's grading makes of attackers and honest students, as JSON on one line.

Started by test_ordinary_user, with what is planted on standard input.
"""

import json
import os
import sys

from .small import grade
from .test_network import CALLS
from .test_processes import SIGNALS
from .test_reading import ENVIRONMENT, FILES, READS
from .test_writing import WRITES

FOUND = "print('FOUND', len(found))\n"
DONE = "print('DONE', done)\n"


def main():
    told = sys.stdin.read()
    attacks = {
        "honest": "",
        "reader": told + READS + FILES + ENVIRONMENT + FOUND,
        "writer": told + WRITES + DONE,
        "caller": told + CALLS,
        "signaller": f"planted_pid = {os.getpid()}\n{SIGNALS}",
        "leaver": "import os\nos._exit(0)",
        "looper": "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass",
        "hog": "kept = []\nwhile True: kept.append(bytearray(50_000_000))",
        "threads": "import threading\nwhile True:\n"
        "    threading.Thread(target=threading.Event().wait, daemon=True).start()",
        "honest-2": "",
    }
    came = {name: grade(before=[cell] if cell else []) for name, cell in attacks.items()}
    said = {name: [one.points, one.shown, one.trouble] for name, one in came.items()}
    print(json.dumps({"user": os.geteuid(), "came": said}))


if __name__ == "__main__":
    main()
