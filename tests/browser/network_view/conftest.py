"""The page of the three stepped networks, put back before each test."""

from tests.browser.network_view.network_page import open_networks, put_back
from tests.browser.pages import one_page

opened, page = one_page(open_networks, put_back)
