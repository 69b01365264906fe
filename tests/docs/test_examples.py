"""The Python on the pages says what stands below it."""

import doctest

import pytest

from tests.docs.pages import PAGES, blocks

WITH_PYTHON = [page for page in PAGES if any(block.kind == "pycon" for block in blocks(page))]


@pytest.mark.parametrize("page", WITH_PYTHON, ids=lambda page: page.name)
def test_the_examples_of_a_page(page):
    text = "\n".join(block.text for block in blocks(page) if block.kind == "pycon")
    example = doctest.DocTestParser().get_doctest(text, {}, page.name, str(page), 0)
    told = []
    doctest.DocTestRunner(verbose=False).run(example, out=told.append)
    assert example.examples
    assert not told, "".join(told)


def test_some_page_has_examples():
    assert "students.md" in {page.name for page in WITH_PYTHON}
