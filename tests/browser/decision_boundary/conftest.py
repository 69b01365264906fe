"""The page of the three decision boundaries, put back before each test."""

from tests.browser.decision_boundary.boundary_page import open_boundaries, reset
from tests.browser.pages import one_page

opened, page = one_page(open_boundaries, reset)
