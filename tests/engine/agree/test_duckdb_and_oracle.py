"""One semantics: Polars, DuckDB and the exact oracle give the same sheets on made schemes, panels and events.

As many schemes are tried as `agree.scoring.EXAMPLES` says. They stand in classes so that processes which take a class
at a time can share them.
"""

from dataclasses import replace

import duckdb
import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from tests.engine.agree.scoring import EXAMPLES, YEAR, moved, scored
from tests.strategies import events, observations, schemes

from baton.engine.backends import DuckDBBackend
from baton.engine.exact.panel import exact_leaves, points_by_code
from baton.engine.exact.sheet import exact_sheet
from baton.engine.panel.panel import Panel
from baton.engine.plan import Plan
from baton.engine.plan.calendar import texts

SHARDS = 8
ONE_IN = 4
"""Of so many schemes one is also scored without events, leaf by leaf: the digests with events hold all of it."""
STOPS = {
    "engine.figure_required",
    "engine.negative_target",
    "engine.node_without_score",
    "engine.too_many_points",
    "engine.zero_denominator",
}


def check_against_oracle(scheme, reports, panel, sheet, codes):
    plan = Plan(scheme, YEAR, panel.decimals)
    exact, stops = exact_leaves(plan, reports)
    if sheet is None:
        assert codes <= STOPS
        assert stops or codes == {"engine.node_without_score"}
        return
    assert not stops
    expected, periods = points_by_code(plan, exact), texts(YEAR)
    wrong = [
        row
        for row in sheet.leaves.to_native().iter_rows(named=True)
        if row["points"] != expected[row["unit"], row["indicator"], row["part"], periods[row["period"]]]
    ]
    assert not wrong
    assert len(sheet.leaves) == len(exact)


def hold_to_agree(number):
    backend = DuckDBBackend(duckdb.connect())

    @seed(number)
    @settings(
        max_examples=max(1, EXAMPLES // SHARDS),
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink],
    )
    @given(st.data())
    def agree(data):
        scheme = data.draw(schemes())
        reports = data.draw(observations(scheme))
        panel = Panel.of(reports)
        if data.draw(st.integers(1, ONE_IN)) == 1:
            sheet, codes = scored(scheme, panel)
            check_against_oracle(scheme, reports, panel, sheet, codes)
        happened = data.draw(events(scheme))
        with_events = replace(panel, events=tuple(happened))
        one, one_codes = scored(scheme, with_events)
        other, other_codes = scored(scheme, moved(with_events, backend), backend)
        assert one_codes == other_codes
        assert (one is None) == (other is None)
        if one is not None:
            exact = exact_sheet(scheme, with_events, YEAR)
            assert one.digest == other.digest == exact.digest
            assert one.standings == exact.standings
            assert one.adjustments == exact.adjustments

    agree()


class TestFirstQuarter:
    @pytest.mark.parametrize("shard", range(2))
    def test_polars_duckdb_and_the_oracle_agree(self, shard):
        hold_to_agree(shard)


class TestSecondQuarter:
    @pytest.mark.parametrize("shard", range(2, 4))
    def test_polars_duckdb_and_the_oracle_agree(self, shard):
        hold_to_agree(shard)


class TestThirdQuarter:
    @pytest.mark.parametrize("shard", range(4, 6))
    def test_polars_duckdb_and_the_oracle_agree(self, shard):
        hold_to_agree(shard)


class TestLastQuarter:
    @pytest.mark.parametrize("shard", range(6, SHARDS))
    def test_polars_duckdb_and_the_oracle_agree(self, shard):
        hold_to_agree(shard)
