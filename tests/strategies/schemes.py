"""Small valid schemes: groups, nested nodes of every way to combine, months, targets, policies, adjustments."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st
from pydantic import TypeAdapter
from tests.strategies.rules import RULES, rules

from baton.engine.rules import Rule
from baton.engine.scheme.model import Scheme

type Draw = Callable[[st.SearchStrategy[Any]], Any]

_RULE: TypeAdapter[Any] = TypeAdapter(Rule)
FREQUENCIES = ("month", "quarter", "year")
SUM, MEANS = "sum", ("arithmetic", "geometric", "harmonic", "minimum_penalised", "copeland")
PARTS = {1: [["1"], ["100"]], 2: [["0.3", "0.7"], ["50", "50"]], 3: [["0.3", "0.6", "0.1"], ["40", "40", "20"]]}
PARTS[4] = [["0.1", "0.2", "0.3", "0.4"], ["25", "25", "25", "25"]]


@dataclass
class _Plan:
    """What is being built: the parts of the scheme so far."""

    groups: list[str]
    uniform: bool
    kinds: tuple[str, ...]
    most: int
    monthly: bool
    whole_points: bool = False
    nodes: list[dict[str, Any]] = field(default_factory=list)
    indicators: list[dict[str, Any]] = field(default_factory=list)


@st.composite
def schemes(
    draw: Draw,
    kinds: tuple[str, ...] = tuple(RULES),
    most_indicators: int = 5,
    monthly: bool = True,
    adjustments: bool = True,
) -> Scheme:
    """Make a scheme that `structure.check` takes, with rules of these kinds; `monthly` False: everything by year."""
    sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=3))
    groups = [chr(ord("A") + number) for number in range(len(sizes))]
    units = [
        {"code": f"{group}{number}", "name": f"单位{group}{number}", "group": group}
        for group, size in zip(groups, sizes, strict=True)
        for number in range(size)
    ]
    decimals = draw(st.sampled_from([6, 2, 0, 9]))
    plan = _Plan(groups, draw(st.booleans()), kinds, most_indicators, monthly, whole_points=decimals == 0)
    _node(draw, plan, None, SUM, "year", 0, draw(st.sampled_from(PARTS[1])))
    exempt = _exemptions(draw, units, plan)
    if min(sizes) > 1 and not exempt:
        _with_peers(draw, plan)
    data: dict[str, Any] = {
        "code": "S",
        "name": "试验方案",
        "effective_from": "2025-01-01",
        "decimals": decimals,
        "groups": [{"code": group, "name": f"{group}组", "root": "N0"} for group in groups],
        "units": [*units, {"code": "D", "name": "牵头部门"}],
        "nodes": plan.nodes,
        "indicators": plan.indicators,
        "exemptions": exempt,
        "tasks": [{"code": "T1", "name": "主线", "kind": "main_line"}],
        "ranking": draw(_ranking(plan)),
        "grading": draw(_GRADING),
    }
    if adjustments:
        data |= draw(_ADJUSTMENTS)
        if data["grading"].get("grades"):
            data["vetoes"] = draw(st.lists(st.sampled_from(_VETOES), unique_by=lambda veto: veto["code"]))
    return Scheme.model_validate(data)


def _node(draw: Draw, plan: _Plan, parent: str | None, above: str, frequency: str, depth: int, weight: Any) -> None:
    code = f"N{len(plan.nodes)}"
    combine = draw(st.sampled_from([SUM, SUM, *MEANS]))
    own = (
        draw(st.sampled_from(FREQUENCIES[: FREQUENCIES.index(frequency) + 1])) if plan.monthly and depth else frequency
    )
    node: dict[str, Any] = {"code": code, "name": f"节点{code}", "parent": parent, "frequency": own}
    if combine != SUM:
        node["full"] = draw(st.sampled_from(["100", "50", "1"]))
    node["combine"] = {"kind": combine} | ({"penalty": "0.25"} if combine == "minimum_penalised" else {})
    if above != SUM:
        node["weight"] = {"*": weight}
    node |= draw(_NODE_OPTIONS)
    plan.nodes.append(node)
    count = draw(st.integers(1, 3))
    weights = draw(st.sampled_from(PARTS[count])) if plan.uniform else ["1"] * count
    for number in range(count):
        deeper = depth < 2 and draw(st.booleans()) and len(plan.nodes) < 6
        if deeper:
            _node(draw, plan, code, combine, own, depth + 1, weights[number])
        elif number == 0 or len(plan.indicators) < plan.most:
            _indicator(draw, plan, code, combine, own, weights[number])
        else:
            _indicator(draw, plan, code, combine, own, weights[number], simple=True)


_NODE_OPTIONS = st.fixed_dictionaries(
    {},
    optional={
        "over_periods": st.sampled_from(["mean", "sum", "last", "maximum", "minimum"]),
        "renormalise": st.booleans(),
        "when_empty": st.sampled_from(["exclude", "zero"]),
        "when_incomplete": st.sampled_from(["score", "exclude"]),
        "decimals": st.sampled_from([0, 2, 6]),
        "decimals_over_periods": st.sampled_from([1, 6]),
        "floor": st.sampled_from(["0", "10"]),
        "cap": st.sampled_from(["60", "100"]),
    },
)


def _indicator(
    draw: Draw, plan: _Plan, parent: str, above: str, scored: str, weight: str, simple: bool = False
) -> None:
    """Add an indicator; a `simple` one is a plain completion by year, to keep a scheme small."""
    code = f"I{len(plan.indicators)}"
    rule = {"kind": "attain", "line": "50"} if simple else draw(rules(plan.kinds))
    typed = _RULE.validate_python(rule)
    finer = FREQUENCIES[: FREQUENCIES.index(scored) + 1] if plan.monthly else (scored,)
    frequency = scored if simple else draw(st.sampled_from(finer))
    indicator: dict[str, Any] = {
        "code": code,
        "name": f"指标{code}",
        "parent": parent,
        "points": _points(draw, plan, above, weight),
        "rule": rule,
        "frequency": frequency,
        "decimals": draw(st.sampled_from([0, 1, 2, 4])),
        "direction": typed.direction() or draw(st.sampled_from(["higher", "lower"])),
        "lead": "D",
        "hooks": ["T1"],
    }
    if not typed.feeds() and not typed.parts():
        indicator["value"] = draw(_VALUES)
    indicator["target"] = draw(_targets(scored, frequency))
    indicator |= draw(_POLICIES)
    if indicator["zero_denominator"] == "required" and indicator["target"]["spread"] == "profile":
        indicator["target"]["profile"][0] = "0.02"
    if indicator["missing"] == "assumed":
        indicator["assumed"] = draw(st.sampled_from(["0", "50"]))
    if indicator["missing"] == "last_known" and frequency == "year":
        indicator["missing"] = "exclude"
    plan.indicators.append(indicator)


def _points(draw: Draw, plan: _Plan, above: str, weight: str) -> dict[str, str]:
    if above != SUM:
        return {"*": weight}
    every = draw(
        st.sampled_from(["10", "33", "7", "5", "60"] if plan.whole_points else ["10", "33.3", "7", "0.5", "60"])
    )
    if plan.uniform or not plan.indicators:
        return {"*": every}
    some = {
        group: draw(st.sampled_from(["5", "12" if plan.whole_points else "12.5", "40"]))
        for group in plan.groups
        if draw(st.booleans())
    }
    return some or {"*": every}


_VALUES = st.sampled_from(
    [
        {"kind": "direct"},
        {"kind": "direct"},
        {"kind": "ratio"},
        {"kind": "growth"},
        {"kind": "weighted_sum", "terms": {"on_time": "0.5", "solved": "0.3", "content": "0.2"}},
    ]
)
_POLICIES = st.fixed_dictionaries(
    {
        "missing": st.sampled_from(["required", "zero", "exclude", "last_known", "full", "assumed"]),
        "zero_denominator": st.sampled_from(["exclude", "full", "zero", "full_if_zero", "required"]),
        "aggregation": st.sampled_from(["sum", "last", "maximum", "minimum", "mean"]),
        "window": st.sampled_from(["period", "year_to_date"]),
        "accepts_preliminary": st.booleans(),
    },
    optional={"decimals_of_points": st.sampled_from([0, 2])},
)


@st.composite
def _targets(draw: Draw, scored: str, frequency: str) -> dict[str, Any]:
    target: dict[str, Any] = {"value": draw(st.sampled_from([None, None, "100", "12.5"]))}
    spread = draw(st.sampled_from(["whole", "proportional", "profile"])) if scored != "year" else "whole"
    target["spread"] = spread
    if spread == "profile":
        target["profile"] = ["0", "0.05", "0.1", "0.2", "0.3", "0.45", "0.5", "0.6", "0.7", "0.8", "0.95", "1"]
    if spread == "whole" and draw(st.booleans()):
        target["frequency"] = frequency
    return target


def _exemptions(draw: Draw, units: list[dict[str, Any]], plan: _Plan) -> list[dict[str, str]]:
    if not draw(st.booleans()):
        return []
    unit = draw(st.sampled_from(units))["code"]
    if len(plan.nodes) > 1 and draw(st.booleans()):
        return [{"unit": unit, "node": draw(st.sampled_from(plan.nodes[1:]))["code"], "reason": "不承担"}]
    return [{"unit": unit, "indicator": draw(st.sampled_from(plan.indicators))["code"], "reason": "不承担"}]


def _with_peers(draw: Draw, plan: _Plan) -> None:
    for indicator in plan.indicators:
        if indicator["missing"] == "zero" and draw(st.booleans()):
            indicator["missing"] = "peer_mean"


@st.composite
def _ranking(draw: Draw, plan: _Plan) -> dict[str, Any]:
    node = draw(st.sampled_from([*plan.nodes, *plan.indicators]))["code"]
    breaks = [{"kind": "no_deduction"}, {"kind": "no_veto"}, {"kind": "node", "node": node}, {"kind": "bonus"}]
    return {
        "method": draw(st.sampled_from(["competition", "dense", "mean"])),
        "decimals": draw(st.sampled_from([2, 0])),
        "tie_breaks": draw(st.lists(st.sampled_from(breaks), max_size=3, unique_by=lambda one: one["kind"])),
    }


_GRADES = [
    {"code": "优秀", "name": "优秀", "at_least": "90", "quota": "0.3"},
    {"code": "良好", "name": "良好", "at_least": "60"},
    {"code": "一般", "name": "一般"},
]
_GRADING = st.one_of(
    st.just({}),
    st.fixed_dictionaries(
        {"grades": st.just(_GRADES)},
        optional={
            "quota_rounding": st.sampled_from(["down", "half_up", "up"]),
            "vetoed_uses_quota": st.booleans(),
            "boundary_tie": st.sampled_from(["none", "all"]),
        },
    ),
)
_MEASURES = st.sampled_from(
    [
        {"kind": "level", "levels": {"国家级": "3", "省级": "2"}},
        {"kind": "quantity", "per": "1000", "rate": "0.1", "whole": True},
        {"kind": "quantity", "rate": "1"},
        {"kind": "decided", "allowed": ["0.5", "1"]},
        {"kind": "decided"},
    ]
)


def _items(letter: str, extra: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[list[dict[str, Any]]]:
    one = st.fixed_dictionaries(
        {
            "code": st.sampled_from([f"{letter}1", f"{letter}2"]),
            "name": st.just(f"{letter}项"),
            "measure": _MEASURES,
            "cap": st.sampled_from(["1", "3"]),
        },
        optional=extra,
    )
    return st.lists(one, max_size=2, unique_by=lambda item: item["code"])


_ADJUSTMENTS = st.fixed_dictionaries(
    {
        "bonuses": _items("B", {"counting": st.sampled_from(["total", "tie_break"])}),
        "deductions": _items("K", {}),
        "limits": st.sampled_from([{}, {"bonus": "2", "deduction": "2"}, {"total_floor": None}, {"total_cap": "100"}]),
    }
)
_VETOES = [
    {"code": "V1", "name": "事故", "basis": "某文", "consequence": {"kind": "grade_cap", "grade": "良好"}},
    {"code": "V2", "name": "造假", "basis": "某文", "consequence": {"kind": "grade_drop", "zero_indicator": True}},
    {"code": "V3", "name": "无据", "consequence": {"kind": "grade_drop", "steps": 2}},
]
