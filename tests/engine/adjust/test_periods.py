"""Same matter and vetoes where figures come by month, targets are zero, or peers lend their mean."""

from decimal import Decimal

import pytest

from baton.engine.flags import Happened
from baton.words import Refused

NODES = [
    {"code": "S", "combine": {"kind": "arithmetic"}, "full": 100},
    {"code": "M", "parent": "S", "weight": {"*": "0.3"}, "frequency": "month", "full": 100},
    {"code": "Y", "parent": "S", "weight": {"*": "0.7"}, "full": 100},
]
CASES = {"direction": "lower", "decimals": 0, "frequency": "month", "missing": "assumed", "assumed": 0}
PER_CASE = {"kind": "per_case_deduct", "cases": {"late": "0.5", "wrong": "1"}}
K3 = {"code": "K3", "name": "差错", "measure": {"kind": "quantity", "rate": "0.2"}, "cap": 1}
V3 = {
    "code": "V3",
    "name": "弄虚作假",
    "consequence": {"kind": "grade_drop", "zero_indicator": True},
    "basis": "文",
}
GRADES = {"grades": [{"code": "A", "name": "优秀", "at_least": 80}, {"code": "B", "name": "良好"}]}


@pytest.fixture
def county(made, tree, indicator):
    """Errors cost half of 20 points of a month (0.25 of the total), an error of the year 0.2."""

    def run(figures, *events, **more):
        scheme = tree(
            NODES,
            [
                indicator("M14", "M", 20, **CASES, rule=PER_CASE, **more),
                indicator("M01", "M", 80, frequency="month"),
                indicator("Y01", "Y", 100),
            ],
            units=2,
            deductions=[K3],
            vetoes=[V3],
            grading=GRADES,
        )
        base = {(f"T{n}", "M01", f"2025-{m:02d}"): 10 for n in (1, 2) for m in range(1, 13)}
        base |= {(f"T{n}", "Y01", "2025"): 10 for n in (1, 2)}
        sheet = made(scheme, base | figures, tuple({"unit": "T1", **event} for event in events))
        rows = {(r["unit"], r["indicator"], r["period"]): r for r in sheet.leaves.iter_rows(named=True)}
        return {one.unit: one for one in sheet.standings}, rows, sheet.adjustments

    return run


def late(month: int, count: int = 1):
    return {("T1", "M14", f"2025-{month:02d}"): {"late": count, "wrong": 0}}


MATTER = ({"item": "K3", "quantity": 1, "matter": "A"}, {"item": "M14", "quantity": 1, "matter": "A", "level": "late"})


def test_a_month_costs_a_twelfth(county) -> None:
    """10 points of March are 10 x 0.3 / 12 = 0.25 of the total: more than the deduction of 0.2, so it stays."""
    standings, rows, adjustments = county(late(3), *({**event, "on": "2025-03-09"} for event in MATTER))
    assert rows["T1", "M14", "2025-03"]["points"] == 10_000_000
    assert [(one.item, one.points, one.reason) for one in adjustments] == [("K3", 0, "engine.same_matter")]
    assert standings["T1"].total == Decimal("99.75")


def test_what_happened_in_march_is_taken_out_of_march_alone(county) -> None:
    figures = late(3) | late(5)
    events = [{**event, "on": "2025-03-09", "quantity": 2} for event in MATTER[:1]] + [
        {**event, "on": "2025-03-09"} for event in MATTER[1:]
    ]
    standings, rows, adjustments = county(figures, *events)
    assert (rows["T1", "M14", "2025-03"]["points"], rows["T1", "M14", "2025-05"]["points"]) == (20_000_000, 10_000_000)
    assert Happened.SAME_MATTER in Happened(rows["T1", "M14", "2025-03"]["flags"])
    assert Happened.SAME_MATTER not in Happened(rows["T1", "M14", "2025-05"]["flags"])
    assert [(one.item, one.asked, one.points) for one in adjustments] == [
        ("K3", Decimal("-0.4"), Decimal("-0.4")),
        ("M14", Decimal("-0.25"), 0),
    ]
    assert standings["T1"].total == 100 - Decimal("0.25") - Decimal("0.4")


def test_figures_that_run_up_carry_it_to_the_end_of_the_year(county) -> None:
    figures = {key: value for month in range(3, 13) for key, value in late(month).items()}
    events = [{**event, "on": "2025-03-09"} for event in MATTER]
    _, rows, adjustments = county(
        figures, *events, {"item": "V3", "indicator": "Y01", "matter": "A"}, aggregation="last"
    )
    assert {rows["T1", "M14", f"2025-{m:02d}"]["points"] for m in range(1, 13)} == {20_000_000}
    assert [one.asked for one in adjustments if one.item == "M14"] == [Decimal("-2.5")]


def refused(county, *arguments, **more):
    with pytest.raises(Refused) as caught:
        county(*arguments, **more)
    return [one.code.removeprefix("engine.") for one in caught.value.problems]


def test_an_event_of_a_month_needs_its_date(county) -> None:
    assert refused(county, late(3), *MATTER) == ["event_date_missing"]


def test_a_quantity_must_be_in_the_figure(county) -> None:
    events = [{**event, "on": "2025-03-09", "quantity": 3} for event in MATTER]
    assert refused(county, late(3, 1), *events) == ["event_not_in_figure"]


def test_a_figure_named_by_an_event_must_be_read(county) -> None:
    events = [{**event, "on": "2025-03-09"} for event in MATTER]
    events[1]["level"] = "lost"
    assert refused(county, late(3), *events) == ["event_unknown_level"]


def test_nothing_is_taken_out_of_a_quotient(made, tree, indicator) -> None:
    scheme = tree([{"code": "S"}], [indicator("A", "S", value={"kind": "ratio"})], deductions=[K3])
    event = {"unit": "T1", "item": "A", "quantity": 1, "matter": "A"}
    with pytest.raises(Refused) as caught:
        made(scheme, {}, (event,))
    assert [one.code for one in caught.value.problems] == ["engine.event_on_quotient"]


@pytest.mark.parametrize(("weight", "kept"), [("0.6", "Y15"), ("0.1", "K5")])
def test_a_death_where_none_is_allowed_costs_all_its_points(made, tree, indicator, weight, kept) -> None:
    """The least allowed is 0: the indicator gives 0 with the death and 5 without it, times its weight."""
    rest = 1 - Decimal(weight)
    nodes = [
        {"code": "S", "combine": {"kind": "arithmetic"}, "full": 100},
        {"code": "Y", "parent": "S", "weight": {"*": weight}, "full": 100},
        {"code": "D", "parent": "S", "weight": {"*": str(rest)}, "full": 100},
    ]
    control = {"direction": "lower", "rule": {"kind": "control"}, "decimals": 0, "zero_denominator": "full_if_zero"}
    scheme = tree(
        nodes,
        [indicator("Y15", "Y", 5, **control), indicator("Y01", "Y", 95), indicator("D1", "D", 100)],
        units=1,
        deductions=[{"code": "K5", "name": "事故", "measure": {"kind": "quantity", "rate": 1}, "cap": 2}],
    )
    figures = {("T1", "Y15", "2025"): {"actual": 1, "target": 0}, ("T1", "Y01", "2025"): 10, ("T1", "D1", "2025"): 10}
    events = tuple({"unit": "T1", "item": item, "quantity": 1, "matter": "事故"} for item in ("K5", "Y15"))
    sheet = made(scheme, figures, events)
    expected = {"Y15": 100 - 5 * Decimal(weight), "K5": Decimal(99)}[kept]
    assert sheet.standings[0].total == expected
    assert {one.item for one in sheet.adjustments if one.reason} == {"K5", "Y15"} - {kept}


def test_a_veto_zeroes_what_peers_would_have_lent(made, tree, indicator) -> None:
    scheme = tree([{"code": "S"}], [indicator("A", "S", missing="peer_mean")], units=4, vetoes=[V3], grading=GRADES)
    figures = {("T1", "A", "2025"): 4, ("T2", "A", "2025"): 10}
    veto = {"item": "V3", "indicator": "A"}
    sheet = made(scheme, figures, ({"unit": "T2", **veto}, {"unit": "T3", **veto}))
    rows = {r["unit"]: (r["points"], Happened(r["flags"])) for r in sheet.leaves.iter_rows(named=True)}
    lent = Happened.MISSING | Happened.PEER_MEAN
    assert rows == {
        "T1": (4_000_000, Happened.NOTHING),
        "T2": (0, Happened.ZEROED_BY_VETO),
        "T3": (0, lent | Happened.ZEROED_BY_VETO),
        "T4": (4_000_000, lent),
    }
