"""The tree: no circles, nothing out of reach, no group without units or indicators."""

from collections.abc import Iterator

from baton.engine.scheme.structure.index import EVERY_GROUP, Index
from baton.words import Place, Problem


def check_tree(index: Index) -> Iterator[Problem]:
    """Find cycles, nodes and indicators that no group reaches, and groups that have nobody or nothing to score."""
    yield from _cycles(index)
    yield from _reach(index)
    yield from _groups(index)


def _cycles(index: Index) -> Iterator[Problem]:
    told: set[str] = set()
    for node in index.scheme.nodes:
        way = list(index.ancestors(node.code))
        back = index.nodes[way[-1]].parent if way else None
        if back not in way or told.intersection(way):
            continue
        circle = way[way.index(back or "") :]
        told.update(circle)
        shown = " → ".join([*circle, circle[0]])
        yield Problem("engine.scheme_cycle", {"circle": shown}, Place(field=f"nodes[{circle[0]}].parent"))


def _reach(index: Index) -> Iterator[Problem]:
    reached = frozenset().union(*index.subtree.values())
    for node in index.scheme.nodes:
        if node.parent is None and node.code not in reached:
            yield Problem("engine.scheme_root_of_no_group", {"node": node.code}, Place(field=f"nodes[{node.code}]"))
    for indicator in index.scheme.indicators:
        at = Place(field=f"indicators[{indicator.code}].points")
        if not indicator.points:
            yield Problem("engine.scheme_indicator_of_no_group", {"indicator": indicator.code}, at)
        for group in indicator.points if indicator.parent in index.nodes else ():
            lost = group in index.groups and indicator.parent not in index.subtree[group]
            if lost or (group == EVERY_GROUP and not index.carriers(indicator)):
                params = {"indicator": indicator.code, "group": group, "node": indicator.parent}
                yield Problem("engine.scheme_points_outside_tree", params, at)


def _groups(index: Index) -> Iterator[Problem]:
    for group in index.scheme.groups:
        at = Place(field=f"groups[{group.code}]")
        if not index.members.get(group.code):
            yield Problem("engine.scheme_group_empty", {"group": group.code, "name": group.name}, at)
        if group.root in index.nodes and not index.carrying_nodes[group.code]:
            yield Problem("engine.scheme_group_without_indicators", {"group": group.code, "name": group.name}, at)
    for unit in index.scheme.units:
        if unit.valid_from and unit.valid_to and unit.valid_from > unit.valid_to:
            params = {"first": unit.valid_from.isoformat(), "last": unit.valid_to.isoformat()}
            yield Problem("engine.scheme_dates_reversed", params, Place(field=f"units[{unit.code}].valid_to"))
        if unit.code in unit.successors:
            at = Place(field=f"units[{unit.code}].successors")
            yield Problem("engine.scheme_own_successor", {"unit": unit.code}, at)
    scheme = index.scheme
    if scheme.effective_to and scheme.effective_from > scheme.effective_to:
        params = {"first": scheme.effective_from.isoformat(), "last": scheme.effective_to.isoformat()}
        yield Problem("engine.scheme_dates_reversed", params, Place(field="effective_to"))
