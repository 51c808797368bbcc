"""Numbers at the edge of 64 bits and of Float64: exact, or refused with a sentence; never wrapped round or rounded."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baton.engine.backends import DuckDBBackend
from baton.engine.exact.panel import exact_leaves, points_by_code
from baton.engine.panel import Observation
from baton.engine.panel.panel import Panel
from baton.engine.plan import Plan
from baton.engine.score import score
from baton.words import Refused

ATTAIN = {"kind": "attain"}
RATIO: dict[str, Any] = {"value": {"kind": "ratio", "scale": 1}}
OPEN = {"kind": "growth", "reference": 0, "step": 1, "base": 0, "cap": None, "floor": -(10**17)}
MONTHS = [f"2025-{month:02d}" for month in range(1, 13)]
BACKENDS = ["polars", "duckdb"]


@pytest.fixture(scope="module")
def points_of(tree, indicator):
    """Points by unit of figures {unit: {figure: value}} of one indicator, on an engine."""

    def run(engine: str, figures: dict[str, dict[str, Any]], **more: Any) -> dict[str, Decimal | None]:
        scheme = tree([{"code": "S"}], [indicator("A", "S") | {"decimals": None} | more], units=3)
        reports = [
            Observation(unit, "A", figure.partition("@")[0], figure.partition("@")[2] or "2025", Decimal(str(value)))
            for unit, mine in figures.items()
            for figure, value in mine.items()
        ]
        panel, backend = Panel.of(reports), None
        if engine == "duckdb":
            backend = DuckDBBackend(duckdb.connect())
            panel = replace(panel, frame=backend.frame(panel.frame.collect("polars").to_native()))
        sheet = score(scheme, panel, 2025, backend)
        exact, _ = exact_leaves(plan := Plan(scheme, 2025, panel.decimals), reports)
        known = points_by_code(plan, exact)
        rows = {row["unit"]: row["points"] for row in sheet.leaves.iter_rows(named=True)}
        assert rows == {unit: known[unit, "A", "", 40] for unit in rows}
        return {unit: None if number is None else Decimal(number).scaleb(-6) for unit, number in rows.items()}

    return run


@pytest.fixture
def refused(points_of):
    def run(engine: str, figures: dict[str, dict[str, Any]], **more: Any) -> list[str]:
        with pytest.raises(Refused) as caught:
            points_of(engine, figures, **more)
        return [problem.code.removeprefix("engine.") for problem in caught.value.problems]

    return run


@pytest.mark.parametrize("engine", BACKENDS)
class TestExact:
    def test_a_line_of_sixteen_digits_is_reached_or_missed_by_one(self, points_of, engine) -> None:
        line = 2**53 + 1
        figures = {"T1": {"actual": line - 1}, "T2": {"actual": line}, "T3": {"actual": line + 1}}
        assert points_of(engine, figures, rule=ATTAIN | {"line": line}) == {"T1": 0, "T2": 10, "T3": 10}

    def test_a_target_of_sixteen_digits(self, points_of, engine) -> None:
        target = Decimal("900719925474099.3")
        figures = {f"T{n}": {"actual": target + n - 2, "target": target} for n in (1, 2, 3)}
        assert points_of(engine, figures, rule=ATTAIN) == {"T1": 0, "T2": 10, "T3": 10}

    def test_ranks_tell_apart_what_floats_do_not(self, points_of, engine) -> None:
        figures = {f"T{n}": {"actual": 10**18 + n} for n in (1, 2, 3)}
        rule = {"kind": "rank_points", "step": "0.1"}
        assert points_of(engine, figures, rule=rule) == {"T1": 8, "T2": 9, "T3": 10}
        assert points_of(engine, figures, rule=rule, direction="lower") == {"T1": 10, "T2": 9, "T3": 8}

    def test_extremes_and_means_of_large_numbers(self, points_of, engine) -> None:
        figures = {"T1": {"actual": 10**18 - 4}, "T2": {"actual": 10**18}, "T3": {"actual": 10**18 + 4}}
        assert points_of(engine, figures, rule={"kind": "min_max"}) == {"T1": 0, "T2": 5, "T3": 10}
        growth = {"kind": "growth", "base": "0.5", "step": "0.1"}
        assert points_of(engine, figures, rule=growth) == {"T1": 1, "T2": 5, "T3": 9}

    def test_income_a_head_reaches_its_line_exactly(self, points_of, engine) -> None:
        """35,000.1 yuan a head: the quotient has more digits than a float, the line is met to the last one."""
        heads = 123_457
        figures = {
            f"T{n}": {"numerator": Decimal("35000.1") * heads + (n - 2), "denominator": heads} for n in (1, 2, 3)
        }
        assert points_of(engine, figures, rule=ATTAIN | {"line": "35000.1"}, **RATIO) == {"T1": 0, "T2": 10, "T3": 10}

    def test_growth_from_next_to_nothing(self, points_of, engine) -> None:
        figures = {"T1": {"actual": 30001, "previous": 1}, "T2": {"actual": 7, "previous": 3}}
        more = {"value": {"kind": "growth"}, "rule": OPEN, "zero_denominator": "zero"}
        assert points_of(engine, figures, **more) == {
            "T1": Decimal(30000000),
            "T2": Decimal("1333.333333"),
            "T3": None,
        }

    def test_a_mean_of_months_in_yuan(self, points_of, engine) -> None:
        mean = Decimal("148148146.805833333")
        figures = {"T1": {f"actual@{month}": "148148146.80" for month in MONTHS}}
        figures["T1"]["actual@2025-12"] = "148148146.87"
        more = {"frequency": "month", "aggregation": "mean"}
        least = Decimal("0.000000001")
        assert points_of(engine, figures, rule=ATTAIN | {"line": mean}, **more)["T1"] == 10
        assert points_of(engine, figures, rule=ATTAIN | {"line": mean + least}, **more)["T1"] == 0

    def test_votes_without_end(self, points_of, engine) -> None:
        rule = {"kind": "ballot", "options": {"a": 100, "b": 50}}
        assert points_of(engine, {"T1": {"a": 10**16, "b": 10**16}}, rule=rule)["T1"] == Decimal("7.5")


@pytest.mark.parametrize("engine", BACKENDS)
class TestRefused:
    def test_months_that_add_up_beyond(self, refused, engine) -> None:
        figures = {"T1": {f"actual@{month}": 9 * 10**17 for month in MONTHS}}
        assert refused(engine, figures, frequency="month", rule=ATTAIN | {"line": 1}) == ["too_large_to_add"]

    def test_factors_that_take_it_beyond(self, refused, engine) -> None:
        value = {"kind": "weighted_sum", "terms": {"a": "0.123456789", "b": 50}}
        assert refused(engine, {"T1": {"a": 10**12, "b": 1}}, value=value) == ["too_large_to_add"]

    def test_decimals_of_a_line_that_take_it_beyond(self, refused, engine) -> None:
        rule = ATTAIN | {"line": "0.000000000001"}
        assert refused(engine, {"T1": {"actual": 10**8}}, rule=rule) == ["too_large_to_add"]

    def test_a_target_beyond(self, refused, engine) -> None:
        more = {"rule": {"kind": "completion"}, "target": {"value": "123456789012345678"}}
        assert refused(engine, {"T1": {"actual": "1.23"}}, **more) == ["too_large_to_add"]

    def test_an_assumed_value_beyond(self, refused, engine) -> None:
        more = {"missing": "assumed", "assumed": "999999999999999999"}
        assert refused(engine, {"T1": {"actual": "1.234"}}, **more) == ["too_large_to_add"]

    def test_a_quotient_beyond(self, refused, engine) -> None:
        figures = {"T1": {"numerator": 10**9, "denominator": "0.01"}, "T2": {"numerator": 1, "denominator": 1}}
        assert refused(engine, figures, **RATIO) == ["quotient_too_large"]

    def test_points_beyond(self, refused, engine) -> None:
        figures = {"T1": {"actual": 10**16}, "T2": {"actual": 1}}
        assert refused(engine, figures, rule=OPEN) == ["too_many_points"]
        figures = {"T1": {"actual": -(10**16)}, "T2": {"actual": 1}}
        assert refused(engine, figures, rule=OPEN) == ["too_many_points"]

    def test_full_points_beyond(self, refused, engine) -> None:
        assert refused(engine, {}, points={"*": 10**17}) == ["scheme_points_too_large"]


@pytest.mark.parametrize("decimals", [0, 9])
def test_many_large_leaves_under_a_mean_of_odd_weights(made, tree, indicator, decimals) -> None:
    """Weighted shares of points that pass 64 bits together are added one by one."""
    weights = ["0.333333333", "0.111111111", "0.555555556"]
    more = {"full": "1125899", "rule": {"kind": "goalposts", "low": 0, "high": 10}}
    leaves = [indicator(f"A{n}", "S", weight, **more) for n, weight in enumerate(weights)]
    root = {"code": "S", "combine": {"kind": "arithmetic"}, "full": 100}
    sheet = made(tree([root], leaves, units=1, decimals=decimals), {("T1", f"A{n}", "2025"): n + 4 for n in range(3)})
    expected = sum(Decimal(weight) * (n + 4) * 10 for n, weight in enumerate(weights))
    assert sheet.standings[0].base == expected.quantize(Decimal(1).scaleb(-decimals))


@settings(max_examples=60, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(
    reports=st.lists(st.integers(-(10**15), 10**15), min_size=1, max_size=12),
    line=st.integers(-(10**15), 10**15),
    aggregation=st.sampled_from(["sum", "mean", "last", "maximum", "minimum"]),
)
def test_large_months_are_merged_like_the_oracle_merges_them(points_of, reports, line, aggregation) -> None:
    figures = {"T1": {f"actual@{month}": value for month, value in zip(MONTHS, reports, strict=False)}}
    more = {"frequency": "month", "aggregation": aggregation, "rule": ATTAIN | {"line": line}}
    if aggregation == "mean":
        figures = {"T1": {name: Decimal(value).scaleb(-7) for name, value in figures["T1"].items()}}
    assert points_of("polars", figures, **more)["T1"] in (0, 10)
