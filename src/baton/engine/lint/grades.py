"""Quotas against thresholds: grades nobody can get, places that round to nothing, quotas past the whole group."""

import math
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from baton.engine.scheme.nodes import Sum
from baton.engine.scheme.structure import Index
from baton.engine.scheme.structure.points import full_of
from baton.engine.terms import Rounding, plain
from baton.words import Place, Problem, Severity


def lint_grades(index: Index) -> Iterator[Problem]:
    """Find quotas and thresholds that contradict each other."""
    grades = index.scheme.grading.grades
    with_quota = [grade for grade in grades if grade.quota is not None]
    total = sum((grade.quota for grade in with_quota if grade.quota is not None), Decimal(0))
    if total > 1:
        at = Place(field="grading.grades")
        yield Problem("engine.lint_quotas_above_whole", {"total": plain(total * 100)}, at, Severity.WARNING)
    for position, grade in enumerate(grades):
        at = Place(field=f"grading.grades[{grade.code}]")
        if grade.quota is not None and position == len(grades) - 1:
            yield Problem("engine.lint_quota_of_last_grade", {"grade": grade.name}, at, Severity.WARNING)
        elif grade.quota is not None:
            yield from _places(index, grade.name, grade.quota, at)
        if grade.at_least is None and grade.quota is None and position < len(grades) - 1:
            worse = grades[position + 1].name
            yield Problem("engine.lint_grade_hides", {"grade": grade.name, "worse": worse}, at, Severity.WARNING)
        if grade.at_least is not None:
            yield from _reach(index, grade.name, grade.at_least, at)


def _places(index: Index, name: str, quota: Decimal, at: Place) -> Iterator[Problem]:
    pools: dict[str, list[str]] = defaultdict(list)
    for group in index.scheme.groups:
        if group.graded:
            pools[group.quota_pool or group.code].append(group.code)
    for groups in pools.values():
        units = sum(len(index.members.get(group, ())) for group in groups)
        places = quota * units
        rounding = index.scheme.grading.quota_rounding
        whole = {
            Rounding.DOWN: math.floor(places),
            Rounding.UP: math.ceil(places),
            Rounding.HALF_UP: math.floor(places + Decimal("0.5")),
        }[rounding]
        if units and whole == 0:
            params = {"grade": name, "groups": "、".join(groups), "units": units, "places": plain(places)}
            yield Problem("engine.lint_quota_without_place", params, at, Severity.NOTICE)


def _reach(index: Index, name: str, least: Decimal, at: Place) -> Iterator[Problem]:
    """Find thresholds above all that a group can score."""
    scheme = index.scheme
    bonuses = sum((bonus.cap for bonus in scheme.bonuses if bonus.counting == "total"), Decimal(0))
    extra = bonuses if scheme.limits.bonus is None else min(bonuses, scheme.limits.bonus)
    for group in scheme.groups:
        root = index.nodes.get(group.root)
        if root is None or not group.graded or root.parent is not None:
            continue
        individual = frozenset(i.code for i in scheme.indicators if i.units)
        if isinstance(root.combine, Sum) and root.full is None and individual:
            continue
        most = full_of(index, root, group.code, frozenset()) + extra
        if least > most:
            params = {"grade": name, "least": plain(least), "group": group.code, "most": plain(most)}
            yield Problem("engine.lint_grade_out_of_reach", params, at, Severity.WARNING)
