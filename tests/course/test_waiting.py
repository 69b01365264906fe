import pytest

from course import waiting_for


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
