"""The means a node can take, over leaves by matrix products and over child nodes one by one, for many weights."""

import numpy as np

from baton.engine.robustness.branch import Bools, Floats
from baton.engine.robustness.sums import Leaves, Nodes, arithmetic
from baton.engine.scheme.nodes import Combine, Harmonic, MinimumPenalised
from baton.engine.scheme.nodes import Geometric as GeometricNode

LEAST_SHARE = 0.01
"""Shares below 1 % are lifted to it where a node becomes geometric that was not: one zero would decide everything."""


def mean(combine: Combine | None, leaves: Leaves, nodes: Nodes) -> Floats:
    """Weighted mean [draw, unit] of shares; 0 where nothing weighs anything.

    leaves: shares [leaf, unit], presence [leaf, unit], weights [draw, leaf]. nodes: shares and weights [draw, unit] of
    each child node. combine None: geometric, with shares lifted to `LEAST_SHARE`.
    """
    if combine is None:
        shares, present, weights = leaves
        lifted = [np.maximum(share, LEAST_SHARE) for share in nodes[0]]
        return _geometric((np.maximum(shares, LEAST_SHARE), present, weights), (lifted, nodes[1]))
    if isinstance(combine, GeometricNode):
        return _geometric(leaves, nodes)
    if isinstance(combine, Harmonic):
        return _harmonic(leaves, nodes)
    found = arithmetic(leaves, nodes)
    if isinstance(combine, MinimumPenalised):
        return (1 - float(combine.penalty)) * found + float(combine.penalty) * _least(leaves, nodes)
    return found


def _geometric(leaves: Leaves, nodes: Nodes) -> Floats:
    logs = (_log(leaves[0]), leaves[1], leaves[2]), ([_log(share) for share in nodes[0]], nodes[1])
    found: Floats = np.where(_any_not_positive(leaves, nodes), 0.0, np.exp(arithmetic(*logs)))
    return found


def _harmonic(leaves: Leaves, nodes: Nodes) -> Floats:
    over = (_inverse(leaves[0]), leaves[1], leaves[2]), ([_inverse(share) for share in nodes[0]], nodes[1])
    found: Floats = np.where(_any_not_positive(leaves, nodes), 0.0, _inverse(arithmetic(*over)))
    return found


def _least(leaves: Leaves, nodes: Nodes) -> Floats:
    shares, present, _ = leaves
    least: Floats = np.where(present > 0, shares, np.inf).min(axis=0, initial=np.inf)[None]
    for share, own in zip(*nodes, strict=True):
        least = np.minimum(least, np.where(own > 0, share, np.inf))
    return np.where(np.isinf(least), 0.0, least)


def _any_not_positive(leaves: Leaves, nodes: Nodes) -> Bools:
    shares, present, _ = leaves
    found: Bools = ((shares <= 0) & (present > 0)).any(axis=0)[None]
    for share, own in zip(*nodes, strict=True):
        found = found | ((share <= 0) & (own > 0))
    return found


def _log(shares: Floats) -> Floats:
    good = shares > 0
    found: Floats = np.log(shares if good.all() else np.where(good, shares, 1.0))
    return found


def _inverse(shares: Floats) -> Floats:
    found: Floats = np.divide(1.0, shares, out=np.ones_like(shares), where=shares > 0)
    return found
