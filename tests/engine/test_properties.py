"""What must hold for every scheme and panel: better is never worse, order and scale say nothing, groups are apart."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.engine.agree.scoring import scored
from tests.strategies import events, observations, schemes

from baton.engine.flags import Happened
from baton.engine.panel.panel import Panel
from baton.engine.plan.leaf import entries, feeds_of
from baton.engine.scheme.model import Scheme
from baton.engine.terms import Direction

OWN = (
    "completion",
    "control",
    "attain",
    "time_progress",
    "threshold_deduct",
    "per_case_deduct",
    "goalposts",
    "conversion",
)
PEERS = (
    "efficacy_linear",
    "efficacy_exponential",
    "min_max",
    "rank_points",
    "rank_scale",
    "exponential_rank",
    "z_score",
)
PEERS = (*PEERS, "distance_to_best")
UNEQUAL = ~(Happened.ALL_EQUAL | Happened.ONE_UNIT)
tried = settings(max_examples=16, deadline=None, suppress_health_check=list(HealthCheck))


def changed(scheme, **parts):
    return Scheme.model_validate(scheme.model_dump() | parts)


def leaves(sheet):
    rows = sheet.leaves.iter_rows(named=True)
    return {(r["unit"], r["indicator"], r["part"], r["period"]): (r["points"], Happened(r["flags"])) for r in rows}


def points(sheet, units=None):
    return {key: own for key, (own, _) in leaves(sheet).items() if units is None or key[0] in units}


def nodes(sheet, units=None):
    rows = sheet.nodes.iter_rows(named=True)
    return {(r["unit"], r["node"], r["period"]): r["score"] for r in rows if units is None or r["unit"] in units}


def standings(sheet, units=None):
    return {one.unit: (one.total, one.rank, one.grade) for one in sheet.standings if units is None or one.unit in units}


def _improvable(scheme):
    """Figures that only enter the value of an indicator, and the direction in which they make it better."""
    found = {}
    for indicator in scheme.indicators:
        for entry in entries(indicator):
            feeds = feeds_of(indicator, entry.rule, entry.value, entry.figures)
            for feed in feeds:
                roles = {other.role for other in feeds if other.figure == feed.figure}
                if roles <= {"value", "numerator"} and feed.factor > 0:
                    sign = -1 if indicator.direction is Direction.LOWER else 1
                    found[indicator.series_code, feed.figure] = sign
    return found


@pytest.mark.parametrize("kinds", [OWN, PEERS], ids=["own", "peers"])
@tried
@given(data=st.data())
def test_a_better_figure_never_earns_less(kinds, data) -> None:
    scheme = data.draw(schemes(kinds=kinds, most_indicators=2, adjustments=False))
    reports = data.draw(observations(scheme))
    better = _improvable(scheme)
    mine = [n for n, one in enumerate(reports) if (one.series, one.figure) in better]
    assume(mine)
    n = data.draw(st.sampled_from(mine))
    one = reports[n]
    step = better[one.series, one.figure] * data.draw(st.sampled_from([Decimal(1), Decimal(20), Decimal("0.01")]))
    raised = [*reports[:n], replace(one, value=one.value + step), *reports[n + 1 :]]
    before, _ = scored(scheme, Panel.of(reports))
    after, _ = scored(scheme, Panel.of(raised))
    assume(before is not None and after is not None)
    then = leaves(before)
    for (unit, indicator, part, period), (own, flags) in leaves(after).items():
        was, flags_before = then[unit, indicator, part, period]
        compared = flags | flags_before
        if unit == one.unit and indicator == one.series and was is not None and compared == compared & UNEQUAL:
            assert own is not None
            assert own >= was


@tried
@given(data=st.data())
def test_the_order_of_a_scheme_and_of_its_figures_changes_nothing(data) -> None:
    scheme = data.draw(schemes())
    reports, happened = data.draw(observations(scheme)), data.draw(events(scheme))
    shuffled = {
        name: data.draw(st.permutations(list(scheme.model_dump()[name]))) for name in ("units", "indicators", "nodes")
    }
    turned = Panel.of(data.draw(st.permutations(reports)), reversed(happened))
    one, codes = scored(scheme, Panel.of(reports, happened))
    other, other_codes = scored(changed(scheme, **shuffled), turned)
    assert codes == other_codes
    if one is not None:
        assert one.digest == other.digest


@tried
@given(data=st.data())
def test_the_names_of_units_change_nothing(data) -> None:
    scheme = data.draw(schemes())
    reports, happened = data.draw(observations(scheme)), data.draw(events(scheme))
    codes = [unit.code for unit in scheme.units if unit.group]
    renamed = dict(zip(codes, data.draw(st.permutations(codes)), strict=True))

    def rename(rows):
        return [row | {"code": renamed.get(row["code"], row["code"])} for row in rows]

    lifted = [one.model_dump() | {"unit": renamed[one.unit]} for one in scheme.exemptions]
    others = changed(scheme, units=rename(scheme.model_dump()["units"]), exemptions=lifted)
    own, _ = scored(scheme, Panel.of(reports, happened))
    moved = Panel.of(
        [replace(one, unit=renamed.get(one.unit, one.unit)) for one in reports],
        [one.model_copy(update={"unit": renamed[one.unit]}) for one in happened],
    )
    theirs, _ = scored(others, moved)
    assert (own is None) == (theirs is None)
    if own is not None:
        assert {(renamed[key[0]], *key[1:]): value for key, value in points(own).items()} == points(theirs)
        assert {(renamed[key[0]], *key[1:]): value for key, value in nodes(own).items()} == nodes(theirs)
        assert {renamed[unit]: value for unit, value in standings(own).items()} == standings(theirs)


def _scaled(scheme):
    """The same weights on another scale: shares of 1 as percent, percent as shares of 1, equal ones thrice."""
    data = scheme.model_dump()
    for node in data["nodes"]:
        if node["combine"]["kind"] == "sum":
            continue
        below = [x["weight"] for x in data["nodes"] if x["parent"] == node["code"]]
        below += [x["points"] for x in data["indicators"] if x["parent"] == node["code"]]
        total = sum(weights["*"] for weights in map(_decimals, below))
        factor = {1: Decimal(100), 100: Decimal("0.01")}.get(total, Decimal(3))
        for weights in below:
            weights["*"] = Decimal(weights["*"]) * factor
    return Scheme.model_validate(data)


def _decimals(weights):
    return {code: Decimal(weight) for code, weight in weights.items()}


@tried
@given(data=st.data())
def test_the_scale_of_weights_changes_nothing(data) -> None:
    scheme = data.draw(schemes())
    panel = Panel.of(data.draw(observations(scheme)), data.draw(events(scheme)))
    one, codes = scored(scheme, panel)
    other, other_codes = scored(_scaled(scheme), panel)
    assert codes == other_codes
    if one is not None:
        assert one.digest == other.digest


@tried
@given(data=st.data())
def test_a_unit_of_another_group_changes_nothing(data) -> None:
    scheme = data.draw(schemes())
    assume(len(scheme.groups) > 1)
    reports, happened = data.draw(observations(scheme)), data.draw(events(scheme))
    here, there = scheme.groups[0].code, scheme.groups[1].code
    example = next(unit for unit in scheme.units if unit.group == there)
    assume(all(one.unit != example.code for one in scheme.exemptions))
    twin = example.model_dump() | {"code": "NEW", "name": "新来的单位"}
    larger = changed(scheme, units=[*scheme.model_dump()["units"], twin])
    copied = [replace(one, unit="NEW") for one in reports if one.unit == example.code]
    one, _ = scored(scheme, Panel.of(reports, happened))
    other, _ = scored(larger, Panel.of([*reports, *copied], happened))
    assume(one is not None)
    assert other is not None
    units = {unit.code for unit in scheme.units if unit.group == here}
    assert points(one, units) == points(other, units)
    assert nodes(one, units) == nodes(other, units)
    assert standings(one, units) == standings(other, units)
