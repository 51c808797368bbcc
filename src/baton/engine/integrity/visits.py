"""The plan of visits as a form: it goes out with chances and reported figures, and comes back with what was found.

The form holds all that the estimate needs, so that corrections which reach the data after the draw, and detectors that
have become better, change neither chances nor reported figures. Its digest tells whether it is the one that went out.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from baton.engine.integrity.sampling import Estimate, Plan, Visit, corrected
from baton.engine.terms import plain

type Found = Mapping[tuple[str, str], Decimal]
"""What was found, by unit and indicator."""
_PLACES = 6
_DIGITS = 15


@dataclass(frozen=True)
class Stop:
    """A figure to look at: of a unit that is visited, with its chance; `reported` None where it was not reported."""

    unit: str
    stratum: str
    indicator: str
    chance: Decimal
    reported: Decimal | None


@dataclass(frozen=True)
class ReportedTotal:
    """What all units that carry an indicator reported together; `silent` counts those without a figure."""

    indicator: str
    units: int
    silent: int
    total: Decimal


@dataclass(frozen=True)
class VisitForm:
    """The whole form. `stops` and `totals` in the order in which they stand there."""

    scheme: str
    year: int
    seed: int
    stops: tuple[Stop, ...]
    totals: tuple[ReportedTotal, ...]

    @property
    def digest(self) -> str:
        """SHA-256 of what stands in the form, whatever the order of its rows: UTF-8, a line each, sorted, tabs between.

        Lines: scheme, year and seed; each stop; each total. Decimals plain, nothing for a figure that is not there.
        """
        stops = [
            ["stop", one.unit, one.stratum, one.indicator, plain(one.chance), _told(one.reported)] for one in self.stops
        ]
        totals = [["total", one.indicator, str(one.units), str(one.silent), plain(one.total)] for one in self.totals]
        lines = sorted("\t".join(one) for one in (*stops, *totals))
        head = "\t".join(("baton-visits/1", self.scheme, str(self.year), str(self.seed)))
        return hashlib.sha256("\n".join((head, *lines)).encode()).hexdigest()

    @property
    def visits(self) -> tuple[Visit, ...]:
        """The units that are visited, each once, with the chances of the form."""
        found = {one.unit: Visit(one.unit, one.stratum, float(one.chance)) for one in self.stops}
        return tuple(found.values())


@dataclass(frozen=True)
class Corrected:
    """What the visits say of an indicator.

    The estimate is of the total over all units that carry it, or where `averaged` (rates, of which a total has no
    meaning) of their average; `reported` is the same of what was reported, units without a figure counting as nothing.
    `missing`: visits whose figure is not there; with any of them there is no estimate, for the draw made all of them.
    """

    indicator: str
    averaged: bool
    units: int
    silent: int
    reported: Decimal
    visits: int
    missing: tuple[str, ...]
    estimate: Estimate | None


def form_of(scheme: str, year: int, plan: Plan, figures: Mapping[str, Mapping[str, float | None]]) -> VisitForm:
    """Write a plan as a form; `figures` by indicator: every unit that carries it with its reported figure, or None."""
    stops = tuple(
        Stop(visit.unit, visit.stratum, code, _short(visit.chance), _figure(by_unit[visit.unit]))
        for visit in plan.visits
        for code, by_unit in figures.items()
        if visit.unit in by_unit
    )
    looked_at = {one.indicator for one in stops}
    totals = tuple(_total(code, by_unit) for code, by_unit in figures.items() if code in looked_at)
    return VisitForm(scheme, year, plan.seed, stops, totals)


def _total(code: str, by_unit: Mapping[str, float | None]) -> ReportedTotal:
    known = [one for one in map(_figure, by_unit.values()) if one is not None]
    total = Decimal(f"{sum(known, Decimal(0)):.{_DIGITS}g}")
    return ReportedTotal(code, len(by_unit), len(by_unit) - len(known), total)


def corrected_totals(form: VisitForm, found: Found, averaged: Iterable[str] = ()) -> tuple[Corrected, ...]:
    """Correct the total of every indicator that was looked at anywhere; `averaged` names those that are no totals.

    A visited unit that does not carry an indicator has nothing of it, reported and found: the estimate of a domain
    (Sarndal, Swensson & Wretman 1992, 10.3). Groups in which no visited unit carries it bring no error.
    """
    rates = frozenset(averaged)
    return tuple(
        _corrected(form, one, found, one.indicator in rates)
        for one in form.totals
        if any(indicator == one.indicator for _, indicator in found)
    )


def _corrected(form: VisitForm, total: ReportedTotal, found: Found, averaged: bool) -> Corrected:
    stops = {one.unit: one for one in form.stops if one.indicator == total.indicator}
    missing = tuple(unit for unit in stops if (unit, total.indicator) not in found)
    count = total.units if averaged else 1
    estimate = None if missing else _estimate(form, total, stops, found, count)
    reported = total.total / count
    return Corrected(total.indicator, averaged, total.units, total.silent, reported, len(stops), missing, estimate)


def _estimate(form: VisitForm, total: ReportedTotal, stops: Mapping[str, Stop], found: Found, count: int) -> Estimate:
    strata = {one.stratum for one in stops.values()}
    visits = [one for one in form.visits if one.stratum in strata]
    differences = dict.fromkeys((one.unit for one in visits), 0.0)
    for unit, stop in stops.items():
        differences[unit] = float(found[unit, total.indicator] - (stop.reported or Decimal(0)))
    made = corrected(float(total.total), visits, differences)
    return Estimate(made.total / count, made.error / count, made.low / count, made.high / count)


def _short(chance: float) -> Decimal:
    """Round a chance to what the form shows, so that the estimate can be done again by hand; never to nothing."""
    return max(Decimal(f"{chance:.{_PLACES}f}"), Decimal(1).scaleb(-_PLACES)).normalize()


def _figure(value: float | None) -> Decimal | None:
    """Give a figure with the digits that a workbook holds."""
    return None if value is None else Decimal(f"{value:.{_DIGITS}g}")


def _told(value: Decimal | None) -> str:
    return "" if value is None else plain(value)
