"""Measures of a result: correlations and alpha against NumPy and by hand, spread, availability, bad input."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baton.engine.flags import Happened
from baton.engine.measures import Limits, alpha, correlations, measures
from baton.engine.measures.table import Table, table
from baton.engine.result import ScoreSheet
from baton.words import Refused

type ScoreOf = Callable[..., ScoreSheet]
MIN_MAX = {"kind": "min_max"}


def table_of(columns: dict[str, list[float | None]]) -> Table:
    units = tuple(f"T{n}" for n in range(len(next(iter(columns.values())))))
    cells = {
        (unit, name): float(x)
        for name, values in columns.items()
        for unit, x in zip(units, values, strict=True)
        if x is not None
    }
    return table("G", "2025", units, tuple(columns), cells)


def r_of(columns: dict[str, list[float | None]]) -> float | None:
    return correlations(table_of(columns))[0].r


pairs = st.lists(st.tuples(st.integers(-99, 99), st.integers(-99, 99)), min_size=3, max_size=20)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(pairs)
def test_correlation_is_that_of_numpy(values: list[tuple[int, int]]) -> None:
    x, y = ([float(v) for v in column] for column in zip(*values, strict=True))
    found = r_of({"x": list(x), "y": list(y)})
    if len(set(x)) == 1 or len(set(y)) == 1:
        assert found is None
    else:
        assert found == pytest.approx(float(np.corrcoef(x, y)[0, 1]), abs=1e-9)


def test_only_units_that_have_both_are_correlated() -> None:
    assert r_of({"x": [1, 2, 3, 4, None], "y": [2, 4, 6, None, 9]}) == pytest.approx(1)
    assert correlations(table_of({"x": [1, 2, 3, 4, None], "y": [2, 4, 6, None, 9]}))[0].units == 3
    assert r_of({"x": [1, 2, None], "y": [2, 4, 6]}) is None


def test_alpha_worked_by_hand() -> None:
    # Variances 5/3 and 5/3, covariance 4/3: alpha = 4 x (4/3) / (5/3 + 5/3 + 8/3) = 8/9.
    assert alpha(table_of({"x": [1, 2, 3, 4], "y": [2, 1, 4, 3]})) == (4, pytest.approx(2 * (1 - 10 / (10 + 6))))
    assert alpha(table_of({"x": [1, 2, 3], "y": [1, 2, 3]})) == (3, pytest.approx(1))


def test_alpha_takes_units_that_have_every_column_and_says_where_there_is_none() -> None:
    assert alpha(table_of({"x": [1, 2, 3, 4], "y": [2, 1, 4, None]}))[0] == 3
    assert alpha(table_of({"x": [1, 2], "y": [1, 2]})) == (2, None)
    assert alpha(table_of({"x": [1, 2, 3]})) == (3, None)
    assert alpha(table_of({"x": [5, 5, 5], "y": [1, 1, 1]})) == (3, None)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(pairs)
def test_alpha_is_the_formula_of_coinr(values: list[tuple[int, int]]) -> None:
    x, y = ([float(v) for v in column] for column in zip(*values, strict=True))
    _, found = alpha(table_of({"x": list(x), "y": list(y)}))
    covariance = np.cov([x, y])
    if covariance.sum() > 1e-9 and np.trace(covariance) > 1e-9:
        assert found == pytest.approx(4 * covariance[0, 1] / covariance.sum(), abs=1e-6)


@pytest.fixture
def sheet(tree: Any, indicator: Any, made: ScoreOf) -> ScoreSheet:
    scheme = tree(
        [{"code": "R"}],
        [indicator(code, "R", rule=MIN_MAX) for code in ("A", "B", "C")],
        units=5,
    )
    figures = {(f"T{n}", "A", "2025"): n for n in range(1, 6)}
    figures |= {(f"T{n}", "B", "2025"): 0 if n == 1 else 2 * n for n in range(1, 5)}
    figures |= {(f"T{n}", "C", "2025"): 7 for n in range(1, 6)}
    return made(scheme, figures)


def test_spread_counts_what_is_there_missing_and_zero(sheet: ScoreSheet) -> None:
    by_code = {one.indicator: one for one in measures(sheet).spreads}
    b = by_code["B"]
    assert (b.units, b.values, b.zeros, b.least, b.greatest) == (5, 4, 1, 0, 8)
    assert b.mean == Decimal("4.5")
    assert by_code["C"].constant
    assert by_code["C"].skewness is None
    assert by_code["A"].skewness == pytest.approx(0)
    assert by_code["A"].kurtosis == pytest.approx(-1.2)


def test_availability_counts_what_units_reported(sheet: ScoreSheet) -> None:
    found = {one.unit: one for one in measures(sheet).available}
    assert (found["T5"].due, found["T5"].there, found["T5"].available) == (3, 2, pytest.approx(2 / 3))
    assert (found["T1"].zeros, found["T1"].nonzero) == (1, pytest.approx(2 / 3))


def test_pairs_above_the_limit_are_named_and_constants_are_not(sheet: ScoreSheet) -> None:
    assert [(one.one, one.other) for one in measures(sheet).same] == [("A", "B")]
    assert not measures(sheet, Limits(same=0.999)).same


def test_what_was_filled_in_counts_as_not_reported(tree: Any, indicator: Any, made: ScoreOf) -> None:
    scheme = tree(
        [{"code": "R"}],
        [indicator("A", "R", rule=MIN_MAX)],
        treatment=[{"kind": "impute", "method": "mean"}],
    )
    found = made(scheme, {("T1", "A", "2025"): 1, ("T2", "A", "2025"): 3})
    assert any(row["flags"] & Happened.IMPUTED for row in found.leaves.iter_rows(named=True))
    assert {one.unit: one.there for one in measures(found).available} == {"T1": 1, "T2": 1, "T3": 0}


@pytest.mark.parametrize("limit", [0.0, -1.0, 1.5])
def test_a_limit_that_is_none_is_refused(sheet: ScoreSheet, limit: float) -> None:
    with pytest.raises(Refused) as refused:
        measures(sheet, Limits(same=limit))
    assert [problem.code for problem in refused.value.problems] == ["engine.measures_limit"]
