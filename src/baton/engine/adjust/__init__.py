"""Bonuses, deductions and vetoes: which events count, for how many points, and what they take out of indicators."""

from baton.engine.adjust.outcome import Outcome, Sums
from baton.engine.adjust.settle import adjustments

__all__ = ["Outcome", "Sums", "adjustments"]
