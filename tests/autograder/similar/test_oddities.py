from autograder.similar.oddities import Oddity, oddities, words_of

TEXT = """\
def loss(p, y):
    # Granny's trick:  never log zero
    wobbly = "keep me away"
    dW1 =  p
    return -np.log(p)
"""


def test_what_is_the_writers_own_is_found():
    assert oddities(TEXT, words_of("def loss(p, y):\n    return -np.log(p)")) == {
        Oddity("remark", "Granny's trick: never log zero"),
        Oddity("name", "wobbly"),
        Oddity("text", "keep me away"),
        Oddity("spacing", "····dW1·=··p"),
    }


def test_what_the_notebook_says_is_nobodys_own():
    assert oddities(TEXT, words_of(TEXT)) == frozenset()


def test_no_text_is_too_odd():
    for text in ("'''", "\0\ud800", "(" * 9999, "x = '\\d'\n  y\n z", "\t\t \n" * 99):
        assert isinstance(oddities(text), frozenset)


def test_there_is_an_end_to_them():
    assert len(oddities("\n".join(f"name_{k} = 1" for k in range(5000)))) == 400
