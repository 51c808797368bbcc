"""Whether whole numbers of 64 bits have room for all that is made of the figures, told before anything is made.

The bounds are those of the largest figure reported, taken as often as it can be added up. A sum that could pass the
room is refused: an engine would wrap it round to a wrong number, or fail in its own words.
"""

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal

from baton.engine.plan import Leaf, Plan
from baton.engine.plan.calendar import periods
from baton.engine.steps.parameters import scaled
from baton.engine.steps.tables import FeedRow, Tables
from baton.engine.terms import plain
from baton.words import Place, Problem, Refused

type Largest = Mapping[tuple[str, str], int]

ROOM = 2**62
EXACT = 2**51
"""Whole numbers up to here, divided by the scale, are different Float64 numbers where they are different."""


def refuse_overflow(plan: Plan, tables: Tables, largest: Largest) -> bool:
    """Raise `Refused` with every indicator whose figures could overflow; tell whether some may pass `EXACT`.

    `largest`: the largest absolute value of each figure of a series, in units of 10^-decimals of the series.
    """
    sides: dict[tuple[int, str], int] = defaultdict(int)
    for row in tables.feeds:
        sides[row.entry, row.feed.role] += _bound(tables, row, largest)
    for entry, leaf in tables.leaf_of_entry.items():
        for number in (leaf.indicator.target.value, leaf.indicator.assumed):
            sides[entry, "fixed"] = max(sides[entry, "fixed"], abs(scaled(number, leaf.decimals) or 0))
    crowded = {entry for (entry, _), bound in sides.items() if bound >= ROOM}
    leaves = {tables.leaf_of_entry[entry].indicator.code: tables.leaf_of_entry[entry] for entry in sorted(crowded)}
    if leaves:
        raise Refused(_too_large(plan, leaf, largest) for leaf in leaves.values())
    direct = [bound for (entry, _), bound in sides.items() if not tables.leaf_of_entry[entry].derived]
    return max(direct, default=0) >= EXACT


def _bound(tables: Tables, row: FeedRow, largest: Largest) -> int:
    """The most that a figure can come to in one scored period, in the whole numbers that are added up."""
    leaf = tables.leaf_of_entry[row.entry]
    if row.feed.role == "present":
        return abs(int(row.feed.factor.scaleb(tables.quotient_decimals(leaf))))
    reports = 1 if row.way in ("direct", "annual_target") else len(periods(tables.series_frequency[row.series]))
    return max(1, largest.get((row.series, row.feed.figure), 0)) * max(1, abs(row.factor)) * reports


def _too_large(plan: Plan, leaf: Leaf, largest: Largest) -> Problem:
    indicator = leaf.indicator
    series = indicator.series_code
    reported = max((number for (other, _), number in largest.items() if other == series), default=0)
    given = Decimal(reported).scaleb(-plan.decimals.get(series, 0))
    fixed = [abs(number) for number in (indicator.target.value, indicator.assumed) if number is not None]
    params = {"indicator": f"{indicator.code} {indicator.name}", "value": plain(max([given, *fixed]))}
    return Problem("engine.too_large_to_add", params | {"decimals": leaf.decimals}, Place(field=indicator.code))
