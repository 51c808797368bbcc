"""Why a unit has its score: every leaf's share of the total, its rule in words, and a sum to check by hand."""

from baton.engine.explain.contributions import contributions
from baton.engine.explain.explain import explain, explain_all
from baton.engine.explain.explanation import (
    Explanation,
    GroupFigures,
    IndicatorExplanation,
    ItemExplanation,
    LeafExplanation,
    NodeExplanation,
)
from baton.engine.explain.line import Line
from baton.engine.explain.reading import LeafKey

__all__ = [
    "Explanation",
    "GroupFigures",
    "IndicatorExplanation",
    "ItemExplanation",
    "LeafExplanation",
    "LeafKey",
    "Line",
    "NodeExplanation",
    "contributions",
    "explain",
    "explain_all",
]
