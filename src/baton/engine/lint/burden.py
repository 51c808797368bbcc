"""What the scheme asks of those it assesses: figures to type in, evidence to hand in."""

from collections import defaultdict
from collections.abc import Iterator

from baton.engine.lint.limits import Thresholds
from baton.engine.scheme.indicators import Indicator
from baton.engine.scheme.structure import Index
from baton.engine.scheme.structure.figures import reported
from baton.engine.terms import Evidence, Frequency, Reporter
from baton.words import Place, Problem, Severity

_A_YEAR = {Frequency.MONTH: 12, Frequency.QUARTER: 4, Frequency.YEAR: 1}


def lint_burden(index: Index, thresholds: Thresholds) -> Iterator[Problem]:
    """Count for each group what a unit types in itself, and name indicators that very many units report themselves."""
    own = [indicator for indicator in index.scheme.indicators if indicator.reporter is Reporter.UNIT]
    for group in index.scheme.groups:
        yield from _group(index, group.code, group.name)
    for indicator in own:
        units = sum(index.carried_by(indicator, unit) for unit in index.scheme.units)
        if units > thresholds.self_reporting:
            params = {"indicator": indicator.code, "name": indicator.name, "units": units}
            at = Place(field=f"indicators[{indicator.code}].reporter")
            yield Problem("engine.lint_many_report_themselves", params, at, Severity.NOTICE)


def figures_typed(indicator: Indicator) -> int:
    """Count the figures one report of an indicator asks for; a list that each unit has for itself counts as one."""
    by_unit = getattr(indicator.rule, "items", 0) == "by_unit"
    return 1 if by_unit else len(reported(indicator))


def _group(index: Index, group: str, name: str) -> Iterator[Problem]:
    monthly: dict[str, int] = defaultdict(int)
    yearly: dict[str, int] = defaultdict(int)
    evidence: dict[str, int] = defaultdict(int)
    asking = [i for i in index.scheme.indicators if i.reporter is Reporter.UNIT or i.evidence is Evidence.REQUIRED]
    for indicator in asking:
        for unit in index.members.get(group, ()):
            if not index.carried_by(indicator, unit):
                continue
            if indicator.evidence is Evidence.REQUIRED:
                evidence[unit.code] += _A_YEAR[indicator.frequency]
            if indicator.reporter is Reporter.UNIT:
                yearly[unit.code] += figures_typed(indicator) * _A_YEAR[indicator.frequency]
                monthly[unit.code] += figures_typed(indicator) if indicator.frequency is Frequency.MONTH else 0
    if yearly or evidence:
        params = {
            "group": group,
            "name": name,
            "monthly": max(monthly.values(), default=0),
            "yearly": max(yearly.values(), default=0),
            "evidence": max(evidence.values(), default=0),
        }
        yield Problem("engine.lint_burden", params, Place(field=f"groups[{group}]"), Severity.NOTICE)
