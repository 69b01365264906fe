"""The page of the three stepped networks, put back before each test."""

import pytest

from tests.browser.network_view.network_page import DEMOS, NETWORK, open_networks, put_back


@pytest.fixture(scope="module")
def lab(serve):
    return serve([NETWORK, *DEMOS])


@pytest.fixture(scope="module")
def opened(open_demo, lab):
    return open_networks(open_demo, lab)


@pytest.fixture
def page(opened):
    put_back(opened)
    return opened
