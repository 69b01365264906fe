"""Demos in a notebook that is graded: nothing moves, nothing is called, one sentence is shown."""

import pytest

from course import _LATER

DEMOS = sorted(name for name, module in _LATER.items() if module == "course.demos")
CALL = """
def never(*arguments, **named):
    raise AssertionError("a demo called this")
"""


@pytest.mark.parametrize("name", DEMOS)
def test_a_demo_takes_anything_and_says_one_sentence(host, name):
    host.run(f"from course import {name}" + CALL)
    ways = [f"{name}(never, [1], gradients=never)", f"{name}.two_layer(1, forward=never)"]
    for way in [*ways, f"{name}().figure()", f"view = {name}(); view.rate = 3; view.step(); view"]:
        outputs, done = host.run(way)
        said = f"{name}: a demo that moves in JupyterLab; it is not drawn in a graded notebook."
        assert done["ok"], outputs
        assert [output["data"] for output in outputs] == [{"text/plain": said}]


def test_there_are_demos():
    assert {"NetworkView", "WeightUpdate", "DecisionBoundary"} <= set(DEMOS)


def test_demos_are_found_where_the_course_keeps_them(host):
    outputs, done = host.run(
        "import course\nfrom course.demos import Description, NetworkView\n"
        "NetworkView is course.NetworkView, NetworkView.__doc__ is not None, "
        "isinstance(NetworkView(Description(1)), NetworkView)"
    )
    assert outputs[0]["data"]["text/plain"] == "(True, True, True)"


def test_a_demo_that_does_not_exist_is_an_error(host):
    outputs, done = host.run("from course.demos import NetworkVeiw")
    assert outputs[0]["ename"] == "ImportError"
    assert not done["ok"]


def test_a_demo_can_be_copied_pickled_and_looked_at(host):
    code = "import copy, pickle\nfrom course import WeightUpdate\nview = WeightUpdate(1)\n"
    code += "type(copy.deepcopy(view)) is type(pickle.loads(pickle.dumps(view))), "
    code += "bool(view), hasattr(view, '_repr_html_'), dir(view) != []"
    outputs, done = host.run(code)
    assert done["ok"], outputs
    assert outputs[0]["data"]["text/plain"] == "(True, True, False, True)"


def test_a_score_shown_inside_has_no_hints(host):
    code = "from course import Finding, Score\n"
    code += "Score('two_layer.loss', [Finding('loss', 0, 2, 'wrong-sign', 'No.')])"
    outputs, done = host.run(code)
    assert done["ok"], outputs
    assert "not yet" in outputs[0]["data"]["text/html"]
    assert "Hint" not in outputs[0]["data"]["text/html"]
