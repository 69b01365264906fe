"""The colours of the code in tracebacks: what they are found by is worked out once for all."""

from pygments.lexers import PythonLexer


def share_tokens():
    """Let lexers that take over Python's grammar as it is take what was made of it as well.

    IPython's tracebacks derive one for each function that they show, and pygments works the
    grammar out anew for each class.
    """
    PythonLexer()  # works it out
    PythonLexer.__init_subclass__ = classmethod(_take_over)


def _take_over(cls, **named):
    super(PythonLexer, cls).__init_subclass__(**named)
    if cls.__base__ is PythonLexer and not {"tokens", "flags"} & vars(cls).keys():
        cls._tokens, cls._all_tokens = PythonLexer._tokens, PythonLexer._all_tokens
