"""Panels out of long tables: exact, and refused for everything that is no exact number."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baton.engine.panel import Observation
from baton.engine.panel.frame import panel_of_frame
from baton.engine.panel.panel import Panel
from baton.engine.scheme.model import Scheme
from baton.engine.scheme.text import from_yaml
from baton.words import Refused

SCHEME = """
language: 1
code: S
name: S
effective_from: 2025-01-01
groups: [{code: G, name: G, root: R}]
units: [{code: U, name: U, group: G}, {code: V, name: V, group: G}]
nodes: [{code: R, name: R}]
indicators:
  - {code: A, name: A, parent: R, points: {"*": 50}, rule: {kind: min_max}, decimals: 2}
  - {code: B, name: B, parent: R, points: {"*": 50}, rule: {kind: completion}, series: X}
"""


@pytest.fixture(scope="module")
def scheme() -> Scheme:
    return from_yaml(SCHEME, "s.yaml")[0]


def table(values: Sequence[Any], kind: Any = pl.Float64, **columns: Any) -> pl.LazyFrame:
    base = {"unit": "U", "series": "A", "figure": "actual", "period": "2025"} | columns
    frame = pl.DataFrame({"value": values}, schema={"value": kind}, strict=False)
    return frame.with_columns(
        **{name: pl.lit(one) if not isinstance(one, list) else pl.Series(one) for name, one in base.items()}
    ).lazy()


def rows(panel: Panel) -> list[tuple[Any, ...]]:
    return pl.from_arrow(panel.frame.collect().to_arrow()).sort("unit", "series", "period", "value").rows()  # type: ignore[union-attr]


def codes(frame: pl.LazyFrame, scheme: Scheme) -> list[str]:
    with pytest.raises(Refused) as refused:
        panel_of_frame(frame, scheme, "d")
    return [problem.code for problem in refused.value.problems]


def test_a_series_of_several_that_a_few_rows_do_not_tell_gets_its_decimals(scheme: Scheme) -> None:
    values, series = [1.0, 2.0, 0.25, 3.5], ["X", "A", "A", "X"]
    periods = [f"2025-{month:02d}" for month in range(1, 5)]
    panel = panel_of_frame(table(values, series=series, period=periods), scheme, "d")
    assert panel.decimals == {"A": 2, "X": 1}
    assert [row[4] for row in rows(panel)] == [200, 25, 10, 35]


@pytest.mark.parametrize("value", [Decimal(10) ** 25, Decimal(-10) ** 25])
def test_a_decimal_too_large_for_its_scale_is_refused(scheme: Scheme, value: Decimal) -> None:
    assert codes(table([value], pl.Decimal(38, 12), series="X"), scheme) == ["engine.frame_too_large"]


def test_doubles_become_the_decimals_they_stand_for(scheme: Scheme) -> None:
    panel = panel_of_frame(table([0.3, -0.07, 12.0, None]), scheme, "abc")
    assert panel.decimals == {"A": 2}
    assert [row[4] for row in rows(panel)] == [-7, 30, 1200]
    assert (panel.digest, panel.years, panel.has_quarters, panel.has_preliminary) == ("abc", (2025,), False, False)


def test_a_panel_of_a_frame_is_the_panel_of_its_observations(scheme: Scheme) -> None:
    given = {("U", "A"): "1.25", ("U", "X"): "3", ("V", "A"): "0.1", ("V", "X"): "1234567.891"}
    frame = pl.DataFrame(
        {
            "unit": [unit for unit, _ in given],
            "indicator": ["A", "B", "A", "B"],
            "period": ["2025", "2025-Q1", "2025", "2025-06"],
            "value": [float(value) for value in given.values()],
        }
    ).lazy()
    panel = panel_of_frame(frame, scheme, "d")
    seen = [
        Observation(unit, series, "actual", period, Decimal(value))
        for ((unit, series), value), period in zip(given.items(), ("2025", "2025-Q1", "2025", "2025-06"), strict=True)
    ]
    assert dict(panel.decimals) == dict(Panel.of(seen).decimals)
    assert rows(panel) == rows(Panel.of(seen))
    assert panel.has_quarters


def test_integers_and_decimals_are_taken_as_they_are(scheme: Scheme) -> None:
    assert [row[4] for row in rows(panel_of_frame(table([1, -5], pl.Int32), scheme, "d"))] == [-5, 1]
    exact = panel_of_frame(table([Decimal("1.25"), Decimal("-0.5")], pl.Decimal(20, 2)), scheme, "d")
    assert (exact.decimals, [row[4] for row in rows(exact)]) == ({"A": 2}, [-50, 125])


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        (table([float("nan")]), "engine.frame_not_finite"),
        (table([float("inf"), 1.0]), "engine.frame_not_finite"),
        (table([0.125]), "engine.frame_too_many_decimals"),
        (table([0.1 + 0.2], series="X"), "engine.frame_inexact"),
        (table([1 / 3], series="X"), "engine.frame_too_many_decimals"),
        (table([1e15 + 0.5], series="X"), "engine.frame_inexact"),
        (table([1e18], series="X"), "engine.frame_inexact"),
        (table([1e19], series="X"), "engine.frame_too_large"),
        (table([1.0], unit=[None]), "engine.frame_keyless"),
        (table([1.0], series=""), "engine.frame_keyless"),
        (table([1.0], period="2025-13"), "engine.frame_not_a_period"),
        (table(["1"], pl.String), "engine.frame_type"),
        (table([1.0]).drop("unit"), "engine.frame_columns"),
    ],
)
def test_what_is_no_exact_number_is_refused(frame: pl.LazyFrame, code: str, scheme: Scheme) -> None:
    if frame.collect_schema().get("unit") == pl.Null:
        frame = frame.with_columns(pl.col("unit").cast(pl.String))
    assert codes(frame, scheme) == [code]


def test_all_series_are_named_at_once(scheme: Scheme) -> None:
    both = pl.concat([table([0.125]), table([float("nan")], series="X")])
    assert codes(both, scheme) == ["engine.frame_too_many_decimals", "engine.frame_not_finite"]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.decimals(-(10**6), 10**6, places=6, allow_nan=False), min_size=1, max_size=30))
def test_any_decimals_survive_as_doubles(scheme: Scheme, numbers: list[Decimal]) -> None:
    frame = table([float(number) for number in numbers], series="X")
    panel = panel_of_frame(frame, scheme, "d")
    scale = panel.decimals["X"]
    assert [Decimal(row[4]).scaleb(-scale) for row in rows(panel)] == sorted(numbers)
