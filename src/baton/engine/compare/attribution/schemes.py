"""A scheme whose parts come from two: points from one side, rules from the other."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from baton.engine.compare.attribution.parts import Factor
from baton.engine.scheme.indicators import Indicator
from baton.engine.scheme.model import Scheme
from baton.engine.scheme.units import Exemption, Unit

_PARTS = {
    "units": Factor.PEERS,
    "bonuses": Factor.ADJUSTMENTS,
    "deductions": Factor.ADJUSTMENTS,
    "vetoes": Factor.ADJUSTMENTS,
    "limits": Factor.ADJUSTMENTS,
    "grading": Factor.ADJUSTMENTS,
    "groups": Factor.WEIGHTS,
    "nodes": Factor.WEIGHTS,
    "exemptions": Factor.WEIGHTS,
    "decimals": Factor.WEIGHTS,
    "ranking": Factor.WEIGHTS,
}
"""Fields of a scheme by the factor they belong to; what is not named is part of the rules."""
_HEADING = ("code", "name", "organisation", "document_number", "version", "effective_from", "effective_to", "note")
_WEIGHTS = ("parent", "points", "full", "units", "decimals_of_points")
"""Fields of an indicator that belong to the weights; all others are part of the rules."""


def blended(before: Scheme, after: Scheme, replaced: Collection[Factor]) -> Scheme:
    """Make the scheme in which these factors are as after and the others as before.

    Which indicators there are goes with the weights; an indicator that only that side has brings its own rule. Units of
    the other side stay as former units, so that departments can still be named.
    """

    def side(factor: Factor) -> Scheme:
        return after if factor in replaced else before

    units = tuple(_units(side(Factor.PEERS), before, after))
    weights, rules = side(Factor.WEIGHTS), side(Factor.RULES)
    update: dict[str, Any] = {
        **{name: getattr(before, name) for name in _HEADING},
        **{name: getattr(side(factor), name) for name, factor in _PARTS.items()},
        "units": units,
        "indicators": tuple(_indicators(weights, rules)),
        "exemptions": tuple(_exemptions(weights.exemptions, units)),
        "tasks": tuple({task.code: task for scheme in (before, after) for task in scheme.tasks}.values()),
    }
    return rules.model_copy(update=update)


def _units(chosen: Scheme, *schemes: Scheme) -> Iterable[Unit]:
    yield from chosen.units
    known = {unit.code for unit in chosen.units}
    for scheme in schemes:
        for unit in scheme.units:
            if unit.code not in known:
                known.add(unit.code)
                yield Unit(code=unit.code, name=unit.code)


def _indicators(weights: Scheme, rules: Scheme) -> Iterable[Indicator]:
    by_code: Mapping[str, Indicator] = {one.code: one for one in rules.indicators}
    for one in weights.indicators:
        other = by_code.get(one.code)
        yield one if other is None else other.model_copy(update={name: getattr(one, name) for name in _WEIGHTS})


def _exemptions(exemptions: Iterable[Exemption], units: Iterable[Unit]) -> Iterable[Exemption]:
    assessed = {unit.code for unit in units if unit.group is not None}
    return (one for one in exemptions if one.unit in assessed)
