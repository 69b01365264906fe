"""Where the zygote's process begins: makes this folder the package `inside`, and serves.

It is run as a script, with one argument: what to do, as JSON (see `zygote.serve`).
"""

import gc
import importlib.util
import json
import os
import sys
import traceback
from pathlib import Path


def _package(name, folder):
    """Import a folder as a package, without its neighbours becoming importable by it."""
    spec = importlib.util.spec_from_file_location(
        name, folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    sys.modules[name] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)


def _begin(options):
    # what is imported stays; `zygote.serve` leaves it out of every collection
    gc.disable()
    sys.path += options["sys_path"]
    # for a Python that a notebook may start, where the limits let it
    os.environ["PYTHONPATH"] = os.pathsep.join(options["sys_path"])
    _package("inside", Path(__file__).resolve().parent)
    importlib.import_module("inside.served").put_in_place()
    importlib.import_module("inside.preparing").prepare()
    importlib.import_module("inside.zygote").serve(options)


if __name__ == "__main__":
    try:
        _begin(json.loads(sys.argv[1]))
    except Exception:
        # sys.stderr is the shell's by now, and leads to the output of a cell
        traceback.print_exc(file=sys.__stderr__)
        sys.__stderr__.flush()
        os._exit(1)
