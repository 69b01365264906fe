"""Checks and progress in a cell are the host's: it is asked, and what it says is shown."""

import json

from autograder.inside.outlines import outlines_as_data
from course.score import SCORE_MIME, Finding, Score
from course.tasks import UNITS, all_tasks, find_task

from .answering import ANSWERS, NEURON, call, cases_of


def serving(host, task):
    """Return what answers a check: it calls once, and gives half of the points."""
    score = Score(task.id, [Finding(p.name, p.points / 2, p.points) for p in task.parts])
    told = {"op": "score", "data": score.as_data(), "html": "<p>table</p>", "text": "in words"}

    def check(event):
        assert event["task"] == task.id
        called = call(host, task, {"slot": event["slot"]}, cases_of(task)[0].arguments)
        assert called["event"] == "called"
        host.channel.send(told)

    return {"check": check}, score


def test_a_check_in_a_cell_is_the_hosts(host):
    task = find_task(NEURON)
    events, score = serving(host, task)
    code = "import numpy as np\nfrom course import check\n" + ANSWERS["right"]
    code += f"print('before')\nmade = check('{NEURON}', forward)\nprint(made)\nmade"
    outputs, done = host.run(code, events=events)
    assert done["ok"]
    assert outputs[0]["text"] == "before\nin words\n"
    data = json.loads(json.dumps(score.as_data()))
    looks = {"text/plain": repr(score), "text/html": "<p>table</p>"}
    assert outputs[1]["data"] == {**looks, SCORE_MIME: data}
    (shown,), _ = host.run("from course import Score\nisinstance(made, Score), float(made)")
    assert shown["data"]["text/plain"] == f"(True, {float(score)})"


def test_a_check_keeps_what_the_cell_captures(host):
    events, _ = serving(host, find_task(NEURON))
    code = "import io, contextlib, numpy as np\nfrom course import check\n" + ANSWERS["right"]
    code += "with contextlib.redirect_stdout(io.StringIO()) as held:\n    print('a')\n"
    code += f"    check('{NEURON}', forward)\n    print('b')\nheld.getvalue()"
    outputs, _ = host.run(code, events=events)
    assert outputs[0]["data"]["text/plain"] == r"'a\nb\n'"


def test_an_unknown_task_is_a_value_error(host):
    refuse = {"op": "raise", "type": "ValueError", "said": "Got the task id 'no', but"}
    events = {"check": lambda event: host.channel.send(refuse)}
    (error,), _ = host.run("from course import check\ncheck('no', len)", events=events)
    assert (error["ename"], error["evalue"]) == ("ValueError", "Got the task id 'no', but")


def test_progress_goes_by_outlines_and_checks(host):
    tasks = [task for task in all_tasks().values() if task.id.startswith("two_layer.")]
    told = outlines_as_data(all_tasks().values(), UNITS)
    checked = []

    def check(event):
        checked.append(event["task"])
        task = find_task(event["task"])
        score = Score(task.id, [Finding(p.name, p.points, p.points) for p in task.parts])
        html = score._repr_html_()
        host.channel.send(
            {"op": "score", "data": score.as_data(), "html": html, "text": str(score)}
        )

    def graded(event):
        score = Score("two_layer.backward", [Finding("dW1", 1, 10)])
        told = {"data": score.as_data(), "html": "", "text": str(score)}
        host.channel.send({"op": "graded", "scores": {score.task: told}})

    events = {"tasks": lambda event: host.channel.send(told), "check": check, "graded": graded}
    code = "from course import progress\nforward = loss = backward = len\nprint(progress())"
    outputs, done = host.run(code, events=events)
    assert done["ok"], outputs
    assert sorted(checked) == ["two_layer.forward", "two_layer.loss"]
    assert outputs[0]["text"].startswith("05_two_layer: ")
    assert outputs[0]["text"].count("to do") == len(tasks) - 3
    assert "partly     1 / 10  two_layer.backward" in outputs[0]["text"]


def test_no_truth_is_there_to_be_imported(host):
    code = "import course.tasks, course.checking\nfrom course.tasks import find_task\n"
    code += "[n for n in ('truth', 'score_on', 'judge') if hasattr(course.checking, n)]"
    outputs, _ = host.run(code)
    assert outputs[0]["data"]["text/plain"] == "[]"
    (error,), _ = host.run("import course.tasks.two_layer")
    assert error["ename"] == "ModuleNotFoundError"
