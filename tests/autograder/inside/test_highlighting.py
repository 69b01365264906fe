"""Code in tracebacks: pygments' grammar is worked out once, and the colours are the same."""

import pytest
from pygments import highlight
from pygments.formatters import Terminal256Formatter
from pygments.lexer import inherit
from pygments.lexers import PythonLexer
from pygments.token import Name

from autograder.inside.highlighting import share_tokens

CODE = "def f(x):\n    return 'words' @ x  # a comment\n"


@pytest.fixture
def shared(monkeypatch):
    # with what it had before put back at the end
    monkeypatch.setattr(PythonLexer, "__init_subclass__", None)
    share_tokens()


def derived(**named):
    """Return a lexer as stack_data derives one."""
    return type("MyLexer", (PythonLexer,), named)(stripnl=False)


def test_the_grammar_is_not_worked_out_anew(shared, monkeypatch):
    wanted = highlight(CODE, PythonLexer(stripnl=False), Terminal256Formatter())
    monkeypatch.setattr(type(PythonLexer), "process_tokendef", None)
    assert highlight(CODE, derived(), Terminal256Formatter()) == wanted


def test_another_grammar_stays_its_own(shared):
    lexer = derived(tokens={"root": [(r"def", Name.Tag), inherit]})
    kinds = {text: kind for kind, text in lexer.get_tokens(CODE)}
    assert kinds["def"] is Name.Tag and kinds["return"] is not Name.Tag
    kinds = {text: kind for kind, text in PythonLexer().get_tokens(CODE)}
    assert kinds["def"] is not Name.Tag
