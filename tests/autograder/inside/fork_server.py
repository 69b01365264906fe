"""Forks of a warmed process for tests: each serves one conversation, as in the sandbox.

Run as a script with the file descriptor of a control socket. Every request on it hands over one
end of a channel, and is answered with the process id of the fork that serves it. It is JSON:
{"folder": where the fork works, "pictures": a file of pictures that it knows, or ""}.
"""

import importlib.util
import json
import os
import signal
import socket
import sys
from pathlib import Path

INSIDE = Path(__file__).parents[3] / "autograder" / "inside"


def package(name, folder):
    """Import a folder as a top-level package, as the sandbox does."""
    spec = importlib.util.spec_from_file_location(
        name, folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    sys.modules[name] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)


def main(control):
    package("inside", INSIDE)
    import inside.served

    inside.served.put_in_place()
    import inside.preparing
    import inside.session
    from inside.wire import Channel

    inside.preparing.prepare()
    import gc

    gc.collect()
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        request, handed, _, _ = socket.recv_fds(control, 4096, 1)
        if not request:
            return
        request = json.loads(request)
        pid = os.fork()
        if pid:
            os.close(handed[0])
            control.send(pid.to_bytes(4, "big"))
            continue
        control.close()
        if not os.environ.get("INSIDE_TRACES"):
            nothing = os.open(os.devnull, os.O_RDWR)
            for standard in range(3):
                os.dup2(nothing, standard)
        code = 70
        try:
            os.chdir(request["folder"])
            if request["pictures"]:
                inside.preparing.keep(json.loads(Path(request["pictures"]).read_text()))
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            inside.session.main(Channel(socket.socket(fileno=handed[0])))
            code = 0
        finally:
            if code and os.environ.get("INSIDE_TRACES"):
                sys.__excepthook__(*sys.exc_info())
            os._exit(code)


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])))
