"""Bonus, deduction and veto items in words."""

from collections.abc import Iterator

from baton.engine.explain.explanation import ItemExplanation
from baton.engine.explain.line import Line, shown
from baton.engine.scheme.adjustments import Bonus, ByLevel, ByQuantity, Deduction, GradeCap, Measure, Veto
from baton.engine.scheme.model import Scheme
from baton.engine.terms import Counting


def explain_items(scheme: Scheme, wanted: set[str]) -> Iterator[ItemExplanation]:
    """Go through the wanted items in the scheme's order: bonuses, deductions, vetoes."""
    for bonus in scheme.bonuses:
        if bonus.code in wanted:
            yield ItemExplanation("bonus", bonus.code, bonus.name, tuple(_points(bonus)))
    for deduction in scheme.deductions:
        if deduction.code in wanted:
            yield ItemExplanation("deduction", deduction.code, deduction.name, tuple(_points(deduction)))
    names = {grade.code: grade.name for grade in scheme.grading.grades}
    for veto in scheme.vetoes:
        if veto.code in wanted:
            yield ItemExplanation("veto", veto.code, veto.name, tuple(_consequence(veto, names)))


def _points(item: Bonus | Deduction) -> Iterator[Line]:
    yield _measure(item.measure)
    yield Line("engine.explain_item_cap", {"cap": shown(item.cap)})
    if isinstance(item, Bonus) and item.counting is Counting.TIE_BREAK:
        yield Line("engine.explain_item_breaks_ties")


def _measure(measure: Measure) -> Line:
    if isinstance(measure, ByLevel):
        levels = "、".join(f"{level} {shown(points)}" for level, points in measure.levels.items())
        return Line("engine.explain_item_level", {"levels": levels})
    if isinstance(measure, ByQuantity):
        params = {"per": shown(measure.per), "rate": shown(measure.rate)}
        return Line("engine.explain_item_portions" if measure.whole else "engine.explain_item_quantity", params)
    if measure.allowed:
        return Line("engine.explain_item_allowed", {"allowed": " / ".join(shown(points) for points in measure.allowed)})
    return Line("engine.explain_item_decided")


def _consequence(veto: Veto, names: dict[str, str]) -> Iterator[Line]:
    consequence = veto.consequence
    if isinstance(consequence, GradeCap):
        grade = names.get(consequence.grade, consequence.grade)
        yield Line("engine.explain_item_grade_cap", {"grade": grade})
    else:
        yield Line("engine.explain_item_grade_drop", {"steps": consequence.steps})
        if consequence.zero_indicator:
            yield Line("engine.explain_item_zero")
    if veto.basis:
        yield Line("engine.explain_item_basis", {"basis": veto.basis})
