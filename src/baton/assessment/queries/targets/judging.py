"""What the earlier years let expect of a target: the stretch model of the engine over the figures that are held.

Nothing here starts at who asks: it reads all units, since a unit is judged beside its peers. Pages give out of it what
concerns the reader and what is told of many together.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.db.models import Q

from baton.assessment.models import Figure, SchemeVersion
from baton.engine.integrity.asked import Asked, asked_of
from baton.engine.integrity.reported import carriers, histories_from, yearly_figures
from baton.engine.integrity.stretch import Outlook, outlooks
from baton.engine.scheme.indicators import Indicator
from baton.engine.terms import Aggregation, Direction
from baton.sheets.forms import AnnualTarget, annual_targets
from baton.words import Problem, Refused

type Key = tuple[str, str]
"""Series and figure of a target."""
type ByYear = Mapping[int, float]
_WHOLE_YEAR, _DECEMBER = ~Q(period__contains="-"), Q(period__endswith="-12")


@dataclass(frozen=True, slots=True)
class Judging:
    """A target of a year as the earlier years see it, by unit (code). `why`: why nothing can be foretold."""

    target: AnnualTarget
    groups: Mapping[str, str]
    actual: Mapping[str, ByYear] = field(default_factory=dict)
    targets: Mapping[str, ByYear] = field(default_factory=dict)
    outlooks: Mapping[str, Outlook] = field(default_factory=dict)
    asked: Mapping[str, Asked] = field(default_factory=dict)
    why: tuple[Problem, ...] = ()

    @property
    def indicator(self) -> Indicator:
        """The indicator it is of."""
        return self.target.field.indicator

    @property
    def higher(self) -> bool:
        """Whether more is better."""
        return self.indicator.direction is Direction.HIGHER


type Held = Mapping[Key, Mapping[str, Mapping[str, float]]]
"""Figures of the years before by series and figure, by unit, by period."""


def held_before(version: SchemeVersion, keys: Collection[Key], year: int) -> Held:
    """Give the figures before a year that targets are judged by; one query.

    Of figures that count from January on (`aggregation: last`) the year and its December say all.
    """
    known = annual_targets(version.scheme)
    added = {key[0] for key in keys if known[key].field.indicator.aggregation is not Aggregation.LAST}
    wanted = Q(series__in=added) | (Q(series__in={key[0] for key in keys}) & (_WHOLE_YEAR | _DECEMBER))
    rows = Figure.objects.counting().filter(wanted, period__lt=str(year), value__gt="")
    found: dict[Key, dict[str, dict[str, float]]] = {}
    values = rows.order_by().values_list("series", "figure", "unit__code", "period", "value")
    for code, name, unit, period, value in values:
        found.setdefault((code, name), {}).setdefault(unit, {})[period] = float(value)
    return found


def judging_of(
    version: SchemeVersion, key: Key, year: int, offers: Mapping[str, str], held: Held | None = None
) -> Judging:
    """Judge what is on the table of a year (`offers`: numbers by unit) by the years before."""
    target = annual_targets(version.scheme)[key]
    indicator = target.field.indicator
    groups = carriers(version.scheme, indicator)
    held = held_before(version, {key}, year) if held is None else held
    past = {unit: yearly_figures(by, indicator, year) for unit, by in held.get(key, {}).items()}
    if not target.actual:
        return Judging(target, groups, targets=past, why=(Problem("targets.of_several_figures"),))
    figures = held.get((key[0], target.actual), {})
    actual = {unit: yearly_figures(by, indicator, year) for unit, by in figures.items()}
    histories = histories_from(figures, groups, indicator, year)
    if not histories:
        return Judging(target, groups, actual, past, why=(Problem("targets.no_history"),))
    numbers = {unit: float(one) for unit, one in offers.items() if one}
    higher = indicator.direction is Direction.HIGHER
    try:
        told = outlooks(histories)
        judged = {one.unit: one for one in asked_of(histories, numbers, indicator.code, higher)}
    except Refused as refused:
        return Judging(target, groups, actual, past, why=tuple(refused.problems))
    return Judging(target, groups, actual, past, told, judged)
