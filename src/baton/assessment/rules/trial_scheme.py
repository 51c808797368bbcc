"""A scheme for trying it on figures that were collected for another one: what is not there is left out, not zero."""

from collections.abc import Collection
from typing import Any

from baton.engine.scheme.indicators import Indicator
from baton.engine.scheme.model import Scheme
from baton.engine.scheme.nodes import Node
from baton.engine.terms import Missing, ZeroDenominator


def trial_scheme(scheme: Scheme, series: Collection[str]) -> tuple[Scheme, tuple[Indicator, ...]]:
    """Make the scheme that is tried, and give the indicators that are left out: no figure of their series is held.

    Whatever must be supplied elsewhere is left out where it is missing, so that a part is judged by what is there.
    """
    lacking = tuple(one for one in scheme.indicators if one.series_code not in series)
    codes = {one.code for one in lacking}
    changes: dict[str, Any] = {
        "indicators": tuple(_indicator(one, one.code in codes) for one in scheme.indicators),
        "nodes": tuple(_node(node) for node in scheme.nodes),
    }
    return scheme.model_copy(update=changes), lacking


def _indicator(one: Indicator, left_out: bool) -> Indicator:
    changes: dict[str, Any] = {}
    if left_out or one.missing is Missing.REQUIRED:
        changes["missing"] = Missing.EXCLUDE
    if one.zero_denominator is ZeroDenominator.REQUIRED:
        changes["zero_denominator"] = ZeroDenominator.EXCLUDE
    return one.model_copy(update=changes) if changes else one


def _node(node: Node) -> Node:
    changes: dict[str, Any] = {}
    if node.when_empty == "required":
        changes["when_empty"] = "exclude"
    if node.when_incomplete == "required":
        changes["when_incomplete"] = "score"
    return node.model_copy(update=changes) if changes else node
