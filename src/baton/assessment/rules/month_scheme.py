"""The scheme of one month: the branches of the tree that are scored every month, up to that month.

The engine scores a year. A year in progress has no figures yet for the months to come, and none for what is scored
once a year; so the month's scheme keeps the highest monthly nodes of every group, puts a yearly root above them that
stands for the mean so far, and lets every unit end with the month: of a unit that is not there nothing is due. Bonuses,
deductions and vetoes count into the year's total, not into a month.
Whoever has the scheme and the month makes the same scheme again, and its digest.
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from baton.engine.scheme.indicators import Indicator
from baton.engine.scheme.model import Scheme
from baton.engine.scheme.nodes import Node, Sum
from baton.engine.scheme.units import Unit
from baton.engine.terms import Frequency, Missing, ZeroDenominator

ROOT = "月度累计"
type Roots = Mapping[str, tuple[str, ...]]


def last_of(month: str) -> date:
    """Give the last day of a month such as `2026-09`."""
    year, number = int(month[:4]), int(month[5:])
    return date(year, number, monthrange(year, number)[1])


@lru_cache(maxsize=512)
def month_before(month: str, back: int = 1) -> str:
    """Give the month so many months before: of `2026-01` it is `2025-12`."""
    count = int(month[:4]) * 12 + int(month[5:]) - 1 - back
    return f"{count // 12}-{count % 12 + 1:02d}"


def first_reading(period: str) -> str:
    """Give the first month whose result reads a figure: its own, the last of its quarter, January for a year's."""
    if "Q" in period:
        return f"{period[:4]}-{int(period[-1]) * 3:02d}"
    return period if "-" in period else f"{period}-01"


def periods_read(month: str) -> tuple[str, ...]:
    """Give the periods of its year whose figures a month's result reads: months, quarters that have ended, the year."""
    year, number = month[:4], int(month[5:])
    months = [f"{year}-{one:02d}" for one in range(1, number + 1)]
    return (*months, *(f"{year}-Q{one}" for one in range(1, number // 3 + 1)), year)


def _children(scheme: Scheme) -> dict[str | None, list[Node]]:
    found: dict[str | None, list[Node]] = {}
    for node in scheme.nodes:
        found.setdefault(node.parent, []).append(node)
    return found


def monthly_roots(scheme: Scheme) -> dict[str, tuple[str, ...]]:
    """Give by group the highest nodes of its tree that are scored every month; groups without any are left out."""
    nodes, children = {node.code: node for node in scheme.nodes}, _children(scheme)

    def highest(code: str) -> Iterator[str]:
        if nodes[code].frequency is Frequency.MONTH:
            yield code
        else:
            for child in children.get(code, ()):
                yield from highest(child.code)

    found = {group.code: tuple(highest(group.root)) for group in scheme.groups}
    return {group: roots for group, roots in found.items() if roots}


def month_scheme(scheme: Scheme, month: str, lenient: bool = False, first: str = "") -> Scheme:
    """Make the scheme of a month.

    `first`: the first month of the year that is assessed, where a county begins later than January (empty: January).
    `lenient`: a preview before all figures are in, in which what must be supplied is left out while it is not there.
    """
    begins = date(int(month[:4]), int((first or "0000-01")[5:]), 1)
    units = tuple(unit_within(unit, begins, last_of(month)) for unit in scheme.units)
    members = {unit.group for unit in units}
    roots = {group: codes for group, codes in monthly_roots(scheme).items() if group in members}
    kept = _below(scheme, {code for codes in roots.values() for code in codes})
    tops = {codes: f"{ROOT}{number}" for number, codes in enumerate(dict.fromkeys(roots.values()), 1)}
    parents = {code: top for codes, top in tops.items() for code in codes}
    indicators = tuple(_indicator(one, roots, lenient) for one in scheme.indicators if one.parent in kept)
    codes = {one.code for one in indicators}
    changes: dict[str, Any] = {
        "nodes": (
            *(Node(code=top, name=ROOT) for top in tops.values()),
            *(_node(node, parents.get(node.code), roots, lenient) for node in scheme.nodes if node.code in kept),
        ),
        "groups": tuple(
            group.model_copy(update={"root": tops[roots[group.code]], "graded": False, "quota_pool": None})
            for group in scheme.groups
            if group.code in roots
        ),
        "units": tuple(unit if unit.group in roots else _outside(unit) for unit in units),
        "indicators": indicators,
        "treatment": tuple(step for step in scheme.treatment if _named(step) <= codes),
        "exemptions": tuple(
            one for one in scheme.exemptions if (one.indicator in codes if one.indicator else one.node in kept)
        ),
        "ranking": scheme.ranking.model_copy(update={"tie_breaks": ()}),
        **dict.fromkeys(("bonuses", "deductions", "vetoes"), ()),
    }
    return scheme.model_copy(update=changes)


def _below(scheme: Scheme, roots: set[str]) -> set[str]:
    children, found, ahead = _children(scheme), set[str](), list(roots)
    while ahead:
        code = ahead.pop()
        found.add(code)
        ahead += [child.code for child in children.get(code, ())]
    return found


def _node(node: Node, top: str | None, roots: Roots, lenient: bool) -> Node:
    changes: dict[str, Any] = {"weight": {group: w for group, w in node.weight.items() if group in (*roots, "*")}}
    if top is not None:
        changes = {"parent": top, "weight": {}}
        if node.full is None and not isinstance(node.combine, Sum):
            changes["full"] = 100
    if lenient:
        changes["when_empty"] = "exclude" if node.when_empty == "required" else node.when_empty
        changes["when_incomplete"] = "score" if node.when_incomplete == "required" else node.when_incomplete
    return node.model_copy(update=changes)


def _indicator(one: Indicator, roots: Roots, lenient: bool) -> Indicator:
    changes: dict[str, Any] = {"points": {group: p for group, p in one.points.items() if group in (*roots, "*")}}
    if lenient and one.missing is Missing.REQUIRED:
        changes["missing"] = Missing.EXCLUDE
    if lenient and one.zero_denominator is ZeroDenominator.REQUIRED:
        changes["zero_denominator"] = ZeroDenominator.EXCLUDE
    return one.model_copy(update=changes)


def unit_within(unit: Unit, first: date, last: date) -> Unit:
    """Give a unit for the days from one to another alone; outside all groups where it was not there then."""
    if (unit.valid_from and unit.valid_from > last) or (unit.valid_to and unit.valid_to < first):
        return _outside(unit)
    dates = {"valid_from": max(first, unit.valid_from or first), "valid_to": min(last, unit.valid_to or last)}
    return unit.model_copy(update=dates)


def _outside(unit: Unit) -> Unit:
    return unit.model_copy(update={"group": None})


def _named(step: object) -> set[str]:
    """Codes of the indicators that a step of treatment names."""
    by = getattr(step, "by", None)
    return {*(getattr(step, "indicators", None) or ()), *([by] if isinstance(by, str) else [])}
