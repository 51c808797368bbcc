"""What is scored: 16 kinds of rule in turn, 200 indicators. Plain data, so that a peer loads no more than it needs."""

from typing import Any

INDICATORS, GROUPS, YEAR, MONTHS = 200, 6, 2025, 12
FULL = 0.5
KINDS: tuple[dict[str, Any], ...] = (
    {"kind": "completion"},
    {"kind": "control"},
    {"kind": "attain"},
    {"kind": "time_progress", "step": "0.025"},
    {"kind": "efficacy_linear"},
    {"kind": "efficacy_exponential"},
    {"kind": "min_max"},
    {"kind": "ratio_to_best"},
    {"kind": "rank_points", "step": "0.0002"},
    {"kind": "threshold_deduct", "line": "50", "step": "0.01"},
    {"kind": "growth", "step": "0.02"},
    {"kind": "bands", "edges": [0, 30, 60, 90], "shares": ["0", "0.6", "0.8", "1"]},
    {"kind": "piecewise_linear", "points": [[0, 0], [50, "0.5"], [100, 1]]},
    {"kind": "goalposts", "low": 1, "high": 100, "log": True},
    {"kind": "z_score", "mean": "0.5", "deviation": "0.1"},
    {"kind": "distance_to_best"},
)
WITH_TARGET = ("completion", "control", "attain", "time_progress")


def kind_of(number: int) -> dict[str, Any]:
    """Give the rule of an indicator by its number."""
    return KINDS[number % len(KINDS)]
