import pytest

from course import bar, progress_bar


def test_the_items_come_in_turn_and_nothing_is_shown_outside_a_notebook(capsys):
    assert list(progress_bar(range(5))) == [0, 1, 2, 3, 4]
    assert list(progress_bar([])) == []
    assert capsys.readouterr() == ("", "")


def test_the_bar_says_how_many_are_done(monkeypatch):
    shown = []
    monkeypatch.setattr(bar, "_line", lambda: shown.append)
    for item in progress_bar("ab", "Reading <digits>"):
        # while the first item is worked on, none is done
        assert f"{'ab'.index(item)} of 2" in shown[-1]
    assert "2 of 2" in shown[-1] and 'value="2" max="2"' in shown[-1]
    assert len(shown) == 3
    assert "&lt;digits&gt;" in shown[0] and "<digits>" not in shown[0]


def test_items_without_a_length_are_refused():
    with pytest.raises(TypeError):
        list(progress_bar(iter([1])))
