"""Why scores differ between two results of months: every unit's change, taken apart without remainder."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import BigIntegerField, F
from django.db.models.functions import Cast, Round

from baton.assessment.models import LeafResult, NodeResult, Run, UnitResult
from baton.assessment.queries.looking.editions import Edition
from baton.assessment.queries.looking.plans import plan_of
from baton.assessment.queries.monthly import score_run_under
from baton.assessment.rules.month_scheme import monthly_roots
from baton.engine.compare.months import PLACES, KeptLeaf, KeptMonth, MonthChange, UnitMonth, kept_of, month_change
from baton.org.models import Unit

_KEPT = 6
"""Pairs whose change a process keeps: 150 units with 40 indicators are some 10 MB each."""
_changes: dict[tuple[str, ...], MonthChange] = {}


@dataclass(frozen=True, slots=True)
class Moved:
    """A unit with its change, and its places before and after (None: without one, or of another group)."""

    unit: Unit
    change: UnitMonth
    before: Decimal | None
    after: Decimal | None

    @property
    def places_won(self) -> Decimal | None:
        """Places moved up."""
        return None if self.before is None or self.after is None else self.before - self.after


def change_of(first: Edition, second: Edition, only: str = "") -> MonthChange:
    """Give what every unit's score changed by, and why; `only`: of one unit (code), which takes a fraction of it.

    Two queries for each side; a pair that was asked for before is not worked out again. Raises `Refused` where the
    figures of a run cannot be scored by another version of the scheme.
    """
    key = (*_named(first), *_named(second))
    found = _changes.get(key)
    if found is None and only:
        return month_change(_kept(first), _kept(second), only)
    if found is None:
        found = month_change(_kept(first), _kept(second))
        while len(_changes) >= _KEPT:
            _changes.pop(next(iter(_changes)), None)
        _changes[key] = found
    return found


def moved(first: Edition, second: Edition, only: str = "") -> list[Moved]:
    """Give every unit that has a score on both sides (or one of them), group by group, who rose most first."""
    change = change_of(first, second, only)
    places = _places(first.run), _places(second.run)
    units = Unit.objects.in_bulk([one.unit for one in change.units], field_name="code")
    other_scheme = first.under or second.under
    rows = []
    for one in change.units:
        if only and one.unit != only:
            continue
        group, before = places[0].get(one.unit, ("", None))
        now, after = places[1].get(one.unit, ("", None))
        told = group == now and not other_scheme
        rows.append(Moved(units[one.unit], one, before if told else None, after if told else None))
    order = {group.code: place for place, group in enumerate(second.version.scheme.groups)}
    return sorted(rows, key=lambda row: (order.get(row.change.group, len(order)), -row.change.difference))


def _places(run: Run) -> dict[str, tuple[str, Decimal | None]]:
    rows = UnitResult.objects.filter(run=run).values_list("unit__code", "group", "rank")
    return {unit: (group, rank) for unit, group, rank in rows}


def _named(one: Edition) -> tuple[str, ...]:
    """Name a result by what never changes of it."""
    return str(one.run.pk), one.run.begun_at.isoformat(), one.run.digest, one.version.digest


def _kept(one: Edition) -> KeptMonth:
    version = one.version
    tops = monthly_roots(version.scheme)
    if one.under is not None:
        return kept_of(score_run_under(one.run, one.under), one.period, tops)
    return KeptMonth(plan_of(version, one.period), one.period, tops, _leaves(one.run), _nodes(one.run))


_FINEST = 10**PLACES


def _quanta(field: str) -> Cast:
    """Have the database give points in whole quanta, which takes a fraction of making decimals of them."""
    return Cast(Round(F(field) * _FINEST), BigIntegerField())


def _leaves(run: Run) -> list[KeptLeaf]:
    units = dict(Unit.objects.values_list("pk", "code"))
    rows = LeafResult.objects.filter(run=run).annotate(own=_quanta("points"), whole=_quanta("full")).order_by()
    names = ("unit_id", "group", "indicator", "part", "value", "target", "own", "whole")
    return [KeptLeaf(units[unit], *rest) for unit, *rest in rows.values_list(*names)]


def _nodes(run: Run) -> Mapping[str, Mapping[str, tuple[int | None, int]]]:
    rows = NodeResult.objects.filter(run=run).annotate(own=_quanta("score"), whole=_quanta("full")).order_by()
    found: dict[str, dict[str, tuple[int | None, int]]] = {}
    for unit, node, own, whole in rows.values_list("unit__code", "node", "own", "whole"):
        found.setdefault(unit, {})[node] = own, whole
    return found
