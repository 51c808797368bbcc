"""The small county, for the pages that say how scores are made."""

from county import county

__all__ = ["county"]
