"""Score on an engine and say what stopped it, so that engines can be compared in both."""

from dataclasses import replace

from baton.engine.score import score
from baton.words import Refused

YEAR = 2025


def scored(scheme, panel, backend=None):
    """The score sheet, or the codes of what stopped it."""
    try:
        return score(scheme, panel, YEAR, backend), set()
    except Refused as refused:
        return None, {problem.code for problem in refused.problems}


def moved(panel, backend):
    return replace(panel, frame=backend.frame(panel.frame.collect("polars").to_native()))
