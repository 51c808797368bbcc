"""Between a target and the scores that read it: the negotiation behind a score, and what a target gave last."""

from collections.abc import Sequence
from dataclasses import dataclass

from baton.assessment.models import LeafResult, Target
from baton.assessment.queries.looking.month import shown_month, shown_months
from baton.core.models import User
from baton.engine.scheme.indicators import Indicator
from baton.engine.scheme.structure.figures import reported


@dataclass(frozen=True, slots=True)
class TargetScore:
    """What an indicator that reads a target gave its unit in a month."""

    period: str
    indicator: Indicator
    leaves: Sequence[LeafResult]


def targets_behind(user: User, unit: str, indicator: Indicator, year: int) -> list[Target]:
    """Give the targets that an indicator reads of a unit (its code) in a year, as far as a person may see them."""
    rows = Target.objects.visible_to(user).filter(unit__code=unit, year=year, series=indicator.series_code)
    read = set(reported(indicator))
    return [row for row in rows.select_related("figure") if row.figure_name in read]


def scores_by(user: User, row: Target) -> list[TargetScore]:
    """Give the scores by a target in the newest month of its year that has a result this person may see."""
    newest = next((period for period in shown_months(user) if period.startswith(f"{row.year}-")), None)
    shown = None if newest is None else shown_month(user, newest)
    if shown is None:
        return []
    read = {
        code: one
        for code, one in shown.indicators.items()
        if one.series_code == row.series and row.figure_name in reported(one)
    }
    found: dict[str, list[LeafResult]] = {}
    for leaf in LeafResult.objects.filter(run=shown.run, unit=row.unit_id, indicator__in=read).order_by("part"):
        found.setdefault(leaf.indicator, []).append(leaf)
    return [TargetScore(shown.month.period, one, found[code]) for code, one in read.items() if code in found]
