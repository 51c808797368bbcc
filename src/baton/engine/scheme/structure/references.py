"""References that lead nowhere: to a group, node, unit, task or indicator that the scheme does not have."""

from collections.abc import Collection, Iterable, Iterator
from difflib import get_close_matches

from baton.engine.scheme.structure.index import EVERY_GROUP, Index
from baton.words import Place, Problem

_UNKNOWN = {
    "group": "engine.scheme_unknown_group",
    "node": "engine.scheme_unknown_node",
    "unit": "engine.scheme_unknown_unit",
    "task": "engine.scheme_unknown_task",
    "indicator": "engine.scheme_unknown_indicator",
}


def unknown(what: str, given: Iterable[str | None], known: Collection[str], field: str) -> Iterator[Problem]:
    """Find which of the codes given at a field are not known; near misses are named."""
    for code in given:
        if code is not None and code not in known:
            near = "、".join(get_close_matches(code, [str(k) for k in known], n=3, cutoff=0.5)) or "—"
            yield Problem(_UNKNOWN[what], {"given": code, "near": near}, Place(field=field))


def check_references(index: Index) -> Iterator[Problem]:
    """Find every reference to something that the scheme does not have."""
    yield from _of_units(index)
    yield from _of_nodes(index)
    yield from _of_indicators(index)
    yield from _of_adjustments(index)


def _of_units(index: Index) -> Iterator[Problem]:
    for group in index.scheme.groups:
        yield from unknown("node", [group.root], index.nodes, f"groups[{group.code}].root")
    for unit in index.scheme.units:
        yield from unknown("group", [unit.group], index.groups, f"units[{unit.code}].group")
        yield from unknown("unit", unit.successors, index.units, f"units[{unit.code}].successors")
    for number, exemption in enumerate(index.scheme.exemptions, 1):
        at = f"exemptions[#{number}]"
        yield from unknown("unit", [exemption.unit], index.units, f"{at}.unit")
        yield from unknown("indicator", [exemption.indicator], index.indicators, f"{at}.indicator")
        yield from unknown("node", [exemption.node], index.nodes, f"{at}.node")
    for task in index.scheme.tasks:
        yield from unknown("unit", [task.lead], index.units, f"tasks[{task.code}].lead")


def _of_nodes(index: Index) -> Iterator[Problem]:
    groups = {*index.groups, EVERY_GROUP}
    for node in index.scheme.nodes:
        yield from unknown("node", [node.parent], index.nodes, f"nodes[{node.code}].parent")
        yield from unknown("group", node.weight, groups, f"nodes[{node.code}].weight")


def _of_indicators(index: Index) -> Iterator[Problem]:
    groups = {*index.groups, EVERY_GROUP}
    tasks = {task.code for task in index.scheme.tasks}
    for indicator in index.scheme.indicators:
        at = f"indicators[{indicator.code}]"
        yield from unknown("node", [indicator.parent], index.nodes, f"{at}.parent")
        yield from unknown("group", indicator.points, groups, f"{at}.points")
        yield from unknown("unit", indicator.units, index.units, f"{at}.units")
        yield from unknown("unit", [indicator.lead], index.units, f"{at}.lead")
        yield from unknown("unit", [indicator.reviewer], index.units, f"{at}.reviewer")
        yield from unknown("task", indicator.hooks, tasks, f"{at}.hooks")


def _of_adjustments(index: Index) -> Iterator[Problem]:
    for name in ("bonuses", "deductions", "vetoes"):
        for item in getattr(index.scheme, name):
            yield from unknown("unit", [item.lead], index.units, f"{name}[{item.code}].lead")
