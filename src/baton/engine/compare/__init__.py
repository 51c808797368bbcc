"""Two results side by side: who moved, what the move consists of, and what changed in the scheme."""

from baton.engine.compare.compare import compare
from baton.engine.compare.comparison import Comparison, Edition, PieceChange, SchemeChange, UnitChange

__all__ = ["Comparison", "Edition", "PieceChange", "SchemeChange", "UnitChange", "compare"]
