"""Treatment as a step of a score: what rules see, what is flagged and told, and what is refused."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baton.engine.backends import DuckDBBackend, PolarsBackend, SparkBackend
from baton.engine.exact.sheet import exact_sheet
from baton.engine.exact.verify import verify
from baton.engine.explain import explain
from baton.engine.flags import Happened
from baton.engine.panel import Observation
from baton.engine.panel.panel import Panel
from baton.engine.result import ScoreSheet
from baton.engine.scheme.adjustments import Event
from baton.engine.scheme.digest import canonical, digest
from baton.engine.scheme.model import Scheme
from baton.engine.scheme.structure import check
from baton.engine.scheme.text import from_yaml, to_yaml
from baton.engine.score import score
from baton.engine.treatment import treated_panel
from baton.sheets.scheme_book import read_scheme, write_scheme
from baton.words import Refused

CODES = ("A", "B", "C")
ALL = [
    {"kind": "partition", "code": "SIDES", "parts": {"东": ["T1", "T2", "T3"], "西": ["T4", "T5"]}},
    {"kind": "denominate", "by": "POP", "indicators": ["A"], "scale": 10},
    {"kind": "impute", "method": "group_mean", "partition": "SIDES"},
    {"kind": "impute", "method": "row_mean", "within": "node", "indicators": ["C"]},
    {"kind": "screen", "least_available": "0.5", "least_nonzero": "0.25", "counted": "reported", "keep": ["T6"]},
    {"kind": "outliers", "winsorise_at_most": 1, "transform": "boxcox", "power": "0.5", "untestable": "leave"},
    {"kind": "outliers", "skewness": 1, "combine": True, "untestable": "leave", "within": "all", "indicators": ["B"]},
]


def scheme_of(treatment: list[dict[str, Any]], units: int = 6, **more: Any) -> Scheme:
    """Three indicators compared by min-max under a mean, and a population that does not count."""
    plain = {"points": {"*": 1}, "full": 100, "rule": {"kind": "min_max"}, "missing": "exclude", **more}
    return Scheme.model_validate(
        {
            "code": "TREAT",
            "name": "处理",
            "effective_from": "2025-01-01",
            "groups": [{"code": "G", "name": "一组", "root": "R"}],
            "units": [{"code": f"T{n}", "name": f"第{n}镇", "group": "G"} for n in range(1, units + 1)],
            "nodes": [
                {"code": "R", "name": "总", "combine": {"kind": "arithmetic"}, "full": 100},
                {"code": "BASE", "name": "基数", "parent": "R", "in_total": False, "combine": {"kind": "arithmetic"}},
            ],
            "indicators": [
                *({"code": code, "name": f"指标{code}", "parent": "R", **plain} for code in CODES),
                {"code": "POP", "name": "人口", "parent": "BASE", **plain, "missing": "exclude"},
            ],
            "treatment": treatment,
        }
    )


def panel_of(figures: Mapping[tuple[str, str], object], events: tuple[Event, ...] = ()) -> Panel:
    observations = [Observation(u, i, "actual", "2025", Decimal(str(x))) for (u, i), x in figures.items()]
    return Panel.of(observations, events)


def even(units: int = 6, **changed: object) -> dict[tuple[str, str], object]:
    """Figures that nothing is wrong with; `T1_A=5` sets one, None takes it out."""
    found: dict[tuple[str, str], object] = {}
    for n in range(1, units + 1):
        found |= {(f"T{n}", "A"): 10 + n, (f"T{n}", "B"): 20 + 2 * n, (f"T{n}", "C"): 30 - n, (f"T{n}", "POP"): 100}
    found |= {(key.split("_")[0], key.split("_")[1]): x for key, x in changed.items()}
    return {key: x for key, x in found.items() if x is not None}


def row(sheet: ScoreSheet, unit: str, indicator: str) -> dict[str, Any]:
    return next(r for r in sheet.leaves.iter_rows(named=True) if (r["unit"], r["indicator"]) == (unit, indicator))


def value(sheet: ScoreSheet, unit: str, indicator: str) -> Decimal | None:
    found = row(sheet, unit, indicator)
    return None if found["value"] is None else Decimal(found["value"]).scaleb(-found["decimals"])


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {problem.code for problem in refused.value.problems}


def test_a_gap_is_filled_flagged_and_explained() -> None:
    scheme = scheme_of([{"kind": "impute", "method": "mean"}])
    sheet = score(scheme, panel_of(even(T2_A=None)), 2025)
    assert value(sheet, "T2", "A") == Decimal("13.8")
    assert row(sheet, "T2", "A")["flags"] & Happened.IMPUTED
    assert not row(sheet, "T2", "A")["flags"] & Happened.MISSING
    leaf = explain(sheet, "T2", "A").indicators[0].leaves[0]
    assert "engine.flag_imputed" in {line.code for line in leaf.flags}


def test_values_are_divided_before_rules_see_them() -> None:
    sheet = score(scheme_of([{"kind": "denominate", "by": "POP", "indicators": ["A"]}]), panel_of(even(T1_POP=3)), 2025)
    assert value(sheet, "T1", "A") == Decimal("3.666666666667")
    assert row(sheet, "T1", "A")["rank"] == 1


def test_a_denominator_of_zero_is_refused_or_counts_as_missing() -> None:
    step = {"kind": "denominate", "by": "POP", "indicators": ["A"]}
    with pytest.raises(Refused) as refused:
        score(scheme_of([step]), panel_of(even(T1_POP=0)), 2025)
    assert codes(refused) == {"engine.treatment_zero_denominator"}
    sheet = score(scheme_of([{**step, "zero": "missing"}]), panel_of(even(T1_POP=0)), 2025)
    assert value(sheet, "T1", "A") is None
    assert row(sheet, "T1", "A")["flags"] & Happened.MISSING


def test_an_indicator_that_nobody_reports_stays_a_gap() -> None:
    figures = {key: x for key, x in even().items() if key[1] != "A"}
    for method in ("mean", "median", "group_mean", "group_median", "row_mean"):
        sheet = score(scheme_of([{"kind": "impute", "method": method}]), panel_of(figures), 2025)
        assert row(sheet, "T1", "A")["flags"] & (Happened.MISSING | Happened.IMPUTED) == Happened.MISSING


def test_row_means_follow_the_direction_and_leave_out_what_is_all_equal() -> None:
    figures = even(T1_A=None) | {(f"T{n}", "C"): 7 for n in range(1, 7)}
    sheet = score(scheme_of([{"kind": "impute", "method": "row_mean"}]), panel_of(figures), 2025)
    # B of T1 is the least of all, so A is the least of what is known: 12.
    assert value(sheet, "T1", "A") == 12
    lower = scheme_of([{"kind": "impute", "method": "row_mean"}], direction="lower")
    assert value(score(lower, panel_of(figures), 2025), "T1", "A") == 12


def test_a_screened_unit_has_no_score_and_is_told_why() -> None:
    scheme = scheme_of([{"kind": "screen", "least_available": "0.9"}], missing="required")
    figures = even(T3_A=None, T3_B=None)
    sheet = score(scheme, panel_of(figures), 2025)
    standing = next(one for one in sheet.standings if one.unit == "T3")
    assert (standing.total, standing.rank) == (None, None)
    reason = dict(standing.reasons)["engine.screened"]
    assert reason == {"there": 2, "due": 4, "share": "50%", "zeros": 0}
    rows = [r for r in sheet.leaves.iter_rows(named=True) if r["unit"] == "T3"]
    assert {r["flags"] for r in rows} == {int(Happened.SCREENED | Happened.EXCLUDED)}
    assert {r["points"] for r in rows} == {None}
    nodes = {r["flags"] for r in sheet.nodes.iter_rows(named=True) if r["unit"] == "T3"}
    assert nodes == {int(Happened.SCREENED | Happened.EXCLUDED)}
    without = score(scheme, panel_of({key: x for key, x in even().items() if key[0] != "T3"} | even(T3_A=None)), 2025)
    assert [one.total for one in without.standings] == [one.total for one in sheet.standings]


def test_a_screen_counts_what_was_reported_or_what_is_there_after_imputation() -> None:
    impute = {"kind": "impute", "method": "mean"}
    screen = {"kind": "screen", "least_available": "0.9"}
    figures = panel_of(even(T3_A=None))
    assert all(one.rank is not None for one in score(scheme_of([impute, screen]), figures, 2025).standings)
    reported = treated_panel(scheme_of([impute, {**screen, "counted": "reported"}]), figures, 2025)
    assert [one.unit for one in reported.availability if not one.kept] == ["T3"]
    assert not any(spot[0] in reported.left_out for spot in reported.values)


def test_units_with_zeros_are_screened_and_named_units_are_not() -> None:
    zeros = panel_of(even(T3_A=0, T3_B=0, T4_A=0, T4_B=0))
    step = {"kind": "screen", "least_nonzero": "0.6", "keep": ["T4"], "leave_out": ["T1"]}
    found = treated_panel(scheme_of([step]), zeros, 2025)
    assert [one.unit for one in found.availability if not one.kept] == ["T1", "T3"]


@pytest.mark.parametrize("figures", [even(3), even() | {(f"T{n}", "A"): 5 for n in range(1, 7)}], ids=["few", "equal"])
def test_what_cannot_be_tested_is_refused_or_flagged(figures: Mapping[tuple[str, str], object]) -> None:
    units = len({unit for unit, _ in figures})
    with pytest.raises(Refused) as refused:
        score(scheme_of([{"kind": "outliers"}], units), panel_of(figures), 2025)
    assert codes(refused) == {"engine.treatment_untestable"}
    sheet = score(scheme_of([{"kind": "outliers", "untestable": "leave"}], units), panel_of(figures), 2025)
    assert row(sheet, "T1", "A")["flags"] & Happened.UNTESTABLE


def test_values_that_64_bits_do_not_hold_are_refused_with_how_to_mend() -> None:
    figures = panel_of(even(T1_A=10**8))
    with pytest.raises(Refused) as refused:
        score(scheme_of([{"kind": "impute", "method": "mean"}]), figures, 2025)
    assert codes(refused) == {"engine.treatment_too_large"}
    assert value(score(scheme_of([{"kind": "impute", "method": "mean", "decimals": 2}]), figures, 2025), "T1", "A")


def test_targets_keep_their_value_beside_treated_values() -> None:
    scheme = scheme_of([{"kind": "impute", "method": "mean"}], rule={"kind": "completion"}, target={"value": 20})
    sheet = score(scheme, panel_of(even(T2_A=None)), 2025)
    found = row(sheet, "T2", "A")
    assert Decimal(found["target"]).scaleb(-found["decimals"]) == 20
    assert found["points"] == 69 * 10**6


def test_an_event_in_a_treated_figure_is_refused() -> None:
    event = Event.model_validate({"unit": "T1", "item": "A", "matter": "m", "quantity": 1, "on": "2025-03-01"})
    for run in (score, exact_sheet):
        with pytest.raises(Refused) as refused:
            run(scheme_of([{"kind": "impute", "method": "mean"}]), panel_of(even(), (event,)), 2025)
        assert codes(refused) == {"engine.treatment_and_event"}


BROKEN: list[tuple[list[dict[str, Any]], str]] = [
    ([{"kind": "outliers"}, {"kind": "impute", "method": "mean"}], "engine.treatment_order"),
    ([{"kind": "outliers"}, {"kind": "outliers", "skewness": 1}], "engine.treatment_twice"),
    ([{"kind": "impute", "method": "mean", "indicators": ["Z"]}], "engine.scheme_unknown_indicator"),
    ([{"kind": "impute", "method": "group_mean", "partition": "Z"}], "engine.treatment_unknown_partition"),
    ([{"kind": "denominate", "by": "A", "indicators": ["A"]}], "engine.treatment_denominator"),
    ([{"kind": "partition", "code": "P", "parts": {"a": ["T1"], "b": ["T1"]}}], "engine.treatment_unit_in_two_parts"),
    ([{"kind": "screen", "leave_out": ["T99"]}], "engine.scheme_unknown_unit"),
]


@pytest.mark.parametrize(("steps", "code"), BROKEN, ids=[code for _, code in BROKEN])
def test_what_cannot_be_done_is_said_of_the_scheme(steps: list[dict[str, Any]], code: str) -> None:
    assert code in {problem.code for problem in check(scheme_of(steps))}


def test_a_rule_with_a_target_is_not_put_on_another_scale() -> None:
    more = {"rule": {"kind": "completion"}, "target": {"value": 20}}
    assert "engine.treatment_scale_changes" in {p.code for p in check(scheme_of([{"kind": "outliers"}], **more))}
    assert not list(check(scheme_of([{"kind": "outliers", "transform": "none"}], **more)))


def test_the_treatment_goes_through_yaml_and_workbook_without_loss() -> None:
    scheme = scheme_of(ALL)
    assert from_yaml(to_yaml(scheme), "")[0] == scheme
    assert digest(read_scheme(write_scheme(scheme)).scheme) == digest(scheme)


def test_a_scheme_without_treatment_keeps_the_digest_it_had() -> None:
    assert b"treatment" not in canonical(scheme_of([]))
    assert b"treatment" in canonical(scheme_of(ALL))


numbers = st.one_of(st.none(), st.integers(-50, 50), st.integers(10**3, 10**5))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(numbers, min_size=24, max_size=24))
def test_engines_and_oracle_give_the_same_digest(values: list[int | None]) -> None:
    keys = [(f"T{n}", code) for n in range(1, 7) for code in (*CODES, "POP")]
    figures = {key: x for key, x in zip(keys, values, strict=True) if x is not None}
    figures |= {(f"T{n}", "POP"): abs(figures.get((f"T{n}", "POP"), 0)) + 1 for n in range(1, 7)}
    scheme, panel = scheme_of(ALL), panel_of(figures)
    sheet = score(scheme, panel, 2025, PolarsBackend(portion=6))
    assert sheet.digest == exact_sheet(scheme, panel, 2025).digest
    duck = DuckDBBackend(duckdb.connect())
    there = replace(panel, frame=duck.frame(panel.frame.collect("polars").to_native()))
    assert sheet.digest == score(scheme, there, 2025, duck).digest
    assert verify(sheet, panel) == ()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(numbers, min_size=24, max_size=24), st.sampled_from(["mean", "median", "group_mean", "row_mean"]))
def test_imputing_leaves_what_was_reported_as_it_was(values: list[int | None], method: str) -> None:
    keys = [(f"T{n}", code) for n in range(1, 7) for code in (*CODES, "POP")]
    figures = {key: x for key, x in zip(keys, values, strict=True) if x is not None}
    found = treated_panel(scheme_of([{"kind": "impute", "method": method}]), panel_of(figures), 2025)
    assert found.denominated.items() <= found.imputed.items()
    assert found.values == found.imputed


@pytest.mark.spark
def test_spark_gives_the_same_digest() -> None:
    spark = pytest.importorskip("pyspark.sql", reason="pyspark is not installed")
    builder = spark.SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
    session = (
        builder.config("spark.sql.shuffle.partitions", "1").config("spark.sql.ansi.enabled", "false").getOrCreate()
    )
    try:
        backend = SparkBackend(session)
        scheme, panel = scheme_of(ALL), panel_of(even(T2_A=None, T3_B=10**5, T5_A=None, T5_B=None, T5_C=None))
        there = replace(panel, frame=backend.frame(panel.frame.collect("polars").to_native()))
        assert score(scheme, there, 2025, backend).digest == score(scheme, panel, 2025).digest
    finally:
        session.stop()  # else the next test of this process gets it, whatever master it asks for
