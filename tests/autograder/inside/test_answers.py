"""Answers held and called over the channel say what they say in one process."""

import threading

import numpy as np
import pytest

from course.tasks import all_tasks, find_task
from course.trying import Ask, LocalAnswer

from .answering import ANSWERS, NEURON, call, cases_of, held, with_the_one


def same(one, other):
    if isinstance(one, np.ndarray) or isinstance(other, np.ndarray):
        return (
            type(one) is type(other)
            and one.dtype == other.dtype
            and np.array_equal(one, other, equal_nan=one.dtype.kind in "fc")
        )
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    return one == other


@pytest.mark.slow
@pytest.mark.parametrize("kind", sorted(set(ANSWERS) - {"displays"}))
def test_facts_are_those_of_one_process(host, kind):
    task = find_task(NEURON)
    code = "import numpy as np\n" + ANSWERS[kind]
    assert host.run(code)[1]["ok"]
    names = {}
    exec(compile(code, "<ipython-input-1-x>", "exec"), names)
    local = LocalAnswer(task.asked, (names["forward"],))
    slot = held(["forward"])
    for number, case in enumerate(cases_of(task, 1 if kind == "endless" else 3)):
        watch = number == 0
        there = call(host, task, slot, case.arguments, watch=watch, keep=number)
        assert there["event"] == "called"
        (here,) = local.calls([Ask(case.arguments, watch=watch, keep=number)])
        here = vars(here).copy()
        if kind == "raises":
            # the line stands in the cache of the shell alone
            here["trouble"] = here["trouble"].replace(" raised", " raised", 1)
            there["trouble"] = there["trouble"].replace(" at `return W1 @ x.reshape(1, -1)`", "", 1)
        for name in here:
            assert same(there[name], here[name]), (name, there[name], here[name])
    now = host.ask({"op": "changed_later", **slot})
    assert now["are"] == {n: sorted(parts) for n, parts in local.changed_later().items() if parts}


def test_several_are_called_in_turn_as_far_as_there_is_time(host):
    task = find_task("two_layer.loss")
    host.run("seen = []\ndef loss(p, y):\n    seen.append(p)\n    return p")
    slot = held(["loss"])
    asks = [{"arguments": {"p": float(n), "y": 0.0}} for n in range(5)]
    op = {"op": "calls", **slot, "asked": task.asked.as_data(), "asks": asks}
    assert [float(one["parts"][0]) for one in host.ask(op | {"seconds": 9.0})["are"]] == [
        0.0, 1.0, 2.0, 3.0, 4.0
    ]  # fmt: skip
    assert len(host.ask(op | {"seconds": 0.0})["are"]) == 1
    (shown,), _ = host.run("len(seen)")
    assert shown["data"]["text/plain"] == "6"


def test_an_interrupt_does_not_take_what_was_done_before_it(host):
    task = find_task("two_layer.loss")
    stubborn = "while p == 2:\n        try:\n            time.sleep(9)\n        except: pass"
    host.run(f"import time\ndef loss(p, y):\n    {stubborn}\n    return p")
    slot = held(["loss"])
    asks = [{"arguments": {"p": float(n), "y": 0.0}} for n in range(5)]
    op = {"op": "calls", **slot, "asked": task.asked.as_data(), "asks": asks, "seconds": 9.0}
    threading.Timer(0.3, host.interrupt).start()
    event = host.ask(op)
    assert event["event"] == "so_far"
    assert [float(one["parts"][0]) for one in event["are"]] == [0.0, 1.0]


def test_what_was_done_before_an_error_is_not_told_later(host):
    task = find_task("two_layer.loss")
    host.run("def loss(p, y):\n    if p:\n        raise KeyboardInterrupt\n    return p")
    slot = held(["loss"])
    asks = [{"arguments": {"p": float(n), "y": 0.0}} for n in range(3)]
    op = {"op": "calls", **slot, "asked": task.asked.as_data(), "asks": asks, "seconds": 9.0}
    assert host.ask(op)["event"] == "error"
    threading.Timer(0.3, host.interrupt).start()
    outputs, _ = host.run("while True:\n    pass", seconds=20)
    assert outputs[-1]["ename"] == "KeyboardInterrupt"


def test_where_a_call_raised_is_the_students_line(host):
    host.run("import numpy as np\n" + ANSWERS["raises"])
    slot = held(["forward"])
    task = find_task(NEURON)
    called = call(host, task, slot, cases_of(task)[0].arguments)
    assert " at `return W1 @ x.reshape(1, -1)`: " in called["trouble"]
    assert called["kept"] == "so far\n"


def test_unfit_answers_are_said_to_be(host):
    task = find_task(NEURON)
    host.run("forward = 3\ndef few(x):\n    return x")
    names = list(cases_of(task)[0].arguments)
    for expression, words in [("forward", "should be a function"), ("few", "yours takes 1 (x)")]:
        slot = held([expression])
        op = {"op": "calls", **slot, "asked": task.asked.as_data(), "names": names, "seconds": 9.0}
        (only,) = host.ask(op | {"asks": [{"arguments": {}}] * 2})["are"]
        assert only.keys() == {"unfit"}
        assert words in only["unfit"]


def test_names_that_are_not_there_are_an_error(host):
    task = find_task(NEURON)
    event = call(host, task, held(["nowhere"]), {})
    assert event["event"] == "error"
    assert event["output"]["ename"] == "NameError"
    event = call(host, task, held(["1 +"]), {})
    assert event["output"]["ename"] == "SyntaxError"


def test_a_slot_holds_what_was_put_there_last(host):
    task = find_task("two_layer.loss")
    host.run("def one(p, y):\n    return 1.0\ndef two(p, y):\n    return 2.0")
    for name, value in [("one", 1), ("two", 2), ("one", 1)]:
        assert float(call(host, task, held([name]), {"p": 0.0, "y": 0.0})["parts"][0]) == value
    assert call(host, task, {"slot": 8}, {"p": 0.0, "y": 0.0})["event"] == "error"
    assert host.run("1")[1]["ok"]


def test_the_last_calls_tell_what_changed_since(host):
    task = find_task("two_layer.loss")
    host.run(
        "import numpy as np\nout = np.zeros(())\ndef loss(p, y):\n    out[...] = p\n    return out"
    )
    asks = [{"arguments": {"p": float(n), "y": 0.0}, "keep": n} for n in range(3)]
    op = {"op": "calls", "asked": task.asked.as_data(), "asks": asks, **held(["loss"])}
    assert host.ask(op | {"seconds": 9.0, "last": True})["changed"] == {0: [0], 1: [0]}
    # not where others are to follow
    assert "changed" not in host.ask(op | {"seconds": 9.0, "last": False})
    assert "changed" not in host.ask(op | {"seconds": 0.0, "last": True})


def test_functions_of_the_host_are_called_on_its_side(host):
    task = find_task("two_layer.loss")
    host.run("def loss(g, a):\n    return g(a) + g(2 * a)")
    slot = held(["loss"])
    functions = []
    event = call(host, task, slot, {"g": np.sin, "a": 3.0}, functions=functions)
    asked = []
    while event["event"] == "call_host":
        asked.append(event["arguments"])
        value = functions[event["n"]](*event["arguments"])
        event = with_the_one(host.ask({"op": "value", "is": value}))
    assert asked == [[3.0], [6.0]]
    assert float(event["parts"][0]) == np.sin(3.0) + np.sin(6.0)


def test_what_the_host_raises_is_raised_and_what_cannot_be_sent_too(host):
    task = find_task("two_layer.loss")
    host.run("def loss(g, a):\n    return g(a)")
    slot = held(["loss"])
    functions = []
    call(host, task, slot, {"g": np.sin, "a": 3.0}, functions=functions)
    event = with_the_one(host.ask({"op": "raise", "type": "ValueError", "said": "not these"}))
    assert event["raised"] == "ValueError: not these"
    host.run("def loss(g, a):\n    return g(object())")
    slot = held(["loss"])
    event = call(host, task, slot, {"g": np.sin, "a": 3.0}, functions=functions)
    assert event["raised"].startswith("TypeError: sin cannot take this")


def test_a_stand_in_is_found_where_the_answer_leans(host):
    task = next(t for t in all_tasks().values() if t.leans_on and not t.objects)
    on = task.leans_on.name
    host.run(f"def {on}(*a):\n    return 'own'\ndef {task.name}(*a):\n    return {on}(7)")
    slot = held([task.name, on])
    arguments, functions = cases_of(task)[0].arguments, []
    event = call(host, task, slot, arguments, functions=functions, stand_ins={on: abs})
    assert event["event"] == "call_host"
    assert event["arguments"] == [7]
    assert host.ask({"op": "value", "is": 12})["event"] == "called"
    outputs, _ = host.run(f"{on}()")
    assert outputs[0]["data"]["text/plain"] == "'own'"
    event = call(host, task, slot, arguments, leaned_on=True)
    assert event["event"] == "called"


def test_what_a_call_shows_is_nobodys(host):
    host.run(ANSWERS["displays"])
    slot = held(["forward"])
    task = find_task(NEURON)
    assert call(host, task, slot, cases_of(task)[0].arguments)["event"] in ("called", "error")
    assert host.run("print('clean')")[0] == [
        {"output_type": "stream", "name": "stdout", "text": "clean\n"}
    ]
