"""Target checks: how far a target stretches a unit, which figures are worth checking, and whom to visit."""

from baton.engine.integrity.find import find
from baton.engine.integrity.series import Flag, FlagKind, Restatement, Series
from baton.engine.integrity.settings import Settings

__all__ = ["Flag", "FlagKind", "Restatement", "Series", "Settings", "find"]
