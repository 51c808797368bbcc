"""What a unit's points would be had it other figures: the same as with everything about the group made anew."""

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from baton.engine.exact.figures import Figures
from baton.engine.exact.panel import LeafPlace
from baton.engine.plan import Plan
from baton.engine.plan.calendar import texts

RULES = [
    {"kind": "min_max"},
    {"kind": "ratio_to_best"},
    {"kind": "z_score"},
    {"kind": "growth", "base": 0.8, "step": 0.02, "reference": "group_mean"},
    *({"kind": "rank_points", "step": "0.2", "ties": ties} for ties in ("competition", "mean", "dense")),
]
YEAR = 2025
values = st.lists(st.none() | st.integers(-30, 30).map(lambda one: one * 10**6), min_size=2, max_size=6)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule['kind']} {rule.get('ties', '')}".strip())
@pytest.mark.parametrize("direction", ["higher", "lower"])
def test_it_is_as_if_the_group_were_scored_anew(tree, indicator, rule, direction) -> None:
    leaf_of = indicator("R", "S", 40, rule=rule, direction=direction)
    plan = Plan(tree([{"code": "S"}], [leaf_of], 6, effective_from=f"{YEAR}-01-01"), YEAR, {"R": 6})
    (leaf,) = plan.leaves

    @settings(max_examples=30, deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate])
    @given(values, st.none() | st.integers(-30, 30), st.integers(0, 5))
    def holds(found, other, number) -> None:
        at = texts(YEAR)[str(YEAR)]
        unit = number % len(found)
        figures = {n: Figures(value, None) for n, value in enumerate(found)}
        mine = Figures(None if other is None else other * 10**6, None)
        anew = LeafPlace(plan, leaf, at, {**figures, unit: mine}).outcome(unit, mine)
        assert LeafPlace(plan, leaf, at, figures).outcome_with(unit, mine, at) == anew

    holds()
