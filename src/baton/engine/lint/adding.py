"""What adds up oddly: one figure counted twice, rules that exceed their points, caps that never or always act."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from baton.engine.lint.limits import Thresholds
from baton.engine.plan.calendar import periods
from baton.engine.plan.leaf import entries
from baton.engine.rules import RuleBase
from baton.engine.scheme.indicators import Indicator
from baton.engine.scheme.nodes import Copeland, Sum
from baton.engine.scheme.structure import Index
from baton.engine.terms import Missing, plain
from baton.words import Place, Problem, Severity


def lint_adding(index: Index, thresholds: Thresholds) -> Iterator[Problem]:
    """Find figures counted twice, rules that can exceed their points, item caps above the total cap, and costs."""
    yield from _twice(index)
    yield from _excess(index)
    yield from _caps(index)
    yield from _lost_points(index)
    yield from _copeland(index, thresholds)


def _part(index: Index, indicator: Indicator) -> str:
    """Name the part of the tree an indicator belongs to: the node right below its root, or the root."""
    way = list(index.ancestors(indicator.parent))
    return way[-2] if len(way) > 1 else way[-1] if way else indicator.parent


def _twice(index: Index) -> Iterator[Problem]:
    seen: dict[tuple[str, str, str], Indicator] = {}
    told: set[tuple[str, str]] = set()
    for indicator in index.scheme.indicators:
        for group in index.carriers(indicator):
            key = indicator.series_code, _part(index, indicator), group
            other = seen.setdefault(key, indicator)
            apart = other.units and indicator.units and not set(other.units) & set(indicator.units)
            if other is indicator or apart or (other.code, indicator.code) in told:
                continue
            told.add((other.code, indicator.code))
            params = {"series": key[0], "one": other.code, "two": indicator.code, "part": key[1], "group": group}
            at = Place(field=f"indicators[{indicator.code}].series")
            yield Problem("engine.lint_figure_twice", params, at, Severity.NOTICE)


def can_exceed(rule: RuleBase) -> bool:
    """Whether a rule can give more than the full points: a cap above them, or none where ends are fixed or open."""
    cap = rule.bounds(Decimal(1)).cap if getattr(rule, "measured_in", "share") == "share" else None
    if cap is not None:
        return cap > 1
    if getattr(rule, "measured_in", "share") == "points":
        # Points stand for themselves; only an uncapped rule is surely without a limit.
        return rule.bounds(Decimal(1)).cap is None and "cap" in type(rule).model_fields
    best, worst = rule.fixed()
    open_ended = "cap" in type(rule).model_fields and getattr(rule, "cap", None) is None
    between = rule.equal_share() is not None and best is None and worst is None
    return (open_ended and not (between and str(getattr(rule, "kind", "")).startswith("efficacy"))) or (
        not open_ended and not between
    )


def _excess(index: Index) -> Iterator[Problem]:
    for indicator in index.scheme.indicators:
        for entry in entries(indicator):
            if can_exceed(entry.rule):
                where = f".parts[{entry.part}]" if entry.part else ""
                cap = entry.rule.bounds(Decimal(1)).cap
                params = {
                    "indicator": indicator.code,
                    "name": indicator.name,
                    "kind": getattr(entry.rule, "kind", ""),
                    "cap": "—" if cap is None else plain(cap),
                }
                at = Place(field=f"indicators[{indicator.code}].rule{where}")
                yield Problem("engine.lint_exceeds_points", params, at, Severity.NOTICE)


def _caps(index: Index) -> Iterator[Problem]:
    scheme = index.scheme
    for name, items, limit in (
        ("bonus", [b for b in scheme.bonuses if b.counting == "total"], scheme.limits.bonus),
        ("deduction", list(scheme.deductions), scheme.limits.deduction),
    ):
        total = sum((item.cap for item in items), Decimal(0))
        at = Place(field=f"limits.{name}")
        if limit is not None and items and total > limit:
            params = {"total": plain(total), "limit": plain(limit), "count": len(items)}
            yield Problem("engine.lint_item_caps_above_limit", params, at, Severity.NOTICE)
        elif limit is None and len(items) > 1:
            params = {"total": plain(total), "count": len(items)}
            yield Problem("engine.lint_no_limit", params, at, Severity.WARNING)


def _lost_points(index: Index) -> Iterator[Problem]:
    """Find indicators left out where missing whose points are then simply lost, because nothing shares them out."""
    for indicator in index.scheme.indicators:
        above = [index.nodes[code] for code in index.ancestors(indicator.parent)]
        sums = []
        for node in above:
            if not isinstance(node.combine, Sum):
                break
            sums.append(node)
        excluded = indicator.missing is Missing.EXCLUDE
        if excluded and sums and not any(node.renormalise for node in sums):
            params = {"indicator": indicator.code, "name": indicator.name, "node": above[0].code}
            at = Place(field=f"indicators[{indicator.code}].missing")
            yield Problem("engine.lint_excluded_points_lost", params, at, Severity.WARNING)


def _copeland(index: Index, thresholds: Thresholds) -> Iterator[Problem]:
    children: dict[str, int] = defaultdict(int)
    for node in index.scheme.nodes:
        children[node.parent or ""] += 1
    for indicator in index.scheme.indicators:
        children[indicator.parent] += 1
    for node in index.scheme.nodes:
        if not isinstance(node.combine, Copeland):
            continue
        for group in index.groups:
            units = len(index.members.get(group, ()))
            cost = units**2 * children[node.code] * len(periods(node.frequency))
            if node.code in index.carrying_nodes[group] and cost > thresholds.copeland:
                params = {"node": node.code, "group": group, "cost": cost, "most": thresholds.copeland}
                yield Problem("engine.lint_copeland_too_large", params, Place(field=f"nodes[{node.code}].combine"))
