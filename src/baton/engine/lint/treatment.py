"""Treatment that undoes itself: gaps filled before the screen that should leave out units with too many of them."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from baton.engine.plan.calendar import periods
from baton.engine.plan.leaf import entries
from baton.engine.plan.treated import denominators, step_for, treatable
from baton.engine.scheme.structure import Index
from baton.engine.scheme.treatment import Impute, Partition, Screen
from baton.words import Place, Problem, Severity


def lint_treatment(index: Index) -> Iterator[Problem]:
    """Find a screen by missing data that counts figures after they were filled in, so that it leaves out nobody.

    Imputation comes before the screen (see `engine.scheme.treatment`). Where a unit that reports none of what
    imputation fills still has the share that is asked for, no unit falls below it but one whose gaps nothing can fill.
    """
    for number, step in enumerate(index.scheme.treatment, 1):
        if not isinstance(step, Screen) or step.counted != "imputed" or not step.least_available:
            continue
        least = _least_shares(index)
        idle = [group for group, share in least.items() if share >= step.least_available]
        if idle:
            params = {
                "groups": "、".join(index.groups[group].name for group in idle),
                "asked": _percent(Fraction(step.least_available)),
                "left": _percent(min(least[group] for group in idle)),
            }
            yield Problem("engine.lint_screen_idle", params, Place(field=f"treatment[#{number}]"), Severity.WARNING)


def _least_shares(index: Index) -> dict[str, Fraction]:
    """Smallest share of its figures that a unit of each group can have after imputation, whatever it reports."""
    apart = denominators(index.scheme)
    counted = {
        one.code: len(periods(index.nodes[one.parent].frequency))
        for one in index.scheme.indicators
        if one.code not in apart and one.parent in index.nodes and any(treatable(entry) for entry in entries(one))
    }
    steps = {code: step_for(index.scheme, Impute, code, apart) for code in counted}
    inside = {
        one.code: frozenset(unit for units in one.parts.values() for unit in units)
        for one in index.scheme.treatment
        if isinstance(one, Partition)
    }
    shares: dict[str, Fraction] = {}
    for group, units in index.members.items():
        for unit in units if group in index.groups else ():
            due = filled = 0
            for code, count in counted.items():
                if index.carried_by(index.indicators[code], unit):
                    due += count
                    filled += count * _fills(steps[code], unit.code, inside)
            if due:
                shares[group] = min(shares.get(group, Fraction(1)), Fraction(filled, due))
    return shares


def _fills(step: Impute | None, unit: str, inside: Mapping[str, frozenset[str]]) -> bool:
    """Whether a step fills the gaps of a unit; one in no part of the partition keeps them."""
    return step is not None and (step.partition is None or unit in inside.get(step.partition, ()))


def _percent(share: Fraction) -> str:
    return f"{float(100 * share):.4g}%"
