"""Results side by side: who moved and why, what changed in the scheme, and whether what was published fits."""

from baton.engine.compare.attribution import Attribution, Case, Factor, attribute
from baton.engine.compare.compare import compare
from baton.engine.compare.comparison import Comparison, Edition, PieceChange, SchemeChange, UnitChange
from baton.engine.compare.published import Held, Published, hold

__all__ = [
    "Attribution",
    "Case",
    "Comparison",
    "Edition",
    "Factor",
    "Held",
    "PieceChange",
    "Published",
    "SchemeChange",
    "UnitChange",
    "attribute",
    "compare",
    "hold",
]
