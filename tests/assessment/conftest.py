"""The small county, for all tests of the monthly cycle."""

from county import county

__all__ = ["county"]
