"""A scheme made ready for one year: leaves, periods, who carries what."""

from baton.engine.plan.leaf import Leaf
from baton.engine.plan.plan import Plan

__all__ = ["Leaf", "Plan"]
