"""Questions in a browser: answered in place, over a text that changed meanwhile, and from a saved page."""

from __future__ import annotations

import pytest
from test_story import served

__all__ = ["served"]  # the fixture
pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 800}
NUMBER = "Gift orders: from 3.1 % to 4 % of all orders by 1 March 2027."
SLIP = "Four lines of 40 characters fit on it."
