"""Fixed targets change by request only and never a published result; all targets together against the county's own."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from aiming import ENE, INV, INVESTED, Aiming, aiming
from baton.assessment.actions.below.entering import Typed
from baton.assessment.actions.figures import enter_figures
from baton.assessment.actions.months import open_month
from baton.assessment.actions.scores import publish_month, rescore_changed, score_month
from baton.assessment.actions.targets.adjusting import ask_adjustment, decide_adjustment, withdraw_adjustment
from baton.assessment.actions.targets.answering import accept_target
from baton.assessment.actions.targets.county import set_county_target
from baton.assessment.actions.targets.fixing import fix_targets
from baton.assessment.actions.targets.flags import waive_flag
from baton.assessment.actions.targets.proposing import propose_target
from baton.assessment.choices import Adding, AdjustmentState, RunKind, TargetState
from baton.assessment.models import CountyTarget, Figure, LeafResult, Publication, Target, TargetAdjustment
from baton.assessment.queries.inbox import Do, to_do
from baton.assessment.queries.targets.county import Whole, county_of
from baton.assessment.queries.targets.grounds import grounds_of
from baton.assessment.queries.targets.lists import adjustments
from baton.core.acting import SYSTEM
from baton.core.models import AuditRow, Notice
from baton.words import Refused

__all__ = ["aiming"]
DOCUMENT = "县政府常务会议纪要〔2026〕5期"


def fix(county: Aiming, numbers: dict[str, str], series: str = "INV") -> None:
    """Have targets fixed as they are."""
    for unit, typed in numbers.items():
        row = county.target(unit, series)
        propose_target(by=SYSTEM, target=row.pk, typed=typed, reason="按计划")
        for flag in row.flags.unanswered():
            waive_flag(by=SYSTEM, flag=flag.pk, reason="已核")
        accept_target(by=SYSTEM, target=row.pk)
    rows = Target.objects.filter(unit__code__in=numbers, series=series)
    fix_targets(by=county.by("office"), targets=[row.pk for row in rows])


@pytest.fixture
def fixed(aiming: Aiming) -> Aiming:
    """甲镇 is to reach 11,800."""
    aiming.call()
    fix(aiming, {"T1": "11800"})
    return aiming


def ask(county: Aiming, who: str = "t1_head", typed: str = "11000", **given: Any) -> TargetAdjustment:
    given = {"reason": "项目缓建", "document": DOCUMENT, **given}
    return ask_adjustment(by=county.by(who), target=county.target().pk, typed=typed, **given)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in refused.value.problems]


def test_a_granted_change_is_a_figure_beside_the_old_one(fixed: Aiming) -> None:
    row = ask(fixed)
    assert fixed.target().table == "11800"
    assert [one.count for one in to_do(fixed.people["chief"]) if one.do is Do.TARGET_ADJUST] == [1]
    decide_adjustment(by=fixed.by("chief"), adjustment=row.pk, granted=True)
    row.refresh_from_db()
    now = fixed.target().figure
    assert now is not None
    assert (now.value, now.supersedes, row.made, row.state) == ("11000", row.before, now, AdjustmentState.GRANTED)
    assert DOCUMENT in now.reason
    assert fixed.target().steps.last().document == DOCUMENT  # type: ignore[union-attr]
    assert Figure.objects.counting().get(figure="target").pk == now.pk
    assert AuditRow.objects.filter(action="targets.did_decide_adjustment").count() == 1
    told = Notice.objects.filter(code="targets.notice_adjustment_granted").values_list("recipient__username", flat=True)
    assert set(told) == {"t1", "t1_head", "d1", "d1_head"}


def test_no_change_ever_touches_a_published_result(fixed: Aiming) -> None:
    open_month(by=SYSTEM, period="2026-01")
    fixed.on(date(2026, 2, 3))
    cells = [Typed(unit, "INV", "actual", "2026-01", "900") for unit in INVESTED]
    enter_figures(by=SYSTEM, period="2026-01", cells=cells)
    fixed.on(date(2026, 2, 25))
    score_month(by=fixed.by("office"), period="2026-01", kind=RunKind.OFFICIAL)
    publish_month(by=fixed.by("chief"), period="2026-01")

    def out() -> list[Any]:
        run = Publication.objects.get(withdrawn_at__isnull=True).run
        leaf = LeafResult.objects.get(run=run, unit__code="T1", indicator="M01")
        return [run.pk, run.digest, leaf.target, leaf.points]

    before = out()
    assert before[2] == "11800"
    decide_adjustment(by=fixed.by("chief"), adjustment=ask(fixed).pk, granted=True)
    assert out() == before
    (run,) = rescore_changed()
    assert out() == before
    assert LeafResult.objects.get(run=run, unit__code="T1", indicator="M01").target == "11000"


def test_everything_that_is_wrong_with_a_request_is_told_at_once(fixed: Aiming) -> None:
    with pytest.raises(Refused) as refused:
        ask(fixed, typed="一万", reason=" ", document="")
    assert {one.place.field for one in refused.value.problems} == {"typed", "reason", "document"}
    with pytest.raises(Refused) as refused:
        ask(fixed, typed="11800")
    assert codes(refused) == ["targets.same_number"]
    with pytest.raises(Refused) as refused:
        ask_adjustment(by=fixed.by("t2_head"), target=fixed.target("T2").pk, typed="1", reason="x", document="y")
    assert codes(refused) == ["targets.not_fixed"]
    for who in ("t1", "t2_head", "d2", "leader", "nobody"):
        with pytest.raises(Refused):
            ask(fixed, who)
    assert not TargetAdjustment.objects.exists()


def test_the_head_decides_and_never_on_an_own_request(fixed: Aiming) -> None:
    row = ask(fixed, "chief")
    for who in ("office", "d1_head", "t1_head", "leader"):
        with pytest.raises(Refused):
            decide_adjustment(by=fixed.by(who), adjustment=row.pk, granted=True)
    with pytest.raises(Refused) as refused:
        decide_adjustment(by=fixed.by("chief"), adjustment=row.pk, granted=True)
    assert codes(refused) == ["targets.adjustment_own"]
    with pytest.raises(Refused) as refused:
        decide_adjustment(by=fixed.by("chief2"), adjustment=row.pk, granted=False, answer=" ")
    assert [one.place.field for one in refused.value.problems] == ["answer"]
    decide_adjustment(by=fixed.by("chief2"), adjustment=row.pk, granted=False, answer="理由不足")
    assert fixed.target().table == "11800"
    with pytest.raises(Refused) as refused:
        decide_adjustment(by=fixed.by("chief2"), adjustment=row.pk, granted=True)
    assert codes(refused) == ["targets.adjustment_closed"]


def test_one_waits_per_target_is_taken_back_by_who_asked_and_carried_out_once(fixed: Aiming) -> None:
    row = ask(fixed, key="k")
    assert ask(fixed, key="k") == row
    with pytest.raises(Refused) as refused:
        ask(fixed, "d1", "11500")
    assert codes(refused) == ["targets.adjustment_waits"]
    with pytest.raises(Refused) as refused:
        withdraw_adjustment(by=fixed.by("d1"), adjustment=row.pk)
    assert codes(refused) == ["targets.adjustment_of_others"]
    withdraw_adjustment(by=fixed.by("t1_head"), adjustment=row.pk)
    again = ask(fixed, "d1", "11500")
    for _ in range(2):
        decide_adjustment(by=fixed.by("chief"), adjustment=again.pk, granted=True, key="d")
    assert Figure.objects.filter(figure="target", unit__code="T1").count() == 2


def test_the_group_sees_what_was_granted_and_not_what_was_only_asked(fixed: Aiming) -> None:
    def sees() -> set[str]:
        return {name for name, user in fixed.people.items() if adjustments(user).filter(pk=row.pk).exists()}

    row = ask(fixed)
    concerned = {"chief", "chief2", "office", "leader", "d1", "d1_head", "t1", "t1_head"}
    assert sees() == concerned
    decide_adjustment(by=fixed.by("chief"), adjustment=row.pk, granted=True)
    assert sees() == concerned | {"t2", "t2_head", "t6", "official"}


def county(found: Aiming, who: str = "office", series: str = "INV") -> Whole:
    return next(one for one in county_of(found.people[who], 2026) if one.key[0] == series)


def own(found: Aiming, typed: str, series: str = "INV", adding: Adding = Adding.SUM) -> CountyTarget:
    given = {"year": 2026, "series": series, "figure": "target", "typed": typed, "adding": adding.value}
    return set_county_target(by=found.by("office"), document="县委发〔2026〕2号", **given)  # type: ignore[arg-type]


ASKED = {
    "T1": "11800",
    "T2": "7000",
    "T3": "17000",
    "T4": "4300",
    "T5": "12600",
    "T6": "9500",
    "D1": "2800",
    "D2": "1400",
}


def test_all_together_are_held_against_the_countys_own(aiming: Aiming) -> None:
    aiming.call(INV, ENE)
    fix(aiming, ASKED)
    assert county(aiming).reached is None
    own(aiming, "67000")
    found = county(aiming)
    assert (found.whole, found.fixed, found.settled, found.told) == (66400, 66400, 8, 8)
    assert (found.reached, found.gap) == (False, 600)
    below = {one.row.unit.code for one in found.below}
    assert "T6" in below
    assert "T1" not in below
    assert found.chance is not None
    assert 0 < found.chance < 1
    own(aiming, "66000")
    assert (county(aiming).reached, county(aiming).gap) == (True, 0)
    assert CountyTarget.objects.count() == 2
    needed = grounds_of(aiming.target()).need
    assert needed == pytest.approx(66000 / sum(one[-1] for one in INVESTED.values()) - 1)


def test_rates_are_averaged_and_less_is_better_goes_the_other_way(aiming: Aiming) -> None:
    aiming.call(ENE)
    assert county(aiming, series="ENE").adding is Adding.MEAN
    own(aiming, "0.59", "ENE", Adding.MEAN)
    fix(aiming, dict.fromkeys(("T1", "T2"), "0.6"), "ENE")
    found = county(aiming, series="ENE")
    assert found.whole is not None
    assert float(found.whole) == pytest.approx(0.6)
    assert (found.reached, found.gap, found.lacking) == (None, None, 4)
    fix(aiming, dict.fromkeys(("T3", "T4", "T5", "T6"), "0.6"), "ENE")
    found = county(aiming, series="ENE")
    assert found.reached is False
    assert float(found.gap or 0) == pytest.approx(0.01)


def test_a_ceiling_is_not_kept_before_all_have_told_theirs(aiming: Aiming) -> None:
    aiming.call(INV, ENE)
    own(aiming, "5", "ENE")
    fix(aiming, {"T1": "0.6"}, "ENE")
    assert county(aiming, series="ENE").reached is None
    own(aiming, "5")
    fix(aiming, {"T1": "11800"})
    assert county(aiming).reached is True


def test_the_whole_is_for_the_office_county_readers_and_who_leads_it(aiming: Aiming) -> None:
    aiming.call(INV, ENE)
    sees: Callable[[str], set[str]] = lambda who: {one.key[0] for one in county_of(aiming.people[who], 2026)}  # noqa: E731
    assert sees("office") == sees("leader") == {"INV", "ENE"}
    assert sees("d1") == {"INV"}
    assert sees("d2") == {"ENE"}
    assert sees("t1_head") == sees("nobody") == set()


def test_the_countys_own_wants_a_number_a_way_of_adding_and_a_document(aiming: Aiming) -> None:
    aiming.call()
    given = {"year": 2026, "series": "INV", "figure": "target"}
    with pytest.raises(Refused) as refused:
        set_county_target(by=aiming.by("office"), typed="很多", adding="", document=" ", **given)  # type: ignore[arg-type]
    assert {one.place.field for one in refused.value.problems} == {"typed", "adding", "document"}
    for who in ("d1", "t1_head", "leader", "nobody"):
        with pytest.raises(Refused):
            set_county_target(by=aiming.by(who), typed="1", adding="sum", document="x", **given)  # type: ignore[arg-type]
    assert aiming.target().state == TargetState.OPEN
