"""Why scores differ between two runs of a special assessment: every unit's change, taken apart without remainder."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import polars as pl
from django.db.models import QuerySet

from baton.assessment.choices import RunState
from baton.assessment.models import ResultReader, Special, SpecialChange, SpecialRun
from baton.assessment.queries.looking.why import Moved
from baton.assessment.queries.special_scoring import SpecialScored, special_again, special_panel
from baton.core import clock
from baton.core.models import User
from baton.engine.compare.attribution import Case, Factor, PieceParts, UnitParts, attribute
from baton.engine.compare.months import FACTORS, MonthPiece, UnitMonth
from baton.engine.explain import explain_all
from baton.org.models import Unit

_KEY = ["unit", "series", "figure", "period"]
_BOTH = frozenset({Factor.VALUES, Factor.PEERS})


@dataclass(frozen=True, slots=True)
class Differing:
    """A figure of a unit that differs between two runs, as text; empty: not there."""

    series: str
    figure: str
    period: str
    before: str
    after: str


def comparable_runs(user: User, row: Special) -> QuerySet[SpecialRun]:
    """Give the runs that a person may put beside each other, newest first.

    What was out once may be looked at again as soon as another result is out; what never was is for readers of results.
    """
    rows = SpecialRun.objects.filter(special=row, state=RunState.DONE)
    runs = rows.select_related("special__item", "special__version", "by")
    if ResultReader.objects.reads(user, clock.today()):
        return runs
    return runs.filter(published_at__isnull=False) if row.run_id is not None else runs.none()


def work_out(first: SpecialRun, second: SpecialRun) -> list[dict[str, Any]]:
    """Take the change between two runs of one assessment apart, both made again by the figures of then.

    Raises `Refused` where one of them cannot be made again. Takes a score for each unit whose figures differ.
    """
    before, after = special_again(first), special_again(second)
    found = attribute(_case(first, before), _case(second, after))
    differing = _differing(before.given, after.given)
    gave = _given(before), _given(after)
    factors = [step[0] for step in found.steps]
    return [_kept(one, factors, gave, differing.get(one.unit, [])) for one in found.units]


def _case(run: SpecialRun, scored: SpecialScored) -> Case:
    return Case(scored.sheet.scheme, special_panel(scored.given), run.special.year)


def _given(scored: SpecialScored) -> Mapping[tuple[str, str], Decimal]:
    """Give what every indicator gave to every unit's score."""
    return {(one.unit, line.code): line.contribution for one in explain_all(scored.sheet) for line in one.indicators}


def _kept(
    one: UnitParts,
    factors: list[Factor],
    gave: tuple[Mapping[tuple[str, str], Decimal], Mapping[tuple[str, str], Decimal]],
    figures: list[list[str]],
) -> dict[str, Any]:
    pieces = []
    for piece in one.pieces:
        before = gave[0].get((one.unit, piece.code), Decimal(0))
        pieces.append([piece.code, str(before), str(before + piece.difference), *_parts(piece, factors)])
    return {"unit": one.unit, "before": str(one.before), "after": str(one.after), "pieces": pieces, "figures": figures}


def _parts(piece: PieceParts, factors: list[Factor]) -> list[str]:
    """Give what own figures and peers gave. The scheme is the same on both sides: nothing else can have moved."""
    told = dict(zip(factors, piece.parts, strict=True))
    assert not any(part for factor, part in told.items() if factor not in _BOTH), "one scheme, two factors"
    return [str(told[Factor.VALUES]), str(told[Factor.PEERS])]


def _differing(before: pl.DataFrame, after: pl.DataFrame) -> dict[str, list[list[str]]]:
    """Give the figures that differ, by unit: series, figure, period, before, after."""
    both = before.select(*_KEY, "value").join(
        after.select(*_KEY, "value"), on=_KEY, how="full", suffix="_after", coalesce=True
    )
    moved = both.filter(pl.col("value").ne_missing(pl.col("value_after"))).sort(_KEY)
    found: dict[str, list[list[str]]] = defaultdict(list)
    for unit, *key, one, other in moved.iter_rows():
        found[unit].append([*key, one or "", other or ""])
    return found


def change_between(first: SpecialRun, second: SpecialRun) -> SpecialChange | None:
    """Give the change that was worked out; None where it was not yet."""
    rows = SpecialChange.objects.select_related("first", "second__special__version")
    return rows.filter(first=first, second=second).first()


def moved_between(change: SpecialChange, only: str = "") -> list[Moved]:
    """Give every unit (or one, by code) with its change and places, group by group, who rose most first."""
    places = _places(change.first), _places(change.second)
    units = Unit.objects.in_bulk([one["unit"] for one in change.units], field_name="code")
    rows = []
    for one in change.units:
        code = one["unit"]
        if only in ("", code) and code in units:
            group, after = places[1][code]
            moved = UnitMonth(code, group, Decimal(one["before"]), Decimal(one["after"]), tuple(_pieces(one)))
            rows.append(Moved(units[code], moved, places[0].get(code, ("", None))[1], after))
    order = {group.code: place for place, group in enumerate(change.second.special.version.scheme.groups)}
    return sorted(rows, key=lambda row: (order.get(row.change.group, len(order)), -row.change.difference))


def _pieces(one: Mapping[str, Any]) -> Iterator[MonthPiece]:
    for code, before, after, own, peers in one["pieces"]:
        parts = (Decimal(own), Decimal(peers), *[Decimal(0)] * (len(FACTORS) - 2))
        yield MonthPiece(code, "", Decimal(before), Decimal(after), parts, True, None, None)


def _places(run: SpecialRun) -> dict[str, tuple[str, Decimal | None]]:
    rows = run.results.order_by().values_list("unit__code", "group", "rank")
    return {unit: (group, rank) for unit, group, rank in rows}


def differing_figures(change: SpecialChange, unit: str) -> list[Differing]:
    """Give the figures of a unit that differ."""
    return [Differing(*figure) for one in change.units if one["unit"] == unit for figure in one["figures"]]
