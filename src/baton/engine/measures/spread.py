"""How the values of an indicator lie in a group, and how much of what a unit should have is there."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from baton.engine.flags import Happened
from baton.engine.measures.table import Row, name_of
from baton.engine.quantum import half_up
from baton.engine.treatment.moments import moments

_MORE = 6
_MADE_UP = Happened.IMPUTED | Happened.ASSUMED | Happened.LAST_KNOWN


@dataclass(frozen=True, slots=True)
class Spread:
    """An indicator in a group: units that should have a value, values, zeros among them, and how they lie.

    Least and greatest are exact decimals, the mean has six decimals more than the values; skewness and kurtosis as in
    `moments` (None: too few values, or all equal).
    """

    group: str
    period: str
    indicator: str
    units: int
    values: int
    zeros: int
    mean: Decimal | None
    least: Decimal | None
    greatest: Decimal | None
    skewness: float | None
    kurtosis: float | None

    @property
    def constant(self) -> bool:
        """Whether the indicator cannot tell units apart: two values at least, all equal."""
        return self.values > 1 and self.least == self.greatest


def spreads(rows: list[Row]) -> list[Spread]:
    """Describe every indicator in every group and period of these rows."""
    found: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if not row["flags"] & (Happened.NOT_DUE | Happened.SCREENED):
            found[row["group"], row["period"], name_of(row)].append(row)
    return [_spread(*key, mine) for key, mine in sorted(found.items())]


def _spread(group: str, period: str, indicator: str, rows: list[Row]) -> Spread:
    values = [row["value"] for row in rows if row["value"] is not None]
    decimals = rows[0]["decimals"]
    lying = moments(values)

    def natural(whole: int) -> Decimal:
        return Decimal(whole).scaleb(-decimals)

    return Spread(
        group,
        period,
        indicator,
        len(rows),
        len(values),
        sum(value == 0 for value in values),
        natural(half_up(Fraction(sum(values) * 10**_MORE, len(values)))).scaleb(-_MORE) if values else None,
        natural(min(values)) if values else None,
        natural(max(values)) if values else None,
        lying.skewness,
        lying.kurtosis,
    )


@dataclass(frozen=True, slots=True)
class Available:
    """A unit's figures over the whole year: due, there (reported, not filled in), zeros among these; screened or not.

    A figure that is not due is not counted; of a unit that a screen left out the sheet holds no figures.
    """

    unit: str
    group: str
    due: int
    there: int
    zeros: int
    screened: bool

    @property
    def available(self) -> float | None:
        """Share of figures that are there."""
        return self.there / self.due if self.due else None

    @property
    def nonzero(self) -> float | None:
        """Share of these that are not zero."""
        return 1 - self.zeros / self.there if self.there else None


def availability(rows: list[Row]) -> list[Available]:
    """Count the figures of every unit."""
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        found[row["group"], row["unit"]].append(row)
    return [_available(group, unit, mine) for (group, unit), mine in sorted(found.items())]


def _available(group: str, unit: str, rows: list[Row]) -> Available:
    due = [row for row in rows if not row["flags"] & (Happened.NOT_DUE | Happened.SCREENED)]
    there = [row["value"] for row in due if row["value"] is not None and not row["flags"] & _MADE_UP]
    screened = any(row["flags"] & Happened.SCREENED for row in rows)
    return Available(unit, group, len(due), len(there), sum(value == 0 for value in there), screened)
