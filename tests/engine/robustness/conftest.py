"""Small schemes with known scores: one group, scores that are the figures themselves."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import pytest

from baton.engine.panel import Observation
from baton.engine.panel.panel import Panel
from baton.engine.result import ScoreSheet
from baton.engine.scheme.model import Scheme
from baton.engine.score import score

POSTS = {"kind": "goalposts", "low": 0, "high": 100, "clip": False}


def made(
    rows: Mapping[str, Sequence[object]],
    weights: Sequence[str],
    *,
    combine: Mapping[str, object] | None = None,
    monthly: bool = False,
    **more: Any,
) -> ScoreSheet:
    """Score units by indicators I0, I1.. whose points are the figures 0..100; None is a missing figure.

    With `monthly` the one indicator has a figure per month, and the root is the mean of the months.
    """
    root = {"code": "R", "name": "总分", "full": "100", "combine": combine or {"kind": "arithmetic"}}
    nodes, parent, frequency = [root], "R", "year"
    if monthly:
        nodes.append({"code": "M", "name": "月度", "parent": "R", "full": "100", "frequency": "month"})
        nodes[1]["combine"] = {"kind": "arithmetic"}
        nodes[1]["weight"] = {"*": "1"}
        parent, frequency = "M", "month"
    indicators = [
        {
            "code": f"I{number}",
            "name": f"指标{number}",
            "parent": parent,
            "points": {"*": weight},
            "full": "100",
            "rule": POSTS,
            "missing": "exclude",
            "decimals": 4,
            "frequency": frequency,
        }
        for number, weight in enumerate(weights)
    ]
    data = {
        "code": "S",
        "name": "试验方案",
        "effective_from": "2025-01-01",
        "groups": [{"code": "G", "name": "一组", "root": "R"}],
        "units": [{"code": unit, "name": f"单位{unit}", "group": "G"} for unit in rows],
        "nodes": nodes,
        "indicators": indicators,
        "ranking": {"decimals": 4},
    }
    observations = [
        Observation(unit, "I0" if monthly else f"I{number}", "actual", period, Decimal(str(value)))
        for unit, values in rows.items()
        for number, value in enumerate(values)
        if value is not None
        for period in [f"2025-{number + 1:02d}" if monthly else "2025"]
    ]
    return score(Scheme.model_validate(data | more), Panel.of(observations), 2025)


@pytest.fixture(scope="session")
def make():
    return made
