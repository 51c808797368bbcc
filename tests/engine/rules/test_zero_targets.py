"""A target of zero or below is a line like any other where nothing is divided by it: engine and oracle."""

from decimal import Decimal

import pytest

from baton.engine.exact.panel import exact_leaves
from baton.engine.panel import Observation
from baton.engine.panel.panel import Panel
from baton.engine.plan import Plan
from baton.engine.scheme.text import from_yaml
from baton.engine.score import score
from baton.words import Refused

SCHEME = """\
code: S
name: 安全生产
effective_from: 2025-01-01
tasks:
  - {code: t, name: 平安建设, kind: main_line}
groups:
  - {code: A, name: 甲组, root: R}
units:
  - {code: U1, name: 白水镇, group: A}
  - {code: U2, name: 青山镇, group: A}
  - {code: D, name: 县应急局}
nodes:
  - {code: R, name: 总分, full: 100}
indicators:
  - code: I
    name: 死亡人数
    parent: R
    points: {A: 100}
    direction: DIRECTION
    rule: {kind: KIND}
    lead: D
    hooks: [t]
"""


def scheme_of(kind: str, direction: str):
    return from_yaml(SCHEME.replace("KIND", kind).replace("DIRECTION", direction), "scheme.yaml")[0]


def observed(target: str) -> list[Observation]:
    figures = [("U1", "actual", "0"), ("U2", "actual", "-1"), ("U1", "target", target), ("U2", "target", target)]
    return [Observation(unit, "I", figure, "2025", Decimal(value)) for unit, figure, value in figures]


@pytest.mark.parametrize(
    ("direction", "target", "points"),
    [
        ("lower", "0", {"U1": 100, "U2": 100}),
        ("higher", "0", {"U1": 100, "U2": 0}),
        ("higher", "-1", {"U1": 100, "U2": 100}),
    ],
)
def test_attaining_nothing_or_less(direction, target, points) -> None:
    scheme, observations = scheme_of("attain", direction), observed(target)
    panel = Panel.of(observations)
    leaves = score(scheme, panel).leaves.to_native()
    unit = 10**scheme.decimals
    assert {row["unit"]: row["points"] // unit for row in leaves.iter_rows(named=True)} == points
    right, stops = exact_leaves(Plan(scheme, 2025, panel.decimals), observations)
    assert not stops
    assert sorted(right.values()) == sorted(value * unit for value in points.values())


@pytest.mark.parametrize("target", ["0", "-1"])
def test_a_target_that_is_divided_by_stops(target) -> None:
    with pytest.raises(Refused):
        score(scheme_of("completion", "higher"), Panel.of(observed(target)))
