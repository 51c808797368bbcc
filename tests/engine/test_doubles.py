"""A figure that stands in a table twice is refused, however the table is read."""

from typing import Any

import duckdb
import narwhals as nw
import polars as pl
import pytest

from baton.engine.backends import DuckDBBackend
from baton.engine.panel.panel import Panel
from baton.engine.score import score
from baton.words import Refused

MONTHS = [f"2025-{month:02d}" for month in range(1, 13)]
RATIO: dict[str, Any] = {"value": {"kind": "ratio"}}
BALLOT: dict[str, Any] = {"rule": {"kind": "ballot", "options": {"优": 100, "良": 80}}}
LIST: dict[str, Any] = {"rule": {"kind": "checklist", "items": "by_unit"}}
COMPLETION: dict[str, Any] = {"rule": {"kind": "completion"}}
MONTHLY: dict[str, Any] = {"frequency": "month"}
TARGETS: dict[str, Any] = MONTHLY | COMPLETION | {"target": {"frequency": "month"}}
SIDES = ("numerator", "denominator")

WAYS: dict[str, tuple[str, dict[str, Any], list[tuple[str, str]]]] = {
    "as it stands": ("year", {}, [("actual", "2025")]),
    "month by month": ("month", MONTHLY, [("actual", month) for month in MONTHS]),
    "two sides": ("year", RATIO, [(side, "2025") for side in SIDES]),
    "two roles of one figure": ("year", BALLOT, [("优", "2025"), ("良", "2025")]),
    "a list of forty": ("year", LIST, [(f"item{number}", "2025") for number in range(1, 41)]),
    "added over the year": ("year", MONTHLY, [("actual", period) for period in (*MONTHS, "2025")]),
    "the last of the year": ("year", MONTHLY | {"aggregation": "last"}, [("actual", month) for month in MONTHS]),
    "a ratio over the year": ("year", MONTHLY | RATIO, [(side, month) for side in SIDES for month in MONTHS]),
    "added over the quarter": ("quarter", MONTHLY, [("actual", month) for month in MONTHS]),
    "running": ("month", MONTHLY | {"window": "year_to_date"}, [("actual", month) for month in MONTHS]),
    "targets by month": ("year", TARGETS, [(side, month) for side in ("actual", "target") for month in MONTHS]),
    "a target of the year": ("month", MONTHLY | COMPLETION, [("target", "2025"), *(("actual", m) for m in MONTHS)]),
}


def table(rows: list[tuple[Any, ...]], backend: DuckDBBackend | None) -> Panel:
    names = ["unit", "series", "figure", "period", "value"]
    frame = pl.DataFrame(rows, schema=names, orient="row").with_columns(preliminary=pl.lit(False))
    held = backend.frame(frame) if backend else nw.from_native(frame.lazy())
    return Panel(held, {"A": 0}, "digest")


@pytest.fixture(scope="module")
def scheme_of(tree, indicator):
    def make(frequency: str, more: dict[str, Any]) -> Any:
        nodes = [{"code": "S"}, {"code": "N", "parent": "S", "frequency": frequency}]
        return tree(nodes, [indicator("A", "N") | more], units=2)

    return make


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_each_figure_of_a_table_may_stand_there_once(scheme_of, way, engine) -> None:
    frequency, more, figures = WAYS[way]
    scheme = scheme_of(frequency, more)
    backend = DuckDBBackend(duckdb.connect()) if engine == "duckdb" else None
    rows = [(unit, "A", figure, period, 1) for unit in ("T1", "T2") for figure, period in figures]
    score(scheme, table(rows, backend), 2025, backend)
    for figure, period in dict.fromkeys([figures[0], figures[-1]]):
        for instead in (False, True):
            kept = [row for row in rows if not (instead and row[1:4] == ("A", figure, period))]
            doubled = [*kept, ("T2", "A", figure, period, 1), ("T2", "A", figure, period, 1)]
            with pytest.raises(Refused) as refused:
                score(scheme, table(doubled, backend), 2025, backend)
            (problem,) = {(one.code, *one.params.values()) for one in refused.value.problems}
            assert problem[:3] == ("engine.reported_twice_in_table", "第2镇", "指标A")
            assert problem[4] == (2 if instead else 3)


def test_doubles_of_another_year_or_of_a_former_unit_do_not_matter(tree, indicator) -> None:
    scheme = tree([{"code": "S"}], [indicator("A", "S")], units=1)
    units = [*(unit.model_dump() for unit in scheme.units), {"code": "OLD", "name": "旧镇"}]
    scheme = scheme.model_validate(scheme.model_dump() | {"units": units})
    rows = [
        ("T1", "A", "actual", "2025", 1),
        *[("T1", "A", "actual", "2024", 1), ("OLD", "A", "actual", "2025", 1)] * 2,
    ]
    assert score(scheme, table(rows, None), 2025).standings[0].total == 1


def test_an_indicator_reads_no_more_figures_than_have_a_bit(made, tree, indicator) -> None:
    terms = {f"f{number}": 1 for number in range(61)}
    scheme = tree([{"code": "S"}], [indicator("A", "S", value={"kind": "weighted_sum", "terms": terms})], units=1)
    with pytest.raises(Refused) as refused:
        made(scheme, {})
    assert [one.code for one in refused.value.problems] == ["engine.scheme_too_many_figures"]
