"""Totals, ranks and suggested grades: who stands where in a group, and why."""

from baton.engine.standing.scores import UnitScores
from baton.engine.standing.standings import standings

__all__ = ["UnitScores", "standings"]
