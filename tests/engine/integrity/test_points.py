"""Points on what everybody reaches, and on what tells nobody apart."""

import numpy as np
import pytest

from baton.engine.integrity import Series
from baton.engine.integrity.points import find_points, yearly_of

MONTHS = tuple(f"{year}-{month:02d}" for year in (2024, 2025) for month in range(1, 13))


def series(indicator: str, level: float, target: float, units: int = 8, spread: float = 5.0) -> list[Series]:
    """Units with equal months: `level` a year, more for later units."""
    return [
        Series(f"U{n}", "G", indicator, MONTHS, np.full(24, (level + spread * n) / 12), np.array([np.nan, target]))
        for n in range(units)
    ]


POINTS = {("G", "EASY"): 40.0, ("G", "HARD"): 30.0, ("G", "SAME"): 20.0, ("G", "SMALL"): 5.0}
ALL = [
    *series("EASY", 120, 100),
    *series("HARD", 80, 100),
    *series("SAME", 50, 100, spread=0.0),
    *series("SMALL", 120, 100),
]


def test_points_on_what_everybody_reaches_are_easy_where_they_weigh() -> None:
    found = {(flag.kind, flag.indicator): flag for flag in find_points(ALL, POINTS, {})}
    assert set(found) == {("easy_points", "EASY"), ("empty_indicator", "SAME")}
    easy = found["easy_points", "EASY"]
    assert easy.unit == "G"
    assert easy.evidence["share_reached"] == 1
    assert easy.evidence["points_share"] == pytest.approx(40 / 95)
    assert easy.months == MONTHS[12:]


def test_an_indicator_without_figures_is_empty_unless_evidence_is_asked_for() -> None:
    silent = [Series(f"U{n}", "G", "TALK", MONTHS, np.full(24, np.nan), np.full(2, np.nan)) for n in range(8)]
    points = {("G", "TALK"): 10.0}
    assert [flag.kind for flag in find_points(silent, points, {"TALK": False})] == ["empty_indicator"]
    assert find_points(silent, points, {"TALK": True}) == ()


def test_small_groups_and_indicators_without_points_are_not_judged() -> None:
    assert find_points(series("EASY", 120, 100, units=4), POINTS, {}) == ()
    assert find_points(series("OTHER", 120, 100), POINTS, {}) == ()


def test_years_are_sums_means_or_last_months() -> None:
    months = MONTHS[:12]
    for kind, wanted in (("sum", 78.0), ("mean", 6.5), ("last", 12.0)):
        one = Series("U", "G", "M", months, np.arange(1.0, 13), np.array([1.0]), yearly=kind)
        assert yearly_of(one) == {2024: wanted}
