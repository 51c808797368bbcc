"""Weighted sums of shares, over leaves by matrix products and over child nodes one by one, for many weights."""

from collections.abc import Sequence

import numpy as np

from baton.engine.robustness.branch import Floats

type Leaves = tuple[Floats, Floats, Floats]
type Nodes = tuple[Sequence[Floats], Sequence[Floats]]


def _weighted(leaves: Leaves, nodes: Nodes) -> tuple[Floats, Floats]:
    """Sum of weight x share and sum of weights."""
    shares, present, weights = leaves
    everything = bool(present.all())
    if not len(shares):
        return _of_nodes(nodes, (np.zeros((1, 1)), np.zeros((1, 1))))
    total = weights @ (shares if everything else shares * present)
    weight = weights.sum(axis=1, keepdims=True) if everything else weights @ present
    return _of_nodes(nodes, (total, weight))


def _of_nodes(nodes: Nodes, sums: tuple[Floats, Floats]) -> tuple[Floats, Floats]:
    total, weight = sums
    for share, own in zip(*nodes, strict=True):
        total = _added(total, own * share)
        weight = _added(weight, own)
    return total, weight


def _added(total: Floats, more: Floats) -> Floats:
    """Add in place where the shape allows it."""
    if total.shape != more.shape:
        return total + more
    total += more
    return total


def arithmetic(leaves: Leaves, nodes: Nodes) -> Floats:
    """Weighted mean [draw, unit] of shares; 0 where nothing weighs anything."""
    total, weight = _weighted(leaves, nodes)
    return total / (weight if bool((weight > 0).all()) else np.where(weight > 0, weight, 1.0))
