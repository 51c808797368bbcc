"""Measures of a result: how values lie, what is missing, which indicators go together, how reliable a node is."""

from baton.engine.measures.correlate import Correlation, alpha, correlations
from baton.engine.measures.measure import Limits, Measures, Reliability, measures
from baton.engine.measures.spread import Available, Spread

__all__ = [
    "Available",
    "Correlation",
    "Limits",
    "Measures",
    "Reliability",
    "Spread",
    "alpha",
    "correlations",
    "measures",
]
