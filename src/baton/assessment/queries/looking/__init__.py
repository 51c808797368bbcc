"""Reads of results: league tables, a unit's result, an indicator, the county at a glance.

The door is `shown_month(user)`: it gives a run that this person may see, and whoever sees a run sees all its rows.
"""

from baton.assessment.queries.looking.compare import Comparison, compare, side
from baton.assessment.queries.looking.indicator import IndicatorResult, indicator_result
from baton.assessment.queries.looking.league import League, Peers, league, peers
from baton.assessment.queries.looking.month import Shown, shown_month, shown_months
from baton.assessment.queries.looking.overview import Overview, overview
from baton.assessment.queries.looking.trace import Trace, trace
from baton.assessment.queries.looking.unit import UnitPage, unit_page
from baton.assessment.queries.looking.yearly import Yearly, yearly_groups, yearly_of, yearly_unit

__all__ = [
    "Comparison",
    "IndicatorResult",
    "League",
    "Overview",
    "Peers",
    "Shown",
    "Trace",
    "UnitPage",
    "Yearly",
    "compare",
    "indicator_result",
    "league",
    "overview",
    "peers",
    "shown_month",
    "shown_months",
    "side",
    "trace",
    "unit_page",
    "yearly_groups",
    "yearly_of",
    "yearly_unit",
]
