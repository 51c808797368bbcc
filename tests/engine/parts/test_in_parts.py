"""A score made part by part is the score made at once, to the digest and to the last row."""

from dataclasses import replace
from decimal import Decimal

import duckdb
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.strategies import panels, schemes

from baton.engine.backends import DuckDBBackend, PolarsBackend
from baton.engine.panel import Observation
from baton.engine.panel.panel import Panel
from baton.engine.parts import InMemory, parted, score_in_parts
from baton.engine.scheme.model import Scheme
from baton.engine.scheme.treatment import Impute
from baton.engine.score import score
from baton.words import Refused

YEAR = 2025
UNITS = ("A", "B", "C", "D")
BACKENDS = {"polars": PolarsBackend(portion=7), "plain": PolarsBackend()}


def small():
    """Four units in two groups, three indicators compared within their group."""
    scheme = Scheme.model_validate(
        {
            "code": "S",
            "name": "S",
            "effective_from": "2025-01-01",
            "groups": [{"code": "G", "name": "G", "root": "N"}, {"code": "H", "name": "H", "root": "N"}],
            "units": [{"code": unit, "name": unit, "group": "GH"[n % 2]} for n, unit in enumerate(UNITS)],
            "nodes": [{"code": "N", "name": "N", "combine": {"kind": "sum"}}],
            "indicators": [
                {"code": f"I{n}", "name": f"I{n}", "parent": "N", "points": {"*": 10}, "rule": {"kind": "min_max"}}
                for n in range(3)
            ],
        }
    )
    figures = [
        Observation(unit, f"I{n}", "actual", "2025", Decimal(7 * n + 3 * place))
        for place, unit in enumerate(UNITS)
        for n in range(3)
    ]
    return scheme, Panel.of(figures)


def at_once(scheme, panel):
    try:
        return score(scheme, panel, YEAR), []
    except Refused as refused:
        return None, sorted((one.code, str(one.place)) for one in refused.problems)


def in_parts(scheme, panel, rows, backend):
    held = InMemory()
    try:
        return score_in_parts(scheme, parted(panel, backend), held, YEAR, backend, rows=rows), held, []
    except Refused as refused:
        return None, held, sorted((one.code, str(one.place)) for one in refused.problems)


@settings(max_examples=30, deadline=None)
@given(st.data(), st.sampled_from([1, 3, 10, 40]), st.sampled_from(sorted(BACKENDS)))
def test_parts_give_the_same_result(data, rows, backend):
    scheme = data.draw(schemes())
    panel = data.draw(panels(scheme))
    whole, refused = at_once(scheme, panel)
    summary, held, refused_in_parts = in_parts(scheme, panel, rows, BACKENDS[backend])
    assert refused_in_parts == refused
    if whole is None:
        return
    assert summary.digest == whole.digest
    assert summary.standings == whole.standings
    assert summary.adjustments == whole.adjustments
    assert pl.concat(held.pieces).equals(whole.leaves.to_native())
    assert summary.nodes.to_native().equals(whole.nodes.to_native())
    assert summary.statistics.to_native().equals(whole.statistics.to_native())


def test_duckdb_goes_part_by_part_too():
    scheme, panel = small()
    connection = duckdb.connect(":memory:")
    backend = DuckDBBackend(connection)
    moved = replace(panel, frame=backend.frame(panel.frame.collect("polars").to_native()))
    summary, _, refused = in_parts(scheme, moved, 3, backend)
    assert refused == []
    assert summary.engine == "duckdb"
    assert summary.digest == score(scheme, panel, YEAR).digest


def test_steps_are_told_with_their_number():
    scheme, panel = small()
    told = []
    score_in_parts(scheme, parted(panel, PolarsBackend()), InMemory(), YEAR, None, lambda *step: told.append(step), 3)
    assert told[0] == ("engine.step_parts", 0, 3)
    assert ("engine.step_parts", 3, 3) in told
    assert told[-1][0] == "engine.step_sum"


def test_figures_of_an_unknown_unit_are_refused():
    scheme, _ = small()
    strange = Panel.of([Observation("X", "I0", "actual", "2025", Decimal(1))])
    _, _, refused = in_parts(scheme, strange, 3, PolarsBackend())
    assert [code for code, _ in refused] == ["engine.unknown_unit"]


def test_a_treatment_may_look_at_several_indicators_and_is_refused():
    scheme, panel = small()
    treated = scheme.model_copy(update={"treatment": (Impute(kind="impute", method="group_mean"),)})
    _, _, refused = in_parts(treated, panel, 3, PolarsBackend())
    assert [code for code, _ in refused] == ["engine.parts_treatment"]
