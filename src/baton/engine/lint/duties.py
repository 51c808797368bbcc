"""Rules of the trade: hooks, main-line tasks, vetoes with a basis, nobody judging himself."""

import re
from collections.abc import Iterator

from baton.engine.scheme.adjustments import GradeCap
from baton.engine.scheme.model import Scheme
from baton.engine.scheme.structure import Index
from baton.words import Place, Problem, Severity

_CAMPAIGN = re.compile(r"创建|示范|评选|达标活动|先进(单位|集体)评比")
_BONUS_ROW = re.compile(r"加分|奖励分|附加分")


def lint_duties(index: Index) -> Iterator[Problem]:
    """Find indicators without a hook, tasks nobody carries, vetoes and campaigns without a basis, self-assessment."""
    yield from _hooks(index)
    yield from _vetoes(index)
    yield from _own_judges(index)
    yield from _campaigns(index)


def _hooks(index: Index) -> Iterator[Problem]:
    carried = {hook for indicator in index.scheme.indicators if index.carriers(indicator) for hook in indicator.hooks}
    without = [indicator for indicator in index.scheme.indicators if not indicator.hooks]
    if without and _is_index(index.scheme):
        count = {"indicators": len(without)}
        yield Problem("engine.lint_index_without_tasks", count, Place(field="tasks"), Severity.NOTICE)
        without = []
    for indicator in without:
        params = {"indicator": indicator.code, "name": indicator.name}
        yield Problem("engine.lint_no_hook", params, Place(field=f"indicators[{indicator.code}].hooks"))
    for task in index.scheme.tasks:
        if task.kind == "main_line" and task.code not in carried:
            params = {"task": task.code, "name": task.name}
            at = Place(field=f"tasks[{task.code}]")
            yield Problem("engine.lint_task_not_carried", params, at, Severity.WARNING)


def _is_index(scheme: Scheme) -> bool:
    """Tell whether a scheme only measures: it names no task, and nobody leads, checks, rewards or vetoes anything."""
    led = any(indicator.lead or indicator.reviewer or indicator.hooks for indicator in scheme.indicators)
    return not (scheme.tasks or led or scheme.bonuses or scheme.deductions or scheme.vetoes or scheme.grading.grades)


def _vetoes(index: Index) -> Iterator[Problem]:
    grades = [grade.code for grade in index.scheme.grading.grades]
    for veto in index.scheme.vetoes:
        params = {"veto": veto.code, "name": veto.name}
        if not veto.basis.strip():
            yield Problem("engine.lint_veto_without_basis", params, Place(field=f"vetoes[{veto.code}].basis"))
        cap = veto.consequence.grade if isinstance(veto.consequence, GradeCap) else ""
        if grades and cap == grades[0]:
            at = Place(field=f"vetoes[{veto.code}].consequence")
            yield Problem("engine.lint_veto_without_effect", params | {"grade": cap}, at, Severity.WARNING)


def _own_judges(index: Index) -> Iterator[Problem]:
    """Find lead departments that are assessed by what they report, without somebody else to check it."""
    for indicator in index.scheme.indicators:
        lead = index.units.get(indicator.lead or "")
        if lead is None or not index.carried_by(indicator, lead):
            continue
        params = {"indicator": indicator.code, "name": indicator.name, "unit": lead.name}
        if indicator.reviewer in (None, lead.code):
            at = Place(field=f"indicators[{indicator.code}].reviewer")
            yield Problem("engine.lint_own_judge", params, at)


def _campaigns(index: Index) -> Iterator[Problem]:
    for bonus in index.scheme.bonuses:
        if not bonus.basis.strip() and _CAMPAIGN.search(bonus.name):
            params = {"item": bonus.code, "name": bonus.name}
            at = Place(field=f"bonuses[{bonus.code}].basis")
            yield Problem("engine.lint_campaign_without_basis", params, at, Severity.WARNING)
    for indicator in index.scheme.indicators:
        if _BONUS_ROW.search(indicator.name):
            params = {"indicator": indicator.code, "name": indicator.name}
            at = Place(field=f"indicators[{indicator.code}].name")
            yield Problem("engine.lint_bonus_in_total", params, at, Severity.NOTICE)
