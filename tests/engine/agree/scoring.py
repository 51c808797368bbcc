"""Score on an engine and say what stopped it, so that engines can be compared in both."""

import os
from dataclasses import replace

from baton.engine.score import score
from baton.words import Refused

YEAR = 2025
EXAMPLES = int(os.environ.get("BATON_EXAMPLES", "48"))
"""How many schemes are made; `BATON_EXAMPLES=1000` before the engine is released, which takes a quarter of an hour."""


def scored(scheme, panel, backend=None):
    """The score sheet, or the codes of what stopped it."""
    try:
        return score(scheme, panel, YEAR, backend), set()
    except Refused as refused:
        return None, {problem.code for problem in refused.problems}


def moved(panel, backend):
    return replace(panel, frame=backend.frame(panel.frame.collect("polars").to_native()))
