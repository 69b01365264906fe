import ast

import pytest

from autograder.authoring.insertions import after_imports, at_the_end, defined, into_literal


@pytest.mark.parametrize(
    "source",
    [
        "T = ()\n",
        "T = (a,)\n",
        "T = (a, b)\n",
        "T = (a, b,)  # fmt: skip\n",
        "T = (\n    a,\n    b,\n)\n",
        "T = (\n    a,\n    b  # the last, with a comma: ,\n)\n",
        "T = [f(1), 'ü, é']\nU = (1,)\n",
        "T = []\n",
    ],
)
def test_an_entry_goes_last_and_the_others_stay(source):
    def entries(text):
        return [ast.unparse(each) for each in ast.parse(text).body[0].value.elts]

    changed = into_literal(source, "T", "new", "a file")
    assert entries(changed) == [*entries(source), "new"]
    commented = into_literal(source, "T", "    # to do\n    # and more\n", "a file")
    assert entries(commented) == entries(source)
    assert "    # to do\n    # and more\n" in commented
    assert entries(into_literal(commented, "T", "new", "a file")) == [*entries(source), "new"]
    assert changed.endswith(source[source.rindex("\nU") :] if "\nU" in source else "\n")


def test_a_dictionary_keeps_its_comments():
    source = "M = {\n    # one\n    'a': 1,\n    # two\n    'b': (2,),\n}\n"
    changed = into_literal(source, "M", "'c': 3", "a file")
    assert ast.literal_eval(ast.parse(changed).body[0].value) == {"a": 1, "b": (2,), "c": 3}
    assert "# one" in changed and "# two" in changed


def test_imports_go_behind_imports_and_definitions_to_the_end():
    assert after_imports('"""Doc."""\n\nx = 1\n', "import a") == (
        '"""Doc."""\n\nimport a\n\nx = 1\n'
    )
    assert after_imports("import b\n\nx = 1\n", "import a") == "import b\nimport a\n\nx = 1\n"
    assert at_the_end("x = 1\n\n", "def f():\n    pass\n") == "x = 1\n\n\ndef f():\n    pass\n"


def test_every_way_to_define_a_name_is_seen():
    source = "import numpy as np\nfrom a import b\nX, y = 1, 2\ndef f(): z = 1\nclass C: pass\n"
    assert defined(source) == {"np", "b", "X", "y", "f", "C"}
