"""What of a shared tree applies to whom: groups with parts of their own, individual goals, exemptions, new units."""

from decimal import Decimal
from typing import Any

import pytest

from baton.engine.flags import Happened
from baton.words import Refused

MEAN: dict[str, Any] = {"combine": {"kind": "arithmetic"}, "full": 100}
NOTHING, EXCLUDED = Happened.NOTHING, Happened.EXCLUDED


def nodes(sheet: Any, period: str = "2025") -> dict[tuple[str, str], tuple[Any, Happened]]:
    """Score in points and flags of every node in a period."""
    rows = sheet.nodes.iter_rows(named=True)
    decimals = -sheet.scheme.decimals
    return {
        (row["unit"], row["node"]): (
            None if row["score"] is None else Decimal(row["score"]).scaleb(decimals),
            Happened(row["flags"]),
        )
        for row in rows
        if row["period"] == period
    }


@pytest.fixture
def two_groups(tree, indicator):
    """Towns have business and a part of their own, bureaus the business and another; one root for both."""

    def run(**own: Any):
        parts = [
            {"code": "S", **MEAN, "when_incomplete": "required"},
            {"code": "业务", "parent": "S", "weight": {"*": "0.5"}},
            {"code": "农村", "parent": "S", "weight": {"T": "0.5"}, **own},
            {"code": "机关", "parent": "S", "weight": {"J": "0.5"}, **own},
        ]
        leaves = [
            indicator("A", "业务"),
            indicator("B", "农村") | {"points": {"T": 10}},
            indicator("C", "机关") | {"points": {"J": 10}},
        ]
        groups = [{"code": code, "name": code, "root": "S"} for code in "TJ"]
        units = [
            {"code": "T1", "name": "甲镇", "group": "T"},
            {"code": "T2", "name": "乙镇", "group": "T"},
            {"code": "J1", "name": "甲局", "group": "J"},
        ]
        scheme = tree(parts, leaves)
        return scheme.model_validate(scheme.model_dump() | {"groups": groups, "units": units})

    return run


FIGURES = {
    ("T1", "A", "2025"): 8,
    ("T1", "B", "2025"): 6,
    ("T2", "A", "2025"): 5,
    ("T2", "B", "2025"): 5,
    ("J1", "A", "2025"): 4,
    ("J1", "C", "2025"): 9,
}


@pytest.mark.parametrize("when_empty", ["exclude", "zero", "required"])
def test_a_part_of_another_group_is_no_gap(made, two_groups, when_empty) -> None:
    sheet = made(two_groups(when_empty=when_empty), FIGURES)
    found = nodes(sheet)
    assert {one.unit: one.total for one in sheet.standings} == {"T1": 70, "T2": 50, "J1": 65}
    assert found["T1", "S"] == (70, NOTHING)
    assert ("T1", "机关") not in found
    assert ("J1", "农村") not in found


def test_what_weighs_nothing_is_neither_counted_nor_wanted(made, tree, indicator) -> None:
    parts = [{"code": "S", **MEAN}]
    scheme = tree(parts, [indicator("A", "S", 1), indicator("B", "S", 0)], units=2)
    found = nodes(made(scheme, {("T1", "A", "2025"): 5, ("T2", "B", "2025"): 5}))
    assert found == {("T1", "S"): (50, NOTHING), ("T2", "S"): (None, Happened.EMPTY)}


@pytest.mark.parametrize("kind", ["geometric", "harmonic", "minimum_penalised", "copeland"])
def test_a_weight_of_nothing_under_every_mean(made, tree, indicator, kind) -> None:
    combine = {"kind": kind} | ({"penalty": "0.5"} if kind == "minimum_penalised" else {})
    parts = [{"code": "S", "combine": combine, "full": 100}]
    scheme = tree(parts, [indicator("A", "S", 1), indicator("B", "S", 0)], units=2)
    found = nodes(made(scheme, {("T1", "A", "2025"): 5, ("T1", "B", "2025"): 0, ("T2", "B", "2025"): 5}))
    assert found == {("T1", "S"): (50, NOTHING), ("T2", "S"): (None, Happened.EMPTY)}


def test_units_that_lack_different_children_are_not_compared(made, tree, indicator) -> None:
    parts = [{"code": "S", "combine": {"kind": "copeland"}, "full": 100}]
    scheme = tree(parts, [indicator("A", "S", 1), indicator("B", "S", 1)], units=2)
    found = nodes(made(scheme, {("T1", "A", "2025"): 9, ("T2", "B", "2025"): 1}))
    assert [score for score, _ in found.values()] == [None, None]


def test_individual_goals_of_others_are_no_part_of_the_full_mark(made, tree, indicator) -> None:
    """Each unit has goals of 10 points of its own beside 10 in common; one unit's goal does not apply this year."""
    parts = [{"code": "S", "renormalise": True}]
    goals = [indicator(f"G{n}", "S", 10, units=[f"T{n}"]) for n in (1, 2, 3)]
    scheme = tree(
        parts,
        [indicator("A", "S", 10), *goals],
        exemptions=[{"unit": "T3", "indicator": "G3", "reason": "当年无任务"}],
    )
    figures = {(f"T{n}", "A", "2025"): 8 for n in (1, 2, 3)} | {("T1", "G1", "2025"): 6}
    assert nodes(made(scheme, figures)) == {
        ("T1", "S"): (14, NOTHING),
        ("T2", "S"): (16, Happened.RENORMALISED),
        ("T3", "S"): (16, Happened.RENORMALISED),
    }


def test_an_exempted_branch_gives_its_weight_to_the_rest_and_says_so(made, tree, indicator) -> None:
    parts = [
        {"code": "S", **MEAN},
        {"code": "M", "parent": "S", "weight": {"*": "0.4"}},
        {"code": "Y", "parent": "S", "weight": {"*": "0.6"}, "when_empty": "zero"},
    ]
    scheme = tree(
        parts,
        [indicator("A", "M"), indicator("B", "Y")],
        units=2,
        exemptions=[{"unit": "T2", "node": "Y", "reason": "垂直管理"}],
    )
    found = nodes(made(scheme, {("T1", "A", "2025"): 5, ("T1", "B", "2025"): 10, ("T2", "A", "2025"): 5}))
    assert found["T1", "S"] == (80, NOTHING)
    assert found["T2", "S"] == (50, Happened.RENORMALISED)
    assert found["T2", "Y"] == (None, EXCLUDED)


@pytest.mark.parametrize("missing", ["required", "zero", "last_known", "full", "assumed", "exclude"])
def test_nothing_is_due_before_a_unit_begins_or_after_it_ends(made, tree, indicator, missing) -> None:
    """A unit of May to the middle of August is scored for four months, as it reports them."""
    parts = [
        {"code": "S", **MEAN, "full": 10, "when_empty": "required"},
        {"code": "M", "parent": "S", "weight": {"*": 1}, "frequency": "month", "when_empty": "required"},
    ]
    more = {"assumed": 10} if missing == "assumed" else {}
    scheme = tree(parts, [indicator("A", "M", frequency="month", missing=missing, **more)], units=2)
    new = {"valid_from": "2025-05-31", "valid_to": "2025-08-01"}
    units = [scheme.units[0].model_dump() | new, scheme.units[1].model_dump()]
    scheme = scheme.model_validate(scheme.model_dump() | {"units": units})
    figures = {("T1", "A", f"2025-{month:02d}"): month - 1 for month in range(5, 9)}
    figures |= {("T2", "A", f"2025-{month:02d}"): 5 for month in range(1, 13)}
    sheet = made(scheme, figures)
    assert {one.unit: one.total for one in sheet.standings} == {"T1": Decimal("5.5"), "T2": 5}
    flags = {r["period"]: Happened(r["flags"]) for r in sheet.leaves.iter_rows(named=True) if r["unit"] == "T1"}
    assert flags["2025-05"] == flags["2025-08"] == NOTHING
    assert flags["2025-04"] == flags["2025-09"] == Happened.NOT_DUE | EXCLUDED
    assert nodes(sheet, "2025-09")["T1", "M"] == (None, Happened.NOT_DUE | EXCLUDED)


def test_a_month_within_its_time_is_due(made, tree, indicator) -> None:
    scheme = tree(
        [{"code": "S", "frequency": "month"}], [indicator("A", "S", frequency="month", missing="required")], units=1
    )
    units = [scheme.units[0].model_dump() | {"valid_from": "2025-12-31"}]
    with pytest.raises(Refused) as refused:
        made(scheme.model_validate(scheme.model_dump() | {"units": units}), {})
    assert [(one.code, one.params["period"]) for one in refused.value.problems] == [
        ("engine.figure_required", "2025-12")
    ]


def test_a_unit_of_another_year_is_not_assessed(made, tree, indicator) -> None:
    scheme = tree([{"code": "S"}], [indicator("A", "S", missing="required")], units=3)
    dates = [{"valid_to": "2024-12-31"}, {"valid_from": "2026-01-01"}, {"valid_to": "2025-01-01"}]
    units = [unit.model_dump() | more for unit, more in zip(scheme.units, dates, strict=True)]
    former = {"code": "OLD", "name": "旧镇", "successors": ["T3"]}
    scheme = scheme.model_validate(scheme.model_dump() | {"units": [*units, former]})
    figures = {(unit, "A", "2025"): 5 for unit in ("T1", "T2", "T3", "OLD")}
    assert [one.unit for one in made(scheme, figures).standings] == ["T3"]
