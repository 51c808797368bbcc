"""The small county, for the pages of explained changes."""

from county import county

__all__ = ["county"]
