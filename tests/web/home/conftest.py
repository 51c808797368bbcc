"""The small county with September open."""

import pytest

from county import County, county

__all__ = ["county"]


@pytest.fixture
def month(county: County) -> County:
    """The county with September 2026 open; it is the 2nd of October."""
    county.month()
    return county
