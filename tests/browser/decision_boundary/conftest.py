"""The page of the three decision boundaries, put back before each test."""

import pytest

from tests.browser.decision_boundary.boundary_page import open_boundaries, reset


@pytest.fixture(scope="module")
def opened(open_demo, serve):
    return open_boundaries(open_demo, serve)


@pytest.fixture
def page(opened):
    reset(opened)
    return opened
