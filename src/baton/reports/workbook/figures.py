"""Figures in cells: short enough to read, and as formulas name them without losing a digit."""

from dataclasses import dataclass
from decimal import Decimal

from baton.documents.excel import Formula, Value
from baton.engine.explain import LeafExplanation
from baton.engine.plan import Leaf
from baton.engine.plan.calendar import last_month, texts
from baton.engine.rules import LevelTable
from baton.engine.terms import plain
from baton.reports.results.results import bare

_PLACES = 6
_DIGITS = 15
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Figure:
    """What stands in a cell, and what a formula writes for it: the cell, or the number where the cell shows less."""

    value: Value
    written: str


def figure(number: Decimal | None, cell: str) -> Figure:
    """Give a figure with at most six decimals, fewer of large ones; the formula keeps all of it (Excel: 15 digits)."""
    if number is None:
        return Figure(None, cell)
    exact = bare(number)
    places = max(_FEWEST, _PLACES - max(0, exact.adjusted() - 1))
    shown = bare(exact.quantize(Decimal(1).scaleb(-places))) if _decimals(exact) > places else exact
    return Figure(shown, cell if shown == exact else f"{exact:.{_DIGITS}g}")


def actual(leaf: Leaf, explained: LeafExplanation, cell: str) -> Figure:
    """Give the value; of levels (好, 较好, ...) their name."""
    if isinstance(leaf.rule, LevelTable) and explained.value is not None:
        names = dict(enumerate(leaf.rule.levels, 1))
        return Figure(names.get(int(explained.value), plain(explained.value)), cell)
    return figure(explained.value, cell)


def due(leaf: Leaf, explained: LeafExplanation, year: int, cell: str) -> Figure:
    """Give the target that falls to the period; what is spread over the year as a formula of the whole target."""
    target = leaf.indicator.target
    if explained.due is None or explained.target is None or target.spread == "whole":
        return figure(explained.due, cell)
    month = last_month(texts(year)[explained.period])
    share = f"{month}/12" if target.spread == "proportional" else plain(target.profile[month - 1])
    places = min(_FEWEST, _decimals(bare(explained.due)))
    return Figure(Formula(f"={plain(explained.target)}*{share}", bare(explained.due), places), cell)


def _decimals(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
