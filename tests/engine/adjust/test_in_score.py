"""Same matter and vetoes in a whole score: figures released, indicators set to zero, totals."""

from decimal import Decimal

import pytest

from baton.engine.flags import Happened

NODES = [
    {"code": "S", "combine": {"kind": "arithmetic"}, "full": 100},
    {"code": "Y", "parent": "S", "weight": {"*": "0.6"}, "full": 100},
    {"code": "D", "parent": "S", "weight": {"*": "0.4"}, "full": 100},
]


@pytest.fixture
def county(made, tree, indicator):
    """A unit with 1 death of at most `most`, worth 10 of 100 points at weight 0.6, and a poll of 90."""

    def run(*events, most: int = 4, deduction: object = 1):
        deaths = {"direction": "lower", "rule": {"kind": "control"}, "target": {"value": most}, "decimals": 0}
        scheme = tree(
            NODES,
            [indicator("Y15", "Y", 10, **deaths), indicator("Y01", "Y", 90), indicator("D1", "D", 100)],
            units=2,
            deductions=[
                {"code": "K5", "name": "一般事故", "measure": {"kind": "quantity", "rate": deduction}, "cap": 2}
            ],
            vetoes=[
                {
                    "code": "V3",
                    "name": "弄虚作假",
                    "consequence": {"kind": "grade_drop", "zero_indicator": True},
                    "basis": "文",
                }
            ],
            grading={"grades": [{"code": "A", "name": "优秀", "at_least": 80}, {"code": "B", "name": "良好"}]},
        )
        figures = {
            (unit, code, "2025"): value for unit in ("T1", "T2") for code, value in (("Y15", 5), ("Y01", 9), ("D1", 9))
        }
        sheet = made(scheme, figures, events)
        rows = {
            (row["unit"], row["indicator"]): (row["value"], row["points"], Happened(row["flags"]))
            for row in sheet.leaves.iter_rows(named=True)
        }
        return {one.unit: one for one in sheet.standings}, rows, sheet.adjustments

    return run


SAME = (
    {"unit": "T1", "item": "K5", "quantity": 1, "matter": "事故"},
    {"unit": "T1", "item": "Y15", "quantity": 1, "matter": "事故"},
)


def test_an_indicator_that_loses_more_keeps_its_figure(county) -> None:
    # 5 deaths of 4: 7.5 of 10 points; 4 of 4: 10 points; the difference is worth 1.5 points of the total
    standings, rows, adjustments = county(*SAME, deduction=1)
    assert rows["T1", "Y15"][:2] == (5, 7_500_000)
    assert standings["T1"].deduction == 0
    assert [(one.item, one.reason) for one in adjustments] == [("K5", "engine.same_matter")]


def test_an_indicator_that_loses_less_is_scored_without_it(county) -> None:
    standings, rows, adjustments = county(*SAME, deduction=2)
    value, points, flags = rows["T1", "Y15"]
    assert (value, points) == (4, 10_000_000)
    assert Happened.SAME_MATTER in flags
    assert rows["T2", "Y15"][:2] == (5, 7_500_000)
    assert standings["T1"].total == standings["T2"].total + Decimal("1.5") - 2
    assert [(one.item, one.asked, one.points, one.reason) for one in adjustments] == [
        ("K5", -2, -2, ""),
        ("Y15", Decimal("-1.5"), 0, "engine.same_matter"),
    ]


def test_a_veto_sets_the_indicator_to_zero_and_drops_the_grade(county) -> None:
    standings, rows, _ = county({"unit": "T1", "item": "V3", "indicator": "Y01"})
    assert rows["T1", "Y01"][1] == 0
    assert Happened.ZEROED_BY_VETO in rows["T1", "Y01"][2]
    assert standings["T1"].total == standings["T2"].total - Decimal("48.6")
    assert standings["T1"].vetoes == ("V3",)
    assert (standings["T1"].grade, standings["T2"].grade) == ("B", "A")
