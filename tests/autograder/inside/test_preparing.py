"""What is exercised before any fork is what notebooks do, and not an error on the way to it."""

from autograder.inside.preparing import EXERCISE, FAILING


def test_each_cell_of_the_exercise_runs_to_its_end_but_those_that_are_to_fail(fork_server):
    told = {"op": "tasks", "tasks": [], "units": {"none": ""}}
    with fork_server.forked_session() as host:
        events = {"tasks": lambda _: host.channel.send(told)}
        ran = [host.run(code, events=events)[1]["ok"] for code in EXERCISE]
        failed = [host.run(code)[0][-1]["ename"] for code in FAILING]
    assert ran == [True] * len(EXERCISE)
    assert failed == ["ValueError", "SyntaxError", "NameError"]
