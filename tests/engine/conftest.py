from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import pytest

from baton.engine.panel import Observation
from baton.engine.panel.panel import Panel
from baton.engine.result import ScoreSheet
from baton.engine.scheme.adjustments import Event
from baton.engine.scheme.model import Scheme
from baton.engine.score import score

POSTS = {"kind": "goalposts", "low": 0, "high": 10, "clip": False}


def leaf(code: str, parent: str, points: object = 10, **more: Any) -> dict[str, Any]:
    """An indicator whose value of 0..10 gives that share of its points; monthly where the name says so."""
    base = {"code": code, "name": f"指标{code}", "parent": parent, "points": {"*": points}, "rule": POSTS}
    return {**base, "missing": "exclude", "decimals": 1, **more}


def scheme_of(nodes: list[dict[str, Any]], indicators: list[dict[str, Any]], units: int = 3, **more: Any) -> Scheme:
    """A scheme with units T1.. in one group whose root is the first node."""
    return Scheme.model_validate(
        {
            "code": "TEST",
            "name": "测试方案",
            "effective_from": "2025-01-01",
            "groups": [{"code": "G", "name": "一组", "root": nodes[0]["code"]}],
            "units": [
                {"code": f"T{n}", "name": f"第{n}镇", "short_name": f"{n}镇", "group": "G"} for n in range(1, units + 1)
            ],
            "nodes": [{"name": f"节点{node['code']}", **node} for node in nodes],
            "indicators": indicators,
            **more,
        }
    )


type Figures = Mapping[tuple[str, str, str], object]
type ScoreOf = Callable[..., ScoreSheet]


@pytest.fixture(scope="session")
def made() -> ScoreOf:
    """Score figures given as {(unit, indicator, period): value}; a value may be {figure: value}."""

    def run(scheme: Scheme, figures: Figures, events: tuple[dict[str, Any], ...] = ()) -> ScoreSheet:
        observations = [
            Observation(unit, series, figure, period, Decimal(str(number)))
            for (unit, series, period), value in figures.items()
            for figure, number in (value if isinstance(value, dict) else {"actual": value}).items()
        ]
        return score(scheme, Panel.of(observations, [Event.model_validate(event) for event in events]), 2025)

    return run


@pytest.fixture(scope="session")
def tree() -> Callable[..., Scheme]:
    """Make a scheme of nodes and indicators."""
    return scheme_of


@pytest.fixture(scope="session")
def indicator() -> Callable[..., dict[str, Any]]:
    """Make an indicator."""
    return leaf
