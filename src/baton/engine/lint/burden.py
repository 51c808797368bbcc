"""What the scheme asks of those it assesses: figures to type in, evidence to hand in."""

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
        units = index.count_carrying(indicator)
        if units > thresholds.self_reporting:
            params = {"indicator": indicator.code, "name": indicator.name, "units": units}
            at = Place(field=f"indicators[{indicator.code}].reporter")
            yield Problem("engine.lint_many_report_themselves", params, at, Severity.NOTICE)


def figures_typed(indicator: Indicator) -> int:
    """Count the figures one report of an indicator asks for; a list that each unit has for itself counts as one."""
    by_unit = getattr(indicator.rule, "items", 0) == "by_unit"
    return 1 if by_unit else len(reported(indicator))


def _group(index: Index, group: str, name: str) -> Iterator[Problem]:
    """Tell the most that a unit of a group is asked for; units that carry the same need be looked at only once."""
    asking = [i for i in index.scheme.indicators if i.reporter is Reporter.UNIT or i.evidence is Evidence.REQUIRED]
    here = [indicator for indicator in asking if index.points(indicator, group) is not None]
    units = index.members.get(group, [])
    ordinary = [unit for unit in units if unit.code not in index.special][:1]
    asked = [
        _asked([indicator for indicator in here if index.carried_by(indicator, unit)])
        for unit in (*ordinary, *(unit for unit in units if unit.code in index.special))
    ]
    monthly, yearly, evidence = (max((one[place] for one in asked), default=0) for place in range(3))
    if yearly or evidence:
        params = {"group": group, "name": name, "monthly": monthly, "yearly": yearly, "evidence": evidence}
        yield Problem("engine.lint_burden", params, Place(field=f"groups[{group}]"), Severity.NOTICE)


def _asked(indicators: list[Indicator]) -> tuple[int, int, int]:
    """Count figures typed a month and a year, and pieces of evidence a year."""
    own = [indicator for indicator in indicators if indicator.reporter is Reporter.UNIT]
    monthly = sum(figures_typed(indicator) for indicator in own if indicator.frequency is Frequency.MONTH)
    yearly = sum(figures_typed(indicator) * _A_YEAR[indicator.frequency] for indicator in own)
    evidence = sum(_A_YEAR[i.frequency] for i in indicators if i.evidence is Evidence.REQUIRED)
    return monthly, yearly, evidence
