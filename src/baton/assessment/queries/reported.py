"""Of which units a month's figures are there: by figure, without reading the figures themselves."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import CharField, Q, StringAgg, Value
from django.db.models.functions import Cast

from baton.assessment.models import Figure, Month

type FigureKey = tuple[str, str, str]
"""Series, figure, period."""
_NOBODY: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Reported:
    """Numbers of the units of which one figure is there; of those, where it is preliminary, and where corrected."""

    there: frozenset[int] = _NOBODY
    preliminary: frozenset[int] = _NOBODY
    corrected: frozenset[int] = _NOBODY


NOTHING = Reported()


def reported_of(month: Month, series: Iterable[str] | None = None) -> Mapping[FigureKey, Reported]:
    """Give what is there of all that a month asks for, or of some series; withdrawn figures are not. One query.

    The database gives a line a figure with the units in it: thousands of rows would take longer to read than to find.
    """
    periods = {ask.period for ask in month.scheme.form.asks(month.period)}
    rows = Figure.objects.counting().filter(period__in=periods)
    if series is not None:
        rows = rows.filter(series__in=list(series))
    found = rows.order_by().values_list("series", "figure", "period")
    numbers = {
        "there": _units(),
        "early": _units(Q(preliminary=True)),
        "mended": _units(Q(version__gt=0, absent="")),
    }
    return {
        (one, figure, period): Reported(*map(_read, units)) for one, figure, period, *units in found.annotate(**numbers)
    }


def _units(chosen: Q | None = None) -> StringAgg:
    return StringAgg(Cast("unit_id", CharField()), Value(","), filter=chosen)


def _read(units: str | None) -> frozenset[int]:
    return frozenset(map(int, units.split(","))) if units else _NOBODY
