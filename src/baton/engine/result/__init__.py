"""What the engine gives back: leaves, nodes, standings, with the digests that name them."""

from baton.engine.result.sheet import Adjustment, ScoreSheet, Standing

__all__ = ["Adjustment", "ScoreSheet", "Standing"]
