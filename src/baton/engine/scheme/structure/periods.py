"""Times: how often figures come against how often they are scored, and targets spread over the year."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from baton.engine.scheme.indicators import Indicator
from baton.engine.scheme.structure.index import Index
from baton.engine.terms import Frequency, plain
from baton.words import Place, Problem

MONTHS = 12
_COARSE = {Frequency.MONTH: 0, Frequency.QUARTER: 1, Frequency.YEAR: 2}


def coarser(one: Frequency, other: Frequency) -> bool:
    """Whether the first comes less often than the second."""
    return _COARSE[one] > _COARSE[other]


def check_periods(index: Index) -> Iterator[Problem]:
    """Find what is scored more often than figures come, and targets that cannot be spread as they ask."""
    for node in index.scheme.nodes:
        parent = index.nodes.get(node.parent or "")
        if parent is not None and coarser(node.frequency, parent.frequency):
            params = {"node": node.code, "own": node.frequency, "parent": parent.code, "above": parent.frequency}
            at = Place(field=f"nodes[{node.code}].frequency")
            yield Problem("engine.scheme_node_rarer_than_parent", params, at)
    for indicator in index.scheme.indicators:
        node_above = index.nodes.get(indicator.parent)
        if node_above is not None:
            yield from _indicator(indicator, node_above.code, node_above.frequency)
        yield from _profile(indicator)


def _indicator(indicator: Indicator, node: str, scored: Frequency) -> Iterator[Problem]:
    at = f"indicators[{indicator.code}]"
    params = {"indicator": indicator.code, "node": node, "scored": scored}
    if coarser(indicator.frequency, scored):
        own = params | {"own": indicator.frequency}
        yield Problem("engine.scheme_figures_too_rare", own, Place(field=f"{at}.frequency"))
    target = indicator.target
    if target.frequency is Frequency.QUARTER and scored is Frequency.MONTH:
        yield Problem("engine.scheme_target_too_rare", params, Place(field=f"{at}.target.frequency"))
    if target.spread == "whole":
        return
    spread = Place(field=f"{at}.target.spread")
    if scored is Frequency.YEAR:
        yield Problem("engine.scheme_spread_over_a_year", params | {"spread": target.spread}, spread)
    if target.frequency is not Frequency.YEAR:
        yield Problem("engine.scheme_spread_of_part_targets", params | {"spread": target.spread}, spread)


def _profile(indicator: Indicator) -> Iterator[Problem]:
    profile = indicator.target.profile
    at = Place(field=f"indicators[{indicator.code}].target.profile")
    if indicator.target.spread != "profile":
        if profile:
            yield Problem("engine.scheme_profile_unused", {"indicator": indicator.code}, at)
    elif len(profile) != MONTHS:
        yield Problem("engine.scheme_profile_length", {"indicator": indicator.code, "count": len(profile)}, at)
    elif profile[-1] != Decimal(1) or any(b < a for a, b in pairwise(profile)) or profile[0] < 0:
        shown = "、".join(plain(share) for share in profile)
        yield Problem("engine.scheme_profile_not_cumulative", {"indicator": indicator.code, "given": shown}, at)
