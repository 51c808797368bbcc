"""From a score down to the figures it was made of: the months, and where each figure came from."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Q

from baton.assessment.models import Correction, Figure, LeafResult
from baton.assessment.queries.corrections import may_ask, open_corrections
from baton.assessment.queries.looking.month import Shown
from baton.core.models import User
from baton.engine.explain.leaf import due_by
from baton.engine.scheme.indicators import Indicator
from baton.engine.terms import plain

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Trace:
    """What one indicator gave one unit, and its figures: those that count, and those that were replaced.

    `names`: printed names of its figures; `due`: what of a target for the whole year was due by the month (序时进度),
    by the leaf's number. `may_ask`: this person may hold a figure of it to be wrong; `waiting`: corrections that wait,
    by their figure.
    """

    indicator: Indicator
    leaves: tuple[LeafResult, ...]
    current: tuple[Figure, ...]
    replaced: tuple[Figure, ...]
    names: Mapping[str, str]
    due: Mapping[int, str]
    may_ask: bool
    waiting: Mapping[int, Correction]


def trace(user: User, shown: Shown, unit: str, code: str) -> Trace | None:
    """Give the figures behind a unit's score on an indicator, newest period first: those of this year and the last.

    None where there is no such result.

    Figures that this person may not see are left out; the result's own value and target stand in `leaves`.
    """
    indicator = shown.indicators.get(code)
    if indicator is None:
        return None
    leaves = LeafResult.objects.filter(run=shown.run, unit__code=unit, indicator=code)
    found = tuple(leaves.select_related("unit").order_by("part"))
    if not found:
        return None
    year = shown.month.period[:4]
    figures = (
        Figure.objects.visible_to(user)
        .filter(unit__code=unit, series=indicator.series_code)
        .filter(Q(period__startswith=year) | Q(period__startswith=str(int(year) - 1)))
        .select_related("batch__by", "batch__unit", "superseded_by", "supersedes")
        .order_by("-period", "figure", "-version")
    )
    rows = list(figures)
    return Trace(
        indicator,
        found,
        tuple(row for row in rows if not hasattr(row, "superseded_by")),
        tuple(row for row in rows if hasattr(row, "superseded_by")),
        {
            figure: field.name
            for (series, figure), field in shown.run.scheme.form.fields.items()
            if series == indicator.series_code
        },
        {leaf.pk: plain(_due(indicator, shown, leaf)) for leaf in found if leaf.target and _spread(indicator)},
        may_ask(user, shown.run.scheme, unit, indicator.series_code),
        open_corrections(user, [row.pk for row in rows]),
    )


def _spread(indicator: Indicator) -> bool:
    return indicator.target.spread != "whole"


def _due(indicator: Indicator, shown: Shown, leaf: LeafResult) -> Decimal:
    """Give what of a whole year's target was due by the month, to two decimals."""
    due = due_by(indicator.target, int(shown.month.period[-2:]), Decimal(leaf.target))
    return due.quantize(_CENT, ROUND_HALF_UP)
