"""The page of five notations is there, whole, and can be opened from anywhere."""

import re

from course import five_notations


def test_the_page_is_markdown_with_all_five_notations_in_every_table_of_formulas():
    text = five_notations().data
    tables = re.findall(r"(?:^\|.*\n)+", text, flags=re.MULTILINE)
    assert len(tables) == 4
    for table in tables[:3]:
        for letter in "abcde":
            assert table.count(f"| **({letter})** |") == 1
    # what IPython shows is the text itself, so that formulas are typeset
    assert five_notations()._repr_markdown_() == text


def test_every_row_of_a_table_has_its_columns_and_every_formula_its_end():
    text = five_notations().data
    for table in re.findall(r"(?:^\|.*\n)+", text, flags=re.MULTILINE):
        assert len({line.count("|") for line in table.splitlines()}) == 1
    assert text.count("$") % 2 == 0
