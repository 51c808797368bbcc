"""A score sheet tells the statistics that a rule compared with, and leaves the others empty."""

from decimal import Decimal

import pytest

from baton.engine.exact.sheet import exact_sheet
from baton.engine.panel import Observation
from baton.engine.panel.panel import Panel
from baton.engine.score import score

KINDS = {
    "min_max": ({"kind": "min_max"}, ("5", "1", "", "")),
    "z_score": ({"kind": "z_score", "mean": "0.5", "deviation": "0.1"}, ("", "", "3", "2")),
    "growth": ({"kind": "growth", "reference": "group_mean", "step": "0.1"}, ("", "", "3", "")),
    "rank": ({"kind": "exponential_rank"}, ("", "", "", "")),
}


@pytest.mark.parametrize("name", KINDS)
def test_what_no_rule_compares_with_is_empty(name: str, tree, indicator) -> None:
    rule, told = KINDS[name]
    scheme = tree([{"code": "S"}], [indicator("A", "S", rule=rule)], units=3)
    observed = [Observation(f"T{n}", "A", "actual", "2025", Decimal(2 * n - 1)) for n in (1, 2, 3)]
    for make in (score, exact_sheet):
        (row,) = make(scheme, Panel.of(observed), 2025).statistics.iter_rows(named=True)
        assert row["count"] == 3
        assert tuple(row[column] for column in ("best", "worst", "mean", "deviation")) == told
