"""Scores of more figures than fit into memory: indicators part by part, the same result to the digest."""

from baton.engine.parts.held import Held, InMemory
from baton.engine.parts.panel import PartedPanel, parted
from baton.engine.parts.score import score_in_parts

__all__ = ["Held", "InMemory", "PartedPanel", "parted", "score_in_parts"]
