import pytest

from course import to_be_written, waiting_for


def test_a_function_not_written_yet_is_waited_for(capsys):
    with waiting_for("forward", "loss"):
        raise NotImplementedError
    said = capsys.readouterr().out
    assert said.startswith("This cell waits for `forward` and `loss`:")


def test_a_function_that_is_missing_is_named(capsys):
    with waiting_for("forward", "backward"):
        backward  # noqa: B018, F821
    assert "waits for `backward`" in capsys.readouterr().out


def test_other_errors_pass_through():
    with pytest.raises(ZeroDivisionError), waiting_for("forward"):
        1 / 0  # noqa: B018
    with pytest.raises(NameError), waiting_for("forward"):
        something_else  # noqa: B018, F821


def test_a_block_that_works_says_nothing(capsys):
    with waiting_for("forward"):
        pass
    assert capsys.readouterr().out == ""


def test_of_several_those_not_written_are_named(capsys):
    def unwritten(x):
        """As a notebook gives it out."""
        raise NotImplementedError

    block = "with waiting_for('forward', 'loss', 'backward'):\n    backward(loss(forward(3)))"
    written = {"waiting_for": waiting_for, "forward": abs, "loss": lambda x: x}
    for function in (to_be_written, unwritten):
        exec(block, written | {"backward": function})
        assert "waits for `backward`: write it above" in capsys.readouterr().out
    exec(block, written | {"backward": to_be_written, "loss": unwritten})
    assert "waits for `loss` and `backward`:" in capsys.readouterr().out
