"""From values to points: one when-chain over the kinds in use, bounds, and the one rounding of a leaf."""

from baton.engine.steps.points.near import corrected
from baton.engine.steps.points.points import Points
from baton.engine.steps.points.state import EXCLUDE, FORMULA, PEERS, STOP_LARGE, STOP_MISSING, STOP_NEGATIVE, STOP_ZERO

__all__ = [
    "EXCLUDE",
    "FORMULA",
    "PEERS",
    "STOP_LARGE",
    "STOP_MISSING",
    "STOP_NEGATIVE",
    "STOP_ZERO",
    "Points",
    "corrected",
]
