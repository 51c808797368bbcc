"""The change between two results, taken apart exactly: what came from whose figures, what from the scheme."""

from baton.engine.compare.attribution.attribute import attribute
from baton.engine.compare.attribution.parts import Attribution, Case, Factor, PieceParts, Step, UnitParts

__all__ = ["Attribution", "Case", "Factor", "PieceParts", "Step", "UnitParts", "attribute"]
