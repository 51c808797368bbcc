"""From the first sums to the root: whole-number arithmetic, one rounding point per division."""

from baton.engine.tree.children import Children, LeafScore
from baton.engine.tree.walk import NodeScore, walk

__all__ = ["Children", "LeafScore", "NodeScore", "walk"]
