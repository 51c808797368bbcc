"""Every rule kind has words, and its sum, done by hand, gives what the rule gives."""

import math
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from baton.engine.explain.kinds import CHECKS, WORDS, Facts, Setting, checked, kind_of, told
from baton.engine.rules import KINDS, Case, Rule

RULES = [
    {"kind": "completion"},
    {"kind": "control"},
    {"kind": "attain"},
    {"kind": "attain", "line": 5},
    {"kind": "time_progress", "step": "0.025"},
    {"kind": "time_progress", "step": 5, "ahead_step": 3, "cap": 350, "measured_in": "points"},
    {"kind": "conversion"},
    {"kind": "conversion", "full": 120},
    {"kind": "efficacy_linear"},
    {"kind": "efficacy_linear", "best": 12, "worst": 5, "base": "0.5"},
    {"kind": "efficacy_exponential"},
    {"kind": "min_max", "offset": "0.1", "span": "0.9"},
    {"kind": "min_max", "low": 0, "high": 20, "clip": False},
    {"kind": "distance_to_best"},
    {"kind": "goalposts", "low": 1, "high": 20},
    {"kind": "goalposts", "low": 1, "high": 20, "log": True, "clip": False},
    {"kind": "ratio_to_best"},
    {"kind": "ratio_to_best", "best": 30},
    {"kind": "z_score", "mean": "0.5", "deviation": "0.1"},
    {"kind": "growth", "step": "0.02"},
    {"kind": "growth", "base": 6, "step": "0.5", "reference": 12, "measured_in": "points"},
    {"kind": "rank_points", "step": "0.05"},
    {"kind": "rank_points", "table": [5, 4, 3], "bottom_table": [-5, -4], "floor": None, "measured_in": "points"},
    {"kind": "rank_scale"},
    {"kind": "rank_scale", "form": "borda"},
    {"kind": "exponential_rank"},
    {"kind": "bands", "edges": [2, 5, 9], "shares": ["0.2", "0.5", 1]},
    {"kind": "bands", "edges": [2, 5, 9], "shares": ["0.2", "0.5", 1], "closed": "right"},
    {"kind": "rank_table", "table": [{"from": 1, "to": 3, "share": 1}, {"from": 4, "share": "0.5"}]},
    {"kind": "level_table", "levels": {"好": 1, "较好": "0.85", "一般": "0.6"}},
    {"kind": "piecewise_linear", "points": [[2, 0], [5, "0.8"], [5, "0.9"], [9, 1]]},
    {"kind": "piecewise_linear", "points": [[2, 0], [9, 1]], "clamp": False},
    {"kind": "checklist", "items": 4},
    {"kind": "checklist", "items": 2, "weights": [3, 7], "levels": [0, 1, 2]},
    {"kind": "threshold_deduct", "line": 10, "step": "0.05"},
    {"kind": "threshold_deduct", "line": 10, "step": "0.1", "per": "0.5", "whole_steps": True, "measured_in": "points"},
    {"kind": "threshold_deduct", "line": 10, "step": "0.1", "per": 3, "whole_steps": "up"},
    {"kind": "per_case_deduct", "cases": {"late": "0.1", "wrong": "0.2"}},
    {"kind": "per_case_deduct", "cases": {"late": "0.1"}, "measured_in": "points"},
]
VOTED = [
    {"kind": "ballot", "options": {"good": 100, "fair": 60}, "minimum_valid": 20, "minimum_turnout": "0.5"},
    {
        "kind": "ballot_rate",
        "best": "good",
        "options": ["good", "fair", "poor"],
        "bands": [{"at_least": "0.9", "share": 1}, {"at_least": "0.8", "share": "0.95"}],
        "adverse": {"options": ["poor"], "limit": "1/3", "below_share": "0.8", "otherwise_share": "0.65"},
    },
    {"kind": "ballot_rate", "best": "good", "options": ["good"], "bands": [{"at_least": "0.9", "share": 1}]},
    {"kind": "checklist", "items": "by_unit"},
]
ADAPTER = TypeAdapter(Rule)


def done_by_hand(expression: str) -> float:
    """Do a sum as it is written."""
    text = expression.replace("×", "*").replace("÷", "/").replace("−", "-").replace("^", "**")
    text = text.replace("⌊", "math.floor(1e-9+").replace("⌈", "math.ceil(-1e-9+").replace("⌋", ")").replace("⌉", ")")
    text = re.sub(r"ln ([\d.]+)", r"math.log(\1)", text).replace("ln (", "math.log(").replace("e **", "math.e **")
    return float(eval(text, {"math": math}))


def tenths(low: int, high: int) -> st.SearchStrategy[Decimal]:
    return st.integers(low * 10, high * 10).map(lambda tenth: Decimal(tenth) / 10)


@pytest.mark.parametrize("options", RULES, ids=lambda options: "-".join(str(value) for value in options.values())[:60])
@given(
    x=tenths(0, 30),
    target=tenths(1, 20),
    low=tenths(0, 9),
    width=tenths(1, 20),
    rank=st.integers(1, 8),
    sign=st.sampled_from([1, -1]),
)
def test_the_sum_done_by_hand_gives_what_the_rule_gives(options, x, target, low, width, rank, sign) -> None:
    rule = ADAPTER.validate_python(options)
    sign = {"higher": 1, "lower": -1}.get(str(rule.direction()), sign)
    ends = (low + width, low) if sign > 0 else (low, low + width)
    fixed = rule.fixed()
    if options["kind"] == "min_max" and rule.low is not None:
        ends = (rule.high, rule.low) if sign > 0 else (rule.low, rule.high)
    best, worst = (end if given is None else given for end, given in zip(ends, fixed, strict=True))
    if options["kind"] in ("rank_table", "level_table"):
        x = Decimal(rank)
    case = Case(x, Decimal(10), sign, target, best, worst, low + width / 2, width / 3, Decimal(8), Decimal(rank))
    facts = Facts(case.points, x, rule.exact(case), sign, target, best, worst, case.mean, case.deviation, 8, case.rank)
    assert math.isclose(done_by_hand(checked(rule, facts).expression), rule.exact(case), abs_tol=1e-6)


def test_votes_and_own_lists_are_summed_from_their_mean() -> None:
    ballot, rate, _, own = (ADAPTER.validate_python(options) for options in VOTED)
    facts = Facts(Decimal(10), Decimal("89.6"), Decimal("8.96"))
    assert done_by_hand(checked(ballot, facts).expression) == pytest.approx(8.96)
    assert done_by_hand(checked(rate, Facts(Decimal(10), Decimal("0.85"), Decimal("9.5"))).expression) == 9.5
    below = checked(rate, Facts(Decimal(10), Decimal("0.5"), Decimal(8)))
    assert (below.expression, below.first[-1].code) == ("8", "engine.check_below_bands")
    assert done_by_hand(checked(own, Facts(Decimal(5), Decimal("0.875"), Decimal("4.375"))).expression) == 4.375


@pytest.mark.parametrize("options", [*RULES, *VOTED], ids=lambda options: options["kind"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_rule_has_words_in_both_languages(options, language) -> None:
    rule = ADAPTER.validate_python(options)
    for sign in (1, -1):
        sentences = [line.text(language) for line in told(rule, Setting(Decimal(10), sign, {"late": "迟报"}))]
        assert sentences
        assert not any("{" in sentence or "Decimal" in sentence for sentence in sentences)


def test_the_tables_hold_every_kind_and_no_other() -> None:
    kinds = {kind.model_fields["kind"].default for kind in KINDS} - {"composite"}
    assert set(WORDS) == set(CHECKS) == kinds
    assert {kind_of(ADAPTER.validate_python(options)) for options in [*RULES, *VOTED]} == kinds


def test_beyond_a_fixed_end_the_points_stand_as_stored() -> None:
    rule = ADAPTER.validate_python({"kind": "distance_to_best", "best": 5})
    found = checked(rule, Facts(Decimal(10), Decimal(8), Decimal(10), best=Decimal(5), worst=Decimal(6)))
    assert (found.expression, found.first[0].code) == ("10", "engine.check_beyond_end")


def test_printed_names_of_figures_are_used() -> None:
    rule = ADAPTER.validate_python({"kind": "per_case_deduct", "cases": {"late": "0.1"}})
    (first, *_) = told(rule, Setting(Decimal(4), 1, {"late": "迟报"}))
    assert first.text() == "逐例扣分：得 4 分，每例扣：迟报 0.4。"
