"""What the engine does not let in: keys the scheme does not know, periods nobody reads, years that are not clear."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import duckdb
import narwhals as nw
import polars as pl
import pytest

from baton.engine.backends import DuckDBBackend
from baton.engine.panel import Observation
from baton.engine.panel.panel import Panel
from baton.engine.score import score
from baton.words import Refused

COMPLETION = {"kind": "completion"}


@pytest.fixture(scope="module")
def scheme(tree, indicator):
    """An annual indicator; a monthly one scored by month with annual targets; a quarterly one added up to the year."""
    nodes = [{"code": "S", "renormalise": True}, {"code": "M", "parent": "S", "frequency": "month"}]
    return tree(
        nodes,
        [
            indicator("A", "S"),
            indicator("B", "M", frequency="month", rule=COMPLETION),
            indicator("Q", "S", frequency="quarter"),
            indicator("X", "S", value={"kind": "ratio"}, series="PCT"),
        ],
        units=2,
    )


def seen(series: str = "A", period: str = "2025", figure: str = "actual", unit: str = "T1") -> Observation:
    return Observation(unit, series, figure, period, Decimal(5))


def refused(scheme: Any, *observations: Observation, year: int | None = 2025) -> list[tuple[str, Any]]:
    with pytest.raises(Refused) as caught:
        score(scheme, Panel.of(observations), year)
    return [(problem.code.removeprefix("engine."), problem.params.get("given")) for problem in caught.value.problems]


def test_every_unknown_key_is_named_at_once(scheme) -> None:
    found = refused(
        scheme,
        seen(),
        seen(unit="T9"),
        seen(unit="第1镇"),
        seen("a"),
        seen("X"),
        seen("PCT", figure="actual"),
        seen("B", "2025-06", figure="plan"),
    )
    assert found == [
        ("unknown_unit", "T9"),
        ("unknown_unit", "第1镇"),
        ("unknown_series", "X"),
        ("unknown_series", "a"),
        ("unknown_figure", "plan"),
        ("unknown_figure", "actual"),
    ]


@pytest.mark.parametrize(
    ("series", "figure", "period"),
    [
        ("A", "actual", "2025-12"),
        ("A", "actual", "2025-Q4"),
        ("B", "actual", "2025"),
        ("B", "actual", "2025-Q1"),
        ("B", "target", "2025-01"),
        ("Q", "actual", "2025-03"),
    ],
)
def test_a_figure_for_a_period_that_nobody_reads_is_refused(scheme, series, figure, period) -> None:
    assert refused(scheme, seen(series, period, figure)) == [("period_not_read", period)]


@pytest.mark.parametrize(
    ("series", "figure", "period"),
    [
        ("A", "actual", "2025"),
        ("B", "actual", "2025-01"),
        ("B", "target", "2025"),
        ("Q", "actual", "2025-Q3"),
        ("Q", "actual", "2025"),
        ("A", "actual", "2024-12"),
        ("A", "actual", "2026-Q1"),
        ("B", "actual", "2024"),
    ],
)
def test_a_figure_that_is_read_or_of_another_year_is_let_in(scheme, series, figure, period) -> None:
    score(scheme, Panel.of([seen(series, period, figure)]), 2025)


def test_what_is_no_period_is_refused_in_a_table_as_well(scheme) -> None:
    frame = pl.DataFrame(
        {
            "unit": "T1",
            "series": "A",
            "figure": "actual",
            "period": ["2025", "2025-6", "2025-13"],
            "value": [1, 2, 3],
            "preliminary": False,
        }
    )
    with pytest.raises(Refused) as caught:
        score(scheme, Panel(nw.from_native(frame.lazy()), {"A": 0}, "d"), 2025)
    assert [(one.code, one.params["given"]) for one in caught.value.problems] == [
        ("engine.frame_not_a_period", "2025-13"),
        ("engine.frame_not_a_period", "2025-6"),
    ]


def test_the_only_year_is_taken_and_several_are_not_guessed(scheme) -> None:
    assert score(scheme, Panel.of([seen(period="2024")])).year == 2024
    assert refused(scheme, seen(), seen(period="2024"), year=None) == [("year_not_clear", None)]
    assert refused(scheme, year=None) == [("year_not_clear", None)]


@pytest.mark.parametrize("carried", [False, True])
def test_of_several_years_only_the_one_asked_for_counts(scheme, carried) -> None:
    now = [seen(), seen(unit="T2"), seen("B", "2025-06"), seen("B", figure="target")]
    before = [replace(one, period=one.period.replace("2025", "2024"), value=Decimal(9)) for one in now]
    backend = DuckDBBackend(duckdb.connect()) if carried else None

    def digest(panel: Panel, year: int) -> str:
        frame = backend.frame(panel.frame.collect("polars").to_native()) if backend else panel.frame
        return score(scheme, replace(panel, frame=frame), year, backend).digest

    both = Panel.of([*now, *before])
    assert digest(both, 2025) == digest(Panel.of(now), 2025)
    assert digest(both, 2024) == digest(Panel.of(before), 2024)
