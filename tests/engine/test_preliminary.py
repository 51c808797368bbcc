"""A score is marked preliminary if a figure that counted is preliminary, not if one was overridden or came before."""

from decimal import Decimal

import duckdb
import pytest
from tests.engine.agree.scoring import moved

from baton.engine.backends import DuckDBBackend
from baton.engine.flags import Happened
from baton.engine.panel import Observation
from baton.engine.panel.panel import Panel
from baton.engine.scheme.model import Scheme
from baton.engine.score import score

REPORTS = {
    "months alone": (("2025-01", True), ("2025-03", False)),
    "months under a report of the year": (("2025-01", True), ("2025-03", True), ("2025", False)),
    "final months under a preliminary year": (("2025-01", False), ("2025", True)),
    "the last month is final": (("2025-01", True), ("2025-12", False)),
    "the last month is preliminary": (("2025-01", False), ("2025-12", True)),
    "all final": (("2025-01", False), ("2025-12", False)),
}
MARKED = {
    ("sum", "months alone"),
    ("sum", "the last month is final"),
    ("sum", "the last month is preliminary"),
    ("maximum", "months alone"),
    ("maximum", "the last month is final"),
    ("maximum", "the last month is preliminary"),
    ("mean", "months alone"),
    ("mean", "the last month is final"),
    ("mean", "the last month is preliminary"),
    ("last", "the last month is preliminary"),
    *((aggregation, "final months under a preliminary year") for aggregation in ("sum", "maximum", "mean", "last")),
}


def on_duckdb(scheme: Scheme, figures: list[Observation]) -> str:
    """The digest of the same result on another engine, flags included."""
    backend = DuckDBBackend(duckdb.connect())
    return score(scheme, moved(Panel.of(figures), backend), 2025, backend).digest


@pytest.mark.parametrize("quarter", [False, True])
@pytest.mark.parametrize("aggregation", ["sum", "maximum", "mean", "last"])
@pytest.mark.parametrize("name", REPORTS)
def test_the_mark_is_that_of_the_figures_that_counted(name, aggregation, quarter, tree, indicator) -> None:
    """`quarter`: another indicator is reported by quarter, so that the figures of a year are read one by one."""
    other = indicator("B", "S", frequency="quarter", aggregation="last")
    scheme = tree([{"code": "S"}], [indicator("A", "S", frequency="month", aggregation=aggregation), other], units=2)
    figures = [Observation("T1", "A", "actual", at, Decimal(1), preliminary=early) for at, early in REPORTS[name]]
    others = [Observation("T2", "B", "actual", "2025-Q1" if quarter else "2025", Decimal(1), preliminary=True)]
    sheet = score(scheme, Panel.of([*figures, *others]), 2025)
    flags = {(row["unit"], row["indicator"]): Happened(row["flags"]) for row in sheet.leaves.iter_rows(named=True)}
    assert (Happened.PRELIMINARY in flags["T1", "A"]) == ((aggregation, name) in MARKED)
    assert Happened.PRELIMINARY in flags["T2", "B"]
    assert on_duckdb(scheme, [*figures, *others]) == sheet.digest


def test_a_mean_over_months_takes_a_report_of_the_year_alone(tree, indicator) -> None:
    scheme = tree([{"code": "S"}], [indicator("A", "S", frequency="month", aggregation="mean")], units=2)
    figures = [
        Observation("T1", "A", "actual", "2025", Decimal(6)),
        Observation("T2", "A", "actual", "2025-01", Decimal(4)),
    ]
    sheet = score(scheme, Panel.of(figures), 2025)
    assert {one.unit: one.total for one in sheet.standings} == {"T1": 6, "T2": 4}
    assert on_duckdb(scheme, figures) == sheet.digest
