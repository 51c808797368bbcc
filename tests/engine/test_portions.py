"""Leaves scored in portions give what all leaves at once give, and what is known of a panel is what is found in it."""

from dataclasses import replace

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from tests.strategies import events, observations, schemes

from baton.engine.backends import PolarsBackend
from baton.engine.panel.panel import Panel
from baton.engine.plan import Plan
from baton.engine.score import score
from baton.engine.steps.portions import portions
from baton.words import Refused

YEAR = 2025
QUICK = settings(
    max_examples=24,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate, Phase.shrink],
)


def outcome(scheme, panel, backend):
    """Everything a score gives, or every problem it names."""
    try:
        sheet = score(scheme, panel, YEAR, backend)
    except Refused as refused:
        return sorted((problem.code, *map(str, problem.params.values())) for problem in refused.problems)
    tables = (sheet.leaves, sheet.nodes, sheet.statistics)
    return sheet.digest, sheet.adjustments, sheet.standings, *(table.rows() for table in tables)


@seed(7)
@QUICK
@given(st.data())
def test_portions_give_the_same_result_and_the_same_problems(data) -> None:
    scheme = data.draw(schemes())
    panel = replace(Panel.of(data.draw(observations(scheme))), events=tuple(data.draw(events(scheme))))
    whole = outcome(scheme, panel, PolarsBackend(portion=None))
    assert outcome(scheme, panel, PolarsBackend(portion=3)) == whole


@seed(8)
@QUICK
@given(st.data())
def test_what_a_panel_knows_spares_a_look_and_changes_nothing(data) -> None:
    scheme = data.draw(schemes())
    panel = Panel.of(data.draw(observations(scheme)))
    unseen = replace(panel, known=None, has_quarters=True, has_preliminary=True, has_doubles=True)
    assert outcome(scheme, unseen, PolarsBackend()) == outcome(scheme, panel, PolarsBackend())


def test_every_leaf_is_in_one_portion_and_kinds_stay_together(made, tree, indicator) -> None:
    kinds = [{"kind": "min_max"}, {"kind": "attain"}, {"kind": "z_score", "mean": "0.5", "deviation": "0.1"}]
    items = [indicator(f"I{n}", "S", rule=kinds[n % 3], target={"value": 1}) for n in range(12)]
    plan = Plan(tree([{"code": "S"}], items, units=5), YEAR, {})
    cut = portions(plan, 20)
    assert sorted(key for portion in cut for key in portion.keys) == [leaf.key for leaf in plan.leaves]
    assert [len({type(leaf.rule) for leaf in portion.leaves}) for portion in cut] == [1, 1, 1]
    assert [portion.whole for portion in portions(plan, 60)] == [True]
