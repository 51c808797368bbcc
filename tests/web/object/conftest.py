"""The small county, for the pages of objections."""

from county import county

__all__ = ["county"]
