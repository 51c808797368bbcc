"""From a score down to the figures it was made of: the months, and where each figure came from."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Q, QuerySet

from baton.assessment.models import Correction, Figure, LeafResult, UnitResult
from baton.assessment.models.sight import sight_of
from baton.assessment.queries.corrections import may_ask, open_corrections
from baton.assessment.queries.looking.month import Shown
from baton.assessment.queries.looking.sums import sums_of
from baton.assessment.rules.month_scheme import periods_read
from baton.core.models import User
from baton.engine.explain.leaf import due_by
from baton.engine.explain.line import Line
from baton.engine.scheme.indicators import Indicator
from baton.engine.terms import plain

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Trace:
    """What one indicator gave one unit, and its figures: those that count, and those that were replaced.

    `names`: printed names of its figures; `due`: what of a target for the whole year was due by the month (序时进度),
    by the leaf's number. `may_ask`: this person may hold a figure of it to be wrong; `waiting`: corrections that wait,
    by their figure. `sums`: rule and calculation by the leaf's number. `published`: the figures are another unit's, and
    only those that the published result was made of, without persons.
    """

    indicator: Indicator
    leaves: tuple[LeafResult, ...]
    current: tuple[Figure, ...]
    replaced: tuple[Figure, ...]
    names: Mapping[str, str]
    due: Mapping[int, str]
    may_ask: bool
    waiting: Mapping[int, Correction]
    sums: Mapping[int, tuple[Line, ...]]
    published: bool = False


def trace(user: User, shown: Shown, unit: str, code: str) -> Trace | None:
    """Give the figures behind a unit's score on an indicator, newest period first: those of this year and the last.

    None where there is no such result.

    Where this person may see none of them, but the result is out and a unit of theirs is in the same group, these are
    the figures that the result was made of: everyone is equal before the rules. Otherwise they are left out; the
    result's own value and target stand in `leaves`.
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
    published = not rows and _beside(user, shown, found[0])
    if published:
        rows = list(_made_of(shown, unit, indicator.series_code))
    return Trace(
        indicator,
        found,
        tuple(row for row in rows if published or not hasattr(row, "superseded_by")),
        tuple(row for row in rows if not published and hasattr(row, "superseded_by")),
        {
            figure: field.name
            for (series, figure), field in shown.run.scheme.form.fields.items()
            if series == indicator.series_code
        },
        {leaf.pk: plain(_due(indicator, shown, leaf)) for leaf in found if leaf.target and _spread(indicator)},
        may_ask(user, shown.run.scheme, unit, indicator.series_code),
        open_corrections(user, [row.pk for row in rows]),
        sums_of(shown, found),
        published,
    )


def _beside(user: User, shown: Shown, leaf: LeafResult) -> bool:
    """Whether a published result is of a unit that stands in one group with a unit of this person's."""
    if shown.publication is None:
        return False
    mine = sight_of(user).member
    return UnitResult.objects.filter(run=shown.run, group=leaf.group, unit__in=mine).exists()


def _made_of(shown: Shown, unit: str, series: str) -> QuerySet[Figure]:
    """Give the figures of a unit that counted when the result was made."""
    rows = Figure.objects.as_of(shown.run.until).filter(unit__code=unit, series=series)
    rows = rows.filter(period__in=periods_read(shown.month.period))
    return rows.select_related("batch__unit", "superseded_by", "supersedes").order_by("-period", "figure")


def _spread(indicator: Indicator) -> bool:
    return indicator.target.spread != "whole"


def _due(indicator: Indicator, shown: Shown, leaf: LeafResult) -> Decimal:
    """Give what of a whole year's target was due by the month, to two decimals."""
    due = due_by(indicator.target, int(shown.month.period[-2:]), Decimal(leaf.target))
    return due.quantize(_CENT, ROUND_HALF_UP)
