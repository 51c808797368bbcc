"""Points and weights: none negative, sums that give the declared full mark, weights that add up to 1 or 100."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from baton.engine.scheme.indicators import Indicator
from baton.engine.scheme.nodes import Node, Sum
from baton.engine.scheme.structure.index import EVERY_GROUP, Index
from baton.engine.terms import plain
from baton.words import Place, Problem

WHOLE = (Decimal(1), Decimal(100))
DEFAULT_FULL = Decimal(100)
MOST_QUANTA = 2**50
"""Points in quanta of 10^-decimals are added up in 64 bits; a thousand leaves of this size still fit."""


def check_points(index: Index) -> Iterator[Problem]:
    """Find negative points, points and weights that do not add up, and weights that are missing or of no use."""
    yield from _signs(index)
    yield from _sizes(index)
    yield from _fineness(index)
    yield from _places(index)
    for node in index.scheme.nodes:
        for group in index.groups:
            if node.code in index.carrying_nodes[group]:
                yield from _adding_up(index, node, group)


def _signs(index: Index) -> Iterator[Problem]:
    given = [(f"indicators[{i.code}].points", i.points) for i in index.scheme.indicators]
    given += [(f"nodes[{n.code}].weight", n.weight) for n in index.scheme.nodes]
    for field, by_group in given:
        for group, number in by_group.items():
            if number < 0:
                yield Problem(
                    "engine.scheme_negative_points", {"given": plain(number), "group": group}, Place(field=field)
                )
    for node in index.scheme.nodes:
        if node.floor is not None and node.cap is not None and node.floor > node.cap:
            params = {"floor": plain(node.floor), "cap": plain(node.cap)}
            yield Problem("engine.scheme_floor_above_cap", params, Place(field=f"nodes[{node.code}].floor"))


def _sizes(index: Index) -> Iterator[Problem]:
    """Find points too large to be counted in quanta of the scheme."""
    most = MOST_QUANTA // 10**index.scheme.decimals
    given = [(f"indicators[{i.code}].points", n) for i in index.scheme.indicators for n in i.points.values()]
    given += [(f"indicators[{i.code}].full", i.full) for i in index.scheme.indicators if i.full is not None]
    for node in index.scheme.nodes:
        numbers = {"full": node.full, "floor": node.floor, "cap": node.cap}
        given += [(f"nodes[{node.code}].{name}", n) for name, n in numbers.items() if n is not None]
    for field, number in given:
        if abs(number) > most:
            params = {"given": plain(number), "most": most, "decimals": index.scheme.decimals}
            yield Problem("engine.scheme_points_too_large", params, Place(field=field))


def _fineness(index: Index) -> Iterator[Problem]:
    """Find points that are added up and finer than a quantum: their roundings would not add up to the full mark."""
    for indicator in index.scheme.indicators:
        parent = index.nodes.get(indicator.parent)
        added = parent is not None and isinstance(parent.combine, Sum)
        for number in indicator.points.values() if added else ():
            if _decimals(number) > index.scheme.decimals:
                params = {"given": plain(number), "decimals": index.scheme.decimals}
                field = f"indicators[{indicator.code}].points"
                yield Problem("engine.scheme_points_too_fine", params, Place(field=field))


def _decimals(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _places(index: Index) -> Iterator[Problem]:
    """Find weights where points are added, and full marks of indicators whose points say them already."""
    for node in index.scheme.nodes:
        parent = index.nodes.get(node.parent or "")
        if node.weight and (parent is None or isinstance(parent.combine, Sum)):
            params = {"node": node.code, "parent": node.parent or "—"}
            yield Problem("engine.scheme_weight_without_mean", params, Place(field=f"nodes[{node.code}].weight"))
    for indicator in index.scheme.indicators:
        parent = index.nodes.get(indicator.parent)
        if indicator.full is not None and parent is not None and isinstance(parent.combine, Sum):
            params = {"indicator": indicator.code}
            yield Problem("engine.scheme_full_under_sum", params, Place(field=f"indicators[{indicator.code}].full"))


def profiles(index: Index, group: str) -> dict[frozenset[str], list[str]]:
    """Gather the units of a group by which of the individual indicators (those with `units`) they have."""
    individual = [i for i in index.scheme.indicators if i.units and index.points(i, group) is not None]
    found: dict[frozenset[str], list[str]] = defaultdict(list)
    mine: dict[str, set[str]] = defaultdict(set)
    for indicator in individual:
        for code in indicator.units:
            mine[code].add(indicator.code)
    for unit in index.members.get(group, ()):
        found[frozenset(mine[unit.code])].append(unit.code)
    return found


def full_of(index: Index, node: Node, group: str, individual: frozenset[str]) -> Decimal:
    """Give the full mark of a node for units of a group that have these individual indicators."""
    if node.full is not None:
        return node.full
    return _given(index, node, group, individual) if isinstance(node.combine, Sum) else DEFAULT_FULL


def _mine(indicator: Indicator, individual: frozenset[str]) -> bool:
    return not indicator.units or indicator.code in individual


def _given(index: Index, node: Node, group: str, individual: frozenset[str]) -> Decimal:
    """Add up the points of a node's children."""
    total = Decimal(0)
    for indicator in index.child_indicators.get(node.code, ()):
        if _mine(indicator, individual):
            total += index.points(indicator, group) or 0
    for child in index.child_nodes.get(node.code, ()):
        # A node in a circle would add up for ever; its circle has been told.
        if child.in_total and child.code in index.carrying_nodes[group] and node.code not in _below(index, child):
            total += full_of(index, child, group, individual) * child.times_in(node)
    return total


def _below(index: Index, node: Node) -> set[str]:
    return set(index.ancestors(node.code)) if index.nodes[list(index.ancestors(node.code))[-1]].parent else set()


def _weights(index: Index, node: Node, group: str, individual: frozenset[str]) -> Iterator[tuple[str, Decimal | None]]:
    for indicator in index.child_indicators.get(node.code, ()):
        if _mine(indicator, individual) and (weight := index.points(indicator, group)) is not None:
            yield f"indicators[{indicator.code}].points", weight
    for child in index.child_nodes.get(node.code, ()):
        if child.in_total and child.code in index.carrying_nodes[group]:
            yield f"nodes[{child.code}].weight", child.weight.get(group, child.weight.get(EVERY_GROUP))


def _adding_up(index: Index, node: Node, group: str) -> Iterator[Problem]:
    units_by_profile = profiles(index, group) or {frozenset[str](): []}
    if isinstance(node.combine, Sum):
        yield from _points_add_up(index, node, group, units_by_profile)
        return
    found = [dict(_weights(index, node, group, individual)) for individual in units_by_profile]
    unweighted = sorted({field for weights in found for field, weight in weights.items() if weight is None})
    for field in unweighted:
        params = {"node": node.code, "group": group, "combine": node.combine.kind}
        yield Problem("engine.scheme_weight_missing", params, Place(field=field))
    if unweighted:
        return
    sums = [sum((w for w in weights.values() if w is not None), Decimal(0)) for weights in found]
    alike = any(len(set(weights.values())) == 1 for weights in found)
    at = Place(field=f"nodes[{node.code}]")
    if not any(sums):
        yield Problem("engine.scheme_points_all_zero", {"node": node.code, "group": group}, at)
    elif not alike and not any(total in WHOLE for total in sums):
        params = {"node": node.code, "name": node.name, "group": group, "total": plain(max(sums))}
        yield Problem("engine.scheme_weights_do_not_add_up", params, at)


def _points_add_up(
    index: Index, node: Node, group: str, units_by_profile: dict[frozenset[str], list[str]]
) -> Iterator[Problem]:
    """Compare the points of a sum with its declared full mark.

    Under a node that shares out the points of what does not apply, units without an individual indicator may have less,
    as long as some unit has all and none has more.
    """
    at = Place(field=f"nodes[{node.code}].full")
    totals = {individual: _given(index, node, group, individual) for individual in units_by_profile}
    if not any(totals.values()):
        yield Problem("engine.scheme_points_all_zero", {"node": node.code, "group": group}, at)
        return
    if node.full is None:
        return
    reached = any(total == node.full for total in totals.values())
    wrong: dict[Decimal, list[str]] = defaultdict(list)
    for individual, total in totals.items():
        if total > node.full or (total < node.full and not (node.renormalise and reached)):
            wrong[total] += units_by_profile[individual]
    for total, units in wrong.items():
        params = {
            "node": node.code,
            "name": node.name,
            "group": group,
            "total": plain(total),
            "full": plain(node.full),
            "units": "、".join(units[:3]) + ("…" if len(units) > 3 else ""),
            "count": len(units),
        }
        yield Problem("engine.scheme_points_do_not_add_up", params, at)
