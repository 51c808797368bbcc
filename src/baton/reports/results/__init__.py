"""A score sheet read for people: names, precision, lights, what was missing, what counts. Nothing is scored again."""

from baton.reports.results.handled import Handled, handled, tallied
from baton.reports.results.league import League, leagues
from baton.reports.results.lights import LightLevels, light
from baton.reports.results.results import Results
from baton.reports.results.shares import Got, by_indicator, by_unit

__all__ = [
    "Got",
    "Handled",
    "League",
    "LightLevels",
    "Results",
    "by_indicator",
    "by_unit",
    "handled",
    "leagues",
    "light",
    "tallied",
]
