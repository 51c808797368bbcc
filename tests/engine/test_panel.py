"""The door for observations: what is no figure is refused, all of it at once; corrections and final figures replace."""

from decimal import Decimal
from typing import Any

import pytest

from baton.engine.panel import Observation, Origin
from baton.engine.panel.panel import Panel
from baton.words import Refused


def one(value: object, period: str = "2025", unit: str = "T1", **more: Any) -> Observation:
    return Observation(unit, "A", "actual", period, None if value is None else Decimal(str(value)), **more)


def refused(*observations: Observation) -> list[tuple[str, dict[str, Any]]]:
    with pytest.raises(Refused) as caught:
        Panel.of(observations)
    return [(problem.code, dict(problem.params)) for problem in caught.value.problems]


def values(*observations: Observation) -> list[tuple[Any, ...]]:
    panel = Panel.of(observations)
    rows = panel.frame.collect().select("unit", "period", "value", "preliminary").iter_rows()
    return [(unit, period, Decimal(value).scaleb(-panel.decimals["A"]), early) for unit, period, value, early in rows]


@pytest.mark.parametrize(
    "period", ["2025-13", "2025-6", "2025-00", "2025-Q5", "25", "", "2025年", "２０２５", "2025\n"]
)
def test_what_is_no_period_is_refused(period: str) -> None:
    assert refused(one(1, period)) == [
        ("engine.not_a_period", {"unit": "T1", "series": "A", "figure": "actual", "period": period})
    ]


@pytest.mark.parametrize("value", ["NaN", "sNaN", "Infinity", "-Infinity"])
def test_what_is_no_finite_number_is_refused(value: str) -> None:
    assert [code for code, _ in refused(one(value))] == ["engine.not_finite"]


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("9000000000000000001", "engine.too_large"),
        ("-9223372036854775808", "engine.too_large"),
        ("1E+999999", "engine.too_large"),
        ("9000000.0000000000001", "engine.too_many_decimals"),
        ("1.00000000000000000000000000000000000001", "engine.too_many_decimals"),
        ("1E-999999", "engine.too_many_decimals"),
        ("9000000.000000000001", "engine.too_large"),
    ],
)
def test_what_64_bits_do_not_hold_exactly_is_refused(value: str, code: str) -> None:
    found = refused(one(value))
    assert [code for code, _ in found] == [code]
    assert len(str(found[0][1]["value"])) <= 41


def test_decimals_of_one_figure_can_make_another_too_large() -> None:
    found = refused(one("0.000000000001"), one(10**7, unit="T2"))
    assert [(code, params["unit"]) for code, params in found] == [("engine.too_large", "T2")]


def test_numbers_at_the_edge_are_kept_to_the_last_digit() -> None:
    assert values(one(9 * 10**18)) == [("T1", "2025", Decimal(9 * 10**18), False)]
    assert values(one("-8999999.999999999999"))[0][2] == Decimal("-8999999.999999999999")
    assert values(one("0E+500"), one("1.50000000000000000000", unit="T2"))[1][2] == Decimal("1.5")


def test_a_figure_reported_twice_is_refused_with_both_places() -> None:
    here, there = Origin(file="甲.xlsx", sheet="表", cell="C7"), Origin(file="乙.xlsx")
    with pytest.raises(Refused) as caught:
        Panel.of([one(1, origin=there), one(1, origin=here)])
    (problem,) = caught.value.problems
    assert (problem.code, problem.place.cell, problem.params["other"]) == ("engine.reported_twice", "C7", "乙.xlsx")


def test_everything_wrong_is_said_at_once() -> None:
    found = refused(one("NaN"), one(1, "2025-13"), one(1), one(2), one("1E+30", unit="T2"))
    assert sorted(code.removeprefix("engine.") for code, _ in found) == [
        "not_a_period",
        "not_finite",
        "reported_twice",
        "too_large",
    ]


@pytest.mark.parametrize("turned", [False, True])
def test_the_figure_that_counts(turned: bool) -> None:
    reports = [
        one(1, preliminary=True, version=5),
        one(2),
        one(3, version=1),
        one(4, "2025-01", preliminary=True),
        one(5, "2025-01", preliminary=True, version=2),
        one(6, "2025-02"),
        one(None, "2025-02", version=1),
        one(7, "2024"),
    ]
    assert values(*(reversed(reports) if turned else reports)) == [
        ("T1", "2024", 7, False),
        ("T1", "2025", 3, False),
        ("T1", "2025-01", 5, True),
    ]


def test_the_digest_names_the_data_and_not_their_order() -> None:
    reports = [one("1.50"), one(2, unit="T2"), one(3, unit="T3", preliminary=True)]
    digest = Panel.of(reports).digest
    assert Panel.of([one("1.5"), *reports[:0:-1]]).digest == digest
    assert Panel.of([one("1.51"), *reports[1:]]).digest != digest
    assert Panel.of([*reports[:2], one(3, unit="T3")]).digest != digest
