"""Which groups can be analysed, and what has to be said of those that can."""

from collections.abc import Iterator

import numpy as np

from baton.engine.result.sheet import ScoreSheet
from baton.engine.robustness.bands import constant
from baton.engine.robustness.branch import Bools
from baton.engine.robustness.cube import Cube
from baton.engine.robustness.items import items_of
from baton.engine.scheme.nodes import Copeland
from baton.words import Place, Problem, Severity

LEAST_UNITS = 3
_NAMED = 3


def unscored(sheet: ScoreSheet) -> Iterator[Problem]:
    """Groups in which no unit has a score."""
    scored = {one.group for one in sheet.standings if one.base is not None}
    for group in sheet.scheme.groups:
        if group.code not in scored and any(one.group == group.code for one in sheet.standings):
            yield Problem("robust.nothing_scored", {"group": group.name}, Place(field=group.code))


def refusals(cube: Cube) -> Iterator[Problem]:
    """Why a group cannot be analysed; nothing, where it can."""
    place = Place(field=cube.group.code)
    count = len(cube.units)
    common: dict[str, object] = {"group": cube.group.name}
    if count < LEAST_UNITS:
        yield Problem("robust.too_few_units", {**common, "units": count, "least": LEAST_UNITS}, place)
        return
    if isinstance(cube.root.node.combine, Copeland):
        yield Problem("robust.no_weighted_sum", {**common, "node": cube.root.node.name}, place)
        return
    if all(_constant(cube).values()):
        yield Problem("robust.all_equal", {**common, "units": count}, place)
        return
    if np.count_nonzero(items_of(cube).weights) < 2:
        yield Problem("robust.one_weight", common, place)
        return
    parts = _parts(cube)
    if len(parts) > 1:
        named = [_names(cube, part) for part in parts[:2]]
        params = {**common, "parts": len(parts), "one": named[0], "other": named[1]}
        yield Problem("robust.disconnected", params, place)


def notices(cube: Cube) -> Iterator[Problem]:
    """What was left as it is: nodes that compare in pairs, indicators that cannot tell units apart."""
    place = Place(field=cube.group.code)
    for branch in cube.branches:
        if isinstance(branch.node.combine, Copeland):
            kept = {"group": cube.group.name, "node": branch.node.name}
            yield Problem("robust.copeland_kept", kept, place, Severity.NOTICE)
    same = [name for name, equal in _constant(cube).items() if equal]
    if same:
        shown = "、".join(same[:_NAMED])
        params: dict[str, object] = {"group": cube.group.name, "count": len(same), "shown": shown}
        yield Problem("robust.constant_indicators", params, place, Severity.NOTICE)


def _constant(cube: Cube) -> dict[str, bool]:
    """Whether an indicator gives every unit the same in every period, by name; goals of single units never do."""
    found: dict[str, bool] = {}
    for branch in cube.branches:
        scored = cube.scored.get(branch.node.code)
        for number, leaf in enumerate(branch.leaves if scored else ()):
            assert scored is not None
            points, present = scored.points[:, number], scored.present[:, number]
            single = bool(leaf.indicator.units)
            equal = not single and bool(constant(points, present).all())
            found[leaf.indicator.name] = found.get(leaf.indicator.name, True) and equal
    return found


def _parts(cube: Cube) -> list[list[int]]:
    """Units put together that share an indicator, directly or through others; the goals of a node count as one."""
    joined = np.eye(len(cube.units), dtype=np.bool_)
    for branch in cube.branches:
        scored = cube.scored.get(branch.node.code)
        if scored is None:
            continue
        present: Bools = scored.present.any(axis=0)
        single = np.array([bool(leaf.indicator.units) for leaf in branch.leaves])
        rows = [*present[~single], *([present[single].any(axis=0)] if single.any() else [])]
        for row in rows:
            joined |= row[:, None] & row[None, :]
    for score, _, there in cube.fixed.values():
        joined |= there.any(axis=0)[:, None] & (score > -np.inf).any(axis=0)[None, :]
    return _closed(joined)


def _closed(joined: Bools) -> list[list[int]]:
    left = set(range(len(joined)))
    parts = []
    while left:
        reached = {min(left)}
        edge = set(reached)
        while edge:
            edge = {int(n) for one in edge for n in np.flatnonzero(joined[one])} - reached
            reached |= edge
        parts.append(sorted(reached))
        left -= reached
    return parts


def _names(cube: Cube, part: list[int]) -> str:
    return "、".join(cube.plan.names[cube.units[number]] for number in part[:_NAMED])
