"""Which groups can be analysed, and what has to be said of those that can."""

from collections.abc import Iterator

import numpy as np

from baton.engine.result.sheet import ScoreSheet
from baton.engine.robustness.connected import indicators_alike, parts_of
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
    if all(indicators_alike(cube).values()):
        yield Problem("robust.all_equal", {**common, "units": count}, place)
        return
    if np.count_nonzero(items_of(cube).weights) < 2:
        yield Problem("robust.one_weight", common, place)
        return
    parts = parts_of(cube)
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
    same = [name for name, equal in indicators_alike(cube).items() if equal]
    if same:
        shown = "、".join(same[:_NAMED])
        params: dict[str, object] = {"group": cube.group.name, "count": len(same), "shown": shown}
        yield Problem("robust.constant_indicators", params, place, Severity.NOTICE)


def _names(cube: Cube, part: list[int]) -> str:
    return "、".join(cube.plan.names[cube.units[number]] for number in part[:_NAMED])
