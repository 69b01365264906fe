"""Answers to a task, and what calls them in a session."""

import zlib

import numpy as np

from course.called import Called

NEURON = "two_layer.forward"
NOTHING = vars(Called())

TAKES = "def forward(x, W1, b1, W2, b2):\n    "
ANSWERS = {
    "right": TAKES
    + """z1 = W1 @ x + b1
    a1 = 1 / (1 + np.exp(-z1))
    z2 = W2 @ a1 + b2
    e = np.exp(z2 - z2.max())
    return z1, a1, z2, e / e.sum()
""",
    "not written": TAKES + "raise NotImplementedError\n",
    "raises": TAKES + "print('so far')\n    return W1 @ x.reshape(1, -1)\n",
    "changes": TAKES + "x += 1\n    return [x, None, 'text', 3j]\n",
    "warns": TAKES + "np.seterr(all='warn')\n    return x / 0, x, x, x\n",
    "endless": TAKES + "while True:\n        pass\n",
    "prints": TAKES + "print('y' * 5000)\n    return None\n",
    "displays": TAKES + "get_ipython().run_cell('1')\n    return x, x, x, x\n",
}


def cases_of(task, count=3):
    rng = np.random.default_rng(zlib.crc32(task.id.encode()))
    return [task.draw(rng, kind) for kind in task.check_kinds][:count]


def held(expressions):
    """Return what says of a first call by which expressions its objects are found."""
    return {"slot": 7, "hold": expressions}


def call(host, task, slot, arguments, functions=None, **changes):
    """Have a held answer called once; return the event, with the Called's data in it."""
    op = {"op": "calls", **slot, "asked": task.asked.as_data(), "seconds": 0.0}
    slot.pop("hold", None)
    event = host.ask(op | {"asks": [{"arguments": arguments, **changes}]}, functions=functions)
    return with_the_one(event)


def with_the_one(event):
    """Return an event that tells of one call, with the facts of that call in it."""
    if event["event"] != "called":
        return event
    (told,) = event["are"]
    return event | NOTHING | told
