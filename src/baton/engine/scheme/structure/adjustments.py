"""Bonuses, deductions and vetoes: points that are positive, limits in order, grades that exist."""

from collections.abc import Iterator
from decimal import Decimal

from baton.engine.scheme.adjustments import Bonus, ByLevel, Decided, Deduction, GradeCap
from baton.engine.scheme.structure.index import Index
from baton.engine.terms import plain
from baton.words import Place, Problem


def check_adjustments(index: Index) -> Iterator[Problem]:
    """Find bonus and deduction items with negative points, limits in the wrong order, and vetoes without a grade."""
    scheme = index.scheme
    for name in ("bonuses", "deductions"):
        for item in getattr(scheme, name):
            yield from _measure(f"{name}[{item.code}].measure", item)
    limits = scheme.limits
    for name in ("bonus", "deduction"):
        number = getattr(limits, name)
        if number is not None and number < 0:
            yield Problem("engine.scheme_negative_limit", {"given": plain(number)}, Place(field=f"limits.{name}"))
    if limits.total_floor is not None and limits.total_cap is not None and limits.total_floor > limits.total_cap:
        params = {"floor": plain(limits.total_floor), "cap": plain(limits.total_cap)}
        yield Problem("engine.scheme_floor_above_cap", params, Place(field="limits.total_floor"))
    known = {grade.code for grade in scheme.grading.grades}
    for veto in scheme.vetoes:
        at = Place(field=f"vetoes[{veto.code}].consequence")
        cap = veto.consequence.grade if isinstance(veto.consequence, GradeCap) else None
        if not known:
            yield Problem("engine.scheme_veto_without_grades", {"veto": veto.code}, at)
        elif cap is not None and cap not in known:
            params = {"given": cap, "known": "、".join(grade.code for grade in scheme.grading.grades)}
            yield Problem("engine.scheme_unknown_grade", params, at)


def _measure(field: str, item: Bonus | Deduction) -> Iterator[Problem]:
    measure = item.measure
    points: dict[str, Decimal] = {}
    if isinstance(measure, ByLevel):
        points = dict(measure.levels)
    elif isinstance(measure, Decided):
        points = {plain(number): number for number in measure.allowed}
    for label, number in points.items():
        if number < 0:
            params = {"item": item.code, "label": label, "given": plain(number)}
            yield Problem("engine.scheme_negative_adjustment", params, Place(field=field))
