"""One example per kind of rule, for its picture in docs/scoring.md: options, a group, and the range of the value."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from baton.engine.rules import Case

D = Decimal
GROUP = Case(
    x=D(0),
    points=D(100),
    target=D(100),
    best=D(12),
    worst=D(5),
    mean=D("8.275"),
    deviation=D("3.013"),
    count=D(10),
)
COMPARED = "the group's worst is 5 and its best 12"


@dataclass(frozen=True, slots=True)
class Example:
    """A rule to be drawn: its options, over which range of the value or over the places of `case.count` units.

    `variants` names further lines with options and fields of the case of their own; without any there is one line.
    `shorter` gives the range of a line that is not drawn over the whole.
    """

    kind: str
    options: Mapping[str, Any]
    x_title: str
    span: tuple[Decimal, Decimal] = (D(0), D(0))
    note: str = ""
    case: Case = GROUP
    by_place: bool = False
    variants: Mapping[str, tuple[Mapping[str, Any], Mapping[str, Any]]] = field(default_factory=dict)
    shorter: Mapping[str, tuple[Decimal, Decimal]] = field(default_factory=dict)

    def traces(self) -> Iterator[tuple[str, Mapping[str, Any], Case]]:
        """Give the name, the further options and the case of every line."""
        for name, (options, fields) in (self.variants or {"": ({}, {})}).items():
            yield name, options, replace(self.case, **fields)


def _options(**options: Any) -> Mapping[str, Any]:
    return options


_SMALLER = replace(GROUP, sign=-1)
_VOTES = ["优秀", "称职", "基本称职", "不称职"]
_BANDS = [
    {"at_least": at, "share": share} for at, share in (("0.9", 1), ("0.8", "0.95"), ("0.7", "0.9"), ("0.6", "0.85"))
]
_ADVERSE = {"options": _VOTES[2:], "limit": "1/3", "below_share": "0.8", "otherwise_share": "0.65"}
_LEVELS = {"好": 1, "较好": "0.85", "一般": "0.6", "较差": 0}
_PLACES = [{"from": a, "to": b, "share": s} for a, b, s in ((1, 3, 1), (4, 6, "0.9"), (7, 8, "0.75"), (9, 9, "0.5"))]

_PARTS = [
    {"code": "done", "name": "完成", "share": "0.6", "rule": {"kind": "completion"}},
    {"code": "reached", "name": "达标", "share": "0.4", "rule": {"kind": "attain"}},
]

_ALL = (
    Example(
        "completion",
        {},
        "完成目标的百分比",
        (D(-20), D(150)),
        "target 100, with and without more for exceeding",
        variants={"封顶 1": ({}, {}), "封顶 1.2": ({"cap": "1.2"}, {})},
    ),
    Example("control", {}, "实际数（控制数为 100）", (D(0), D(250)), "the limit is 100", case=_SMALLER),
    Example("attain", {}, "实际数（目标为 100）", (D(50), D(150)), "target 100"),
    Example(
        "time_progress",
        _options(step="0.025", ahead_step="0.01", cap="1.1"),
        "实际数（序时计划为 100）",
        (D(40), D(130)),
        "the plan so far is 100",
    ),
    Example("efficacy_linear", {}, "数值", (D(5), D(12)), COMPARED),
    Example("efficacy_exponential", {}, "数值", (D(5), D(12)), COMPARED + ", beside the linear coefficient's ends"),
    Example(
        "min_max",
        _options(offset="0.1", span="0.9", low=6, high=22),
        "数值",
        (D(0), D(28)),
        "two fixed ends, more is better and less is better",
        variants={"越高越好": ({}, {}), "越低越好": ({}, {"sign": -1})},
    ),
    Example(
        "ratio_to_best",
        {},
        "数值（本组最好的为 12）",
        (D(0), D(24)),
        "the group's best is 12",
        variants={"越高越好": ({}, {}), "越低越好": ({}, {"sign": -1, "worst": D(24)})},
    ),
    Example(
        "rank_points",
        _options(step="0.05"),
        "名次",
        note="ten units; 5 % a place, and a table of the first five",
        by_place=True,
        variants={"逐名递减": ({}, {}), "前五名": ({"step": None, "table": [1, "0.95", "0.9", "0.85", "0.8"]}, {})},
    ),
    Example(
        "rank_table",
        _options(field=9, table=_PLACES),
        "上级给的位次",
        (D("0.5"), D("10.5")),
        "nine counties",
        case=_SMALLER,
    ),
    Example(
        "threshold_deduct",
        _options(line=98, step="0.05"),
        "数值",
        (D(75), D("95.5")),
        "shortfalls as they are, and whole steps of 5",
        variants={"按比例": ({}, {}), "满 5 才扣": ({"per": 5, "step": "0.25", "whole_steps": True}, {})},
    ),
    Example(
        "per_case_deduct",
        _options(cases={"逾期": "0.1", "错审": "0.2"}),
        "应扣比例合计",
        (D(0), D("1.3")),
        "x is what all cases together cost",
        case=_SMALLER,
    ),
    Example("checklist", _options(items=5), "五项完成程度合计", (D(0), D(5)), "x is the sum over five items"),
    Example(
        "growth",
        _options(base="0.8", step="0.02"),
        "增幅（本组平均 8.275）",
        (D(-35), D(25)),
        "the mean of the group is 8.275",
    ),
    Example(
        "composite",
        _options(parts=_PARTS),
        "完成数（目标为 100）",
        (D(0), D(130)),
        "60 % by completion and 40 % by attainment of the same target",
    ),
    Example(
        "ballot",
        _options(options={"优秀": 100, "称职": 80, "基本称职": 60, "不称职": 40}),
        "有效票的平均分值",
        (D(40), D(100)),
        "x is the mean value of a vote",
    ),
    Example(
        "ballot_rate",
        _options(best="优秀", options=_VOTES, bands=_BANDS, adverse=_ADVERSE),
        "优秀票占有效票的比例",
        (D("0.4"), D(1)),
        "the line below 0.6 is for adverse votes under a third, the dashed one for a third and more",
        variants={"": ({}, {"target": D(1)}), "反对票三分之一以上": ({}, {"target": D(0)})},
        shorter={"反对票三分之一以上": (D("0.4"), D("0.5995"))},
    ),
    Example(
        "bands",
        _options(edges=[0, 85, 90, 95], shares=[0, "0.6", "0.8", 1]),
        "数值",
        (D(78), D(100)),
        "closed on the left",
    ),
    Example(
        "piecewise_linear",
        _options(points=[[100, 0], [100, "0.8"], [103, 1]]),
        "数值",
        (D(97), D(106)),
        "a jump at 100",
    ),
    Example(
        "goalposts",
        _options(low=100, high=75000, log=True),
        "数值",
        (D(0), D(60000)),
        "with and without logarithm",
        variants={"取对数": ({}, {}), "不取对数": ({"log": False}, {})},
    ),
    Example(
        "z_score",
        _options(mean="0.75", deviation="0.1"),
        "数值（本组平均 8.275）",
        (D(0), D(16)),
        "the group's mean is 8.275, its standard deviation 3.013",
    ),
    Example("distance_to_best", _options(best=10), "数值", (D(3), D(13)), "a reference of 10; the group's worst is 5"),
    Example("rank_scale", {}, "名次", note="ten units", by_place=True),
    Example(
        "exponential_rank",
        {},
        "名次",
        note="thirty units, constant 23",
        by_place=True,
        case=replace(GROUP, count=D(30)),
    ),
    Example("conversion", _options(full=120), "上级得分（满分 120）", (D(-10), D(140)), "a full score of 120"),
    Example(
        "level_table",
        _options(levels=_LEVELS),
        "等次（1 好 2 较好 3 一般 4 较差）",
        (D("0.5"), D("5.5")),
        "x is the level's place in the list",
    ),
)
EXAMPLES: Mapping[str, Example] = {example.kind: example for example in _ALL}
