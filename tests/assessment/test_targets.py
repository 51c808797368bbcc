"""Yearly targets: called for, negotiated in rounds, flagged, and fixed as a figure that scoring reads."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from aiming import ENE, INV, INVESTED, Aiming, aiming
from baton.assessment.actions.below.entering import Typed
from baton.assessment.actions.corrections import ask_for_correction
from baton.assessment.actions.earlier import bring_in_figures
from baton.assessment.actions.figures import correct_figure, enter_figures
from baton.assessment.actions.months import open_month
from baton.assessment.actions.scores import score_month
from baton.assessment.actions.targets import calling, looking
from baton.assessment.actions.targets.answering import accept_target, counter_target
from baton.assessment.actions.targets.calling import call_for_targets
from baton.assessment.actions.targets.fixing import fix_targets, rule_target
from baton.assessment.actions.targets.flags import answer_flag, waive_flag
from baton.assessment.actions.targets.looking import LOOK, look_at_year_before
from baton.assessment.actions.targets.proposing import Draft, draft_targets, propose_target, sign_targets
from baton.assessment.actions.targets.recalling import take_back_call
from baton.assessment.choices import BatchKind, RunKind, Stretched, TargetState
from baton.assessment.models import Figure, LeafResult, Target, TargetCall, TargetFlag, TargetStep
from baton.assessment.queries.inbox import Do, to_do
from baton.assessment.queries.targets.lists import targets
from baton.assessment.queries.targets.page import target_page
from baton.core.acting import SYSTEM
from baton.core.models import AuditRow, Job, Notice
from baton.engine.integrity import Flag
from baton.engine.panel import Observation
from baton.org.models import Unit
from baton.words import Refused

__all__ = ["aiming"]


def propose(county: Aiming, typed: str = "11800", who: str = "t1_head", unit: str = "T1", **given: Any) -> Target:
    reason = given.pop("reason", "续建项目两个")
    return propose_target(by=county.by(who), target=county.target(unit).pk, typed=typed, reason=reason, **given)


def counter(county: Aiming, typed: str, who: str = "d1") -> Target:
    return counter_target(by=county.by(who), target=county.target().pk, typed=typed, reason="全县任务要求")


def agreed(county: Aiming, typed: str = "11800") -> Target:
    county.call()
    return accept_target(by=county.by("d1"), target=propose(county, typed).pk)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in refused.value.problems]


def test_three_rounds_a_flag_answered_then_fixed_as_the_figure_that_scoring_reads(aiming: Aiming) -> None:
    aiming.call()
    row = propose(aiming, "9000")
    flag = row.flags.get()
    assert flag.kind == Stretched.LOW
    counter(aiming, "12500")
    propose(aiming, "9500")
    counter(aiming, "12000")
    row = propose(aiming, "9800")
    assert row.round == 3
    low = row.flags.standing().get()
    answer_flag(by=aiming.by("t1"), flag=low.pk, answer="去年有一次性搬迁项目")
    row = accept_target(by=aiming.by("d1"), target=row.pk)
    assert (row.state, row.agreed) == (TargetState.AGREED, "9800")
    fix_targets(by=aiming.by("office"), targets=[row.pk], document="县政府办〔2026〕7号")
    row = aiming.target()
    figure = Figure.objects.counting().get(series="INV", figure="target", period="2026")
    assert (row.state, row.figure, figure.value, figure.batch.kind) == ("fixed", figure, "9800", BatchKind.TARGET)
    assert [one.kind for one in row.steps.all()] == [
        *("proposed", "countered") * 2,
        "proposed",
        "flag_answered",
        "accepted",
        "fixed",
    ]
    assert AuditRow.objects.filter(action="targets.did_fix").count() == 1
    assert Notice.objects.filter(recipient=aiming.people["t1"], code="targets.notice_agreed").count() == 1
    assert Notice.objects.filter(recipient=aiming.people["t1_head"], code="targets.notice_fixed").exists()


def test_what_is_fixed_is_scored(aiming: Aiming) -> None:
    row = agreed(aiming)
    fix_targets(by=aiming.by("office"), targets=[row.pk])
    open_month(by=SYSTEM, period="2026-01")
    aiming.on(date(2026, 2, 3))
    enter_figures(by=SYSTEM, period="2026-01", cells=[Typed("T1", "INV", "actual", "2026-01", "900")])
    score_month(by=aiming.by("office"), period="2026-01", kind=RunKind.PREVIEW)
    leaf = LeafResult.objects.get(unit__code="T1", indicator="M01")
    assert leaf.target == "11800"


def test_a_call_tells_every_unit_once_and_takes_over_what_stands(aiming: Aiming) -> None:
    bring_in_figures(by=SYSTEM, observations=[Observation("T2", "INV", "target", "2026", Decimal(7000))])
    call = aiming.call(INV, ENE)
    assert call.targets.count() == 14
    two = aiming.target("T2")
    assert (two.state, two.figure.value if two.figure else "") == (TargetState.FIXED, "7000")
    notices = Notice.objects.filter(code="targets.notice_called")
    counts = {one.recipient.username: one.params["count"] for one in notices}
    assert counts == {"t1": 2, "t1_head": 2, "t2": 1, "t2_head": 1, "t6": 2, "d1_head": 1}
    assert [aiming.target(unit).department.code for unit in ("T1", "D1")] == ["D1", "D2"]  # type: ignore[union-attr]
    with pytest.raises(Refused) as refused:
        aiming.call(INV)
    assert codes(refused) == ["targets.nothing_to_call"]


def test_a_unit_that_has_ended_is_not_called_upon(aiming: Aiming) -> None:
    Unit.objects.filter(code="T6").update(valid_to=date(2025, 12, 31))
    assert aiming.call().targets.count() == 7


def test_a_call_by_mistake_is_taken_back_as_far_as_nobody_acted_on_it(aiming: Aiming) -> None:
    bring_in_figures(by=SYSTEM, observations=[Observation("T2", "INV", "target", "2026", Decimal(7000))])
    call = aiming.call()
    propose(aiming)
    drafted = aiming.target("T6")
    draft_targets(by=aiming.by("t6"), drafts=[Draft(drafted.pk, "9900", "续建")])
    with pytest.raises(Refused) as refused:
        take_back_call(by=aiming.by("office"), call=call.pk, reason=" ")
    assert [one.place.field for one in refused.value.problems] == [f"reason-{call.pk}"]
    for who in ("d1", "t1_head", "leader"):
        with pytest.raises(Refused):
            take_back_call(by=aiming.by(who), call=call.pk, reason="误发")
    assert take_back_call(by=aiming.by("office"), call=call.pk, reason="误发") == 6
    assert set(Target.objects.values_list("unit__code", flat=True)) == {"T1", "T6"}
    assert Figure.objects.counting().filter(figure="target").count() == 1
    assert AuditRow.objects.filter(action="targets.did_take_back").count() == 6
    told = Notice.objects.filter(code="targets.notice_taken_back").values_list("recipient__username", flat=True)
    assert set(told) == {"d1_head"}
    with pytest.raises(Refused) as refused:
        take_back_call(by=aiming.by("office"), call=call.pk, reason="误发")
    assert codes(refused) == ["targets.nothing_to_take_back"]
    assert aiming.call().targets.count() == 6


def test_a_call_says_everything_that_is_wrong(aiming: Aiming) -> None:
    with pytest.raises(Refused) as refused:
        aiming.call(("INV", "actual"), closes=date(2026, 1, 1))
    assert codes(refused) == ["targets.no_such_target", "targets.day_is_past"]
    with pytest.raises(Refused) as refused:
        aiming.call(year=2031)
    assert codes(refused) == ["targets.no_scheme"]
    with pytest.raises(Refused) as refused:
        call_for_targets(by=aiming.by("office"), year=2026, wanted=(), closes=date(2026, 2, 1))
    assert codes(refused) == ["targets.none_chosen"]
    for who in ("d1", "t1_head", "leader", "nobody"):
        with pytest.raises(Refused):
            call_for_targets(by=aiming.by(who), year=2026, wanted=[INV], closes=date(2026, 2, 1))
    assert not Target.objects.exists()


def test_of_two_who_call_at_once_the_second_is_told(aiming: Aiming, monkeypatch: pytest.MonkeyPatch) -> None:
    made = calling._new

    def slow(*given: Any) -> Any:
        found = made(*given)
        Target.objects.filter(call=first).update(year=2026)
        return found

    first = aiming.call()
    Target.objects.filter(call=first).update(year=2025)
    monkeypatch.setattr(calling, "_new", slow)
    with pytest.raises(Refused) as refused:
        aiming.call()
    assert codes(refused) == ["targets.nothing_to_call"]
    assert TargetCall.objects.get() == first


def test_calls_with_a_key_are_carried_out_once(aiming: Aiming) -> None:
    assert aiming.call(key="k") == aiming.call(key="k")
    for _ in range(2):
        propose(aiming, key="p")
    row = aiming.target()
    assert row.round == 1
    accept_target(by=aiming.by("d1"), target=row.pk)
    for _ in range(2):
        fix_targets(by=aiming.by("office"), targets=[row.pk], key="f")
    assert Figure.objects.filter(figure="target").count() == 1


def test_a_clerk_drafts_for_the_unit_only_and_the_head_signs_many(aiming: Aiming) -> None:
    aiming.call(INV, ENE)
    one, two = aiming.target("T1", "INV"), aiming.target("T1", "ENE")
    drafts = [Draft(one.pk, "1.18 万", "  "), Draft(two.pk, "", "设备更新")]
    with pytest.raises(Refused) as refused:
        draft_targets(by=aiming.by("t1"), drafts=drafts)
    assert {problem.place.field for problem in refused.value.problems} >= {f"reason-{one.pk}", f"typed-{two.pk}"}
    with pytest.raises(Refused) as refused:
        sign_targets(by=aiming.by("t1_head"), targets=[one.pk])
    assert codes(refused) == ["targets.no_draft"]
    draft_targets(by=aiming.by("t1"), drafts=[Draft(one.pk, "11800", "续建"), Draft(two.pk, "0.56", "设备更新")])
    seen = {who: target_page(aiming.people[who], one.pk) for who in ("t1", "t1_head", "d1", "office", "leader")}
    assert {who: found.draft for who, found in seen.items() if found} == {
        "t1": True,
        "t1_head": True,
        "d1": False,
        "office": False,
        "leader": False,
    }
    for who in ("t1", "d1", "t2_head", "leader"):
        with pytest.raises(Refused):
            sign_targets(by=aiming.by(who), targets=[one.pk, two.pk])
    sign_targets(by=aiming.by("t1_head"), targets=[one.pk, two.pk])
    assert {row.state for row in (aiming.target("T1"), aiming.target("T1", "ENE"))} == {TargetState.PROPOSED}
    told = Notice.objects.filter(code="targets.notice_proposed").values_list("recipient__username", flat=True)
    assert set(told) == {"d1", "d1_head", "d2"}


@pytest.mark.parametrize("who", ["t1", "t2_head", "d1", "d2", "leader", "official", "nobody"])
def test_only_the_units_head_proposes_or_the_office_on_its_behalf(aiming: Aiming, who: str) -> None:
    aiming.call()
    with pytest.raises(Refused):
        propose(aiming, who=who)
    propose(aiming, who="office")
    assert aiming.target().steps.get().behalf_of == "甲镇"


@pytest.mark.parametrize("who", ["t1", "t1_head", "t2_head", "d2", "leader", "nobody"])
def test_only_the_department_or_the_office_answers(aiming: Aiming, who: str) -> None:
    aiming.call()
    row = propose(aiming)
    for act in (lambda: accept_target(by=aiming.by(who), target=row.pk), lambda: counter(aiming, "12000", who)):
        with pytest.raises(Refused) as refused:
            act()
        assert codes(refused) == ["targets.department_says"]
    assert aiming.target().state == TargetState.PROPOSED


def test_nobody_speaks_out_of_turn_or_to_another_number_than_was_seen(aiming: Aiming) -> None:
    aiming.call()
    with pytest.raises(Refused) as refused:
        counter(aiming, "12000")
    assert codes(refused) == ["targets.not_now"]
    row = propose(aiming)
    seen = row.steps.get().pk
    counter(aiming, "12000")
    with pytest.raises(Refused) as refused:
        propose(aiming, "11900", seen=seen)
    assert codes(refused) == ["targets.moved_on"]
    with pytest.raises(Refused) as refused:
        accept_target(by=aiming.by("t1_head"), target=row.pk, seen=seen)
    assert codes(refused) == ["targets.moved_on"]
    with pytest.raises(Refused) as refused:
        accept_target(by=aiming.by("t1"), target=row.pk)
    assert codes(refused) == ["targets.unit_says"]
    assert accept_target(by=aiming.by("t1_head"), target=row.pk).agreed == "12000"


def test_the_office_may_still_answer_what_both_agreed_on(aiming: Aiming) -> None:
    row = agreed(aiming)
    with pytest.raises(Refused):
        counter(aiming, "12200")
    with pytest.raises(Refused) as refused:
        counter(aiming, "11800", "office")
    assert codes(refused) == ["targets.same_number"]
    counter(aiming, "12200", "office")
    assert aiming.target().state == TargetState.COUNTERED
    assert TargetStep.objects.filter(target=row, kind="countered").get().of is None


def test_nothing_is_fixed_before_every_flag_is_answered_or_waived_by_a_person(aiming: Aiming) -> None:
    row = agreed(aiming, "9000")
    flag = row.flags.standing().get()
    with pytest.raises(Refused) as refused:
        fix_targets(by=aiming.by("office"), targets=[row.pk])
    assert codes(refused) == ["targets.flags_unanswered"]
    for who, say in (("t2", answer_flag), ("d1", answer_flag), ("nobody", answer_flag)):
        with pytest.raises(Refused):
            say(by=aiming.by(who), flag=flag.pk, answer="说明")
    with pytest.raises(Refused):
        waive_flag(by=aiming.by("t1_head"), flag=flag.pk, reason="无")
    with pytest.raises(Refused) as refused:
        waive_flag(by=aiming.by("d1"), flag=flag.pk, reason=" ")
    assert codes(refused) == ["targets.words_lacking"]
    waive_flag(by=aiming.by("d1"), flag=flag.pk, reason="园区整体关停")
    fix_targets(by=aiming.by("office"), targets=[row.pk])
    with pytest.raises(Refused) as refused:
        answer_flag(by=aiming.by("t1"), flag=flag.pk, answer="晚了")
    assert codes(refused) == ["targets.flag_over"]


def test_an_answer_stays_while_the_number_moves_towards_what_may_be_expected(aiming: Aiming) -> None:
    aiming.call()
    row = propose(aiming, "9000")
    answer_flag(by=aiming.by("t1"), flag=row.flags.get().pk, answer="一次性项目")
    counter(aiming, "9300")
    assert aiming.target().flags.standing().get().answer == "一次性项目"
    propose(aiming, "8000")
    now = aiming.target().flags.standing().get()
    assert (now.kind, now.answer) == (Stretched.LOW, "")
    counter(aiming, "11800")
    assert not TargetFlag.objects.standing().filter(target=row).exists()
    propose(aiming, "90000")
    assert aiming.target().flags.standing().get().kind == Stretched.FAR


def test_less_is_better_is_judged_the_other_way_round(aiming: Aiming) -> None:
    aiming.call(ENE)
    row = propose_target(by=aiming.by("t1_head"), target=aiming.target("T1", "ENE").pk, typed="0.8", reason="扩产")
    assert row.flags.get().kind == Stretched.LOW


def test_only_the_head_rules_after_enough_rounds_with_reason_and_document(aiming: Aiming) -> None:
    aiming.call()
    row = propose(aiming)
    given = {"target": row.pk, "typed": "12000", "reason": "县委定的增速", "document": "县委常委会纪要〔2026〕2期"}
    with pytest.raises(Refused) as refused:
        rule_target(by=aiming.by("chief"), **given)
    assert codes(refused) == ["targets.too_few_rounds"]
    for number in ("12100", "12050"):
        counter(aiming, number)
        propose(aiming)
    with pytest.raises(Refused):
        rule_target(by=aiming.by("office"), **given)
    with pytest.raises(Refused) as refused:
        rule_target(by=aiming.by("chief"), **{**given, "typed": "", "reason": "", "document": " "})
    assert {one.place.field for one in refused.value.problems} == {"typed", "reason", "document"}
    rule_target(by=aiming.by("chief"), **given)
    row = aiming.target()
    assert (row.state, row.figure.value if row.figure else "") == (TargetState.FIXED, "12000")
    assert row.steps.last().document == "县委常委会纪要〔2026〕2期"  # type: ignore[union-attr]


def test_many_are_fixed_together_or_none(aiming: Aiming) -> None:
    first = agreed(aiming)
    second = propose(aiming, "7100", "t2_head", "T2")
    with pytest.raises(Refused) as refused:
        fix_targets(by=aiming.by("office"), targets=[first.pk, second.pk])
    assert codes(refused) == ["targets.not_agreed"]
    assert not Figure.objects.filter(figure="target").exists()
    with pytest.raises(Refused):
        fix_targets(by=aiming.by("d1"), targets=[first.pk])


def test_who_is_not_concerned_sees_nothing_before_it_is_fixed_and_the_whole_group_after(aiming: Aiming) -> None:
    def sees() -> set[str]:
        return {name for name, user in aiming.people.items() if targets(user).filter(pk=row.pk).exists()}

    def knows() -> set[str]:
        pages = {name: target_page(user, row.pk) for name, user in aiming.people.items()}
        assert all(not page.flags and page.grounds is None for page in pages.values() if page and not page.concerned)
        return {name for name, page in pages.items() if page is not None and page.steps}

    concerned = {"chief", "chief2", "office", "leader", "d1", "d1_head", "t1", "t1_head"}
    aiming.call()
    row = aiming.target()
    assert sees() == concerned
    propose(aiming, "9000")
    counter(aiming, "12000")
    assert sees() == knows() == concerned
    propose(aiming, "11800")
    accept_target(by=aiming.by("d1"), target=row.pk)
    assert sees() == concerned
    fix_targets(by=aiming.by("office"), targets=[row.pk])
    assert sees() == concerned | {"t2", "t2_head", "t6", "official"}
    assert knows() == concerned


def test_a_negotiated_target_is_neither_typed_over_nor_corrected_nor_asked_for_again(aiming: Aiming) -> None:
    open_month(by=SYSTEM, period="2026-01")
    asked = [one.count for one in to_do(aiming.people["d1"]) if one.do is Do.REPORT]
    row = agreed(aiming)
    cells = [Typed("T1", "INV", "target", "2026", "5")]
    for who in ("d1", "office"):
        with pytest.raises(Refused) as refused:
            enter_figures(by=aiming.by(who), period="2026-01", cells=cells)
        assert codes(refused) == ["targets.by_request_only"]
    assert [one.count for one in to_do(aiming.people["d1"]) if one.do is Do.REPORT] == [asked[0] - 7]
    fix_targets(by=aiming.by("office"), targets=[row.pk])
    figure = Figure.objects.get(figure="target")
    with pytest.raises(Refused) as refused:
        ask_for_correction(by=aiming.by("d1"), figure=figure.pk, typed="5", reason="改小")
    assert codes(refused) == ["targets.by_request_only"]
    with pytest.raises(Refused) as refused:
        correct_figure(by=aiming.by("office"), figure=figure.pk, typed="5", reason="改小")
    assert codes(refused) == ["targets.by_request_only"]


def test_the_inbox_counts_by_whose_turn_it_is(aiming: Aiming) -> None:
    def waits(who: str) -> list[tuple[Do, int, date | None]]:
        mine = {Do.TARGET_PROPOSE, Do.TARGET_ANSWER, Do.TARGET_FIX, Do.TARGET_ADJUST}
        return [(one.do, one.count, one.due) for one in to_do(aiming.people[who]) if one.do in mine]

    aiming.call(INV, ENE)
    assert waits("t1") == [(Do.TARGET_PROPOSE, 2, date(2026, 1, 20))]
    assert waits("d1") == [(Do.TARGET_PROPOSE, 1, date(2026, 1, 20))]
    row = propose(aiming)
    assert (Do.TARGET_ANSWER, 1, None) in waits("d1")
    accept_target(by=aiming.by("d1"), target=row.pk)
    assert waits("office") == [(Do.TARGET_FIX, 1, None)]


def monthly(year: int, unit: str, whole: int, ends: tuple[float, float] = (1, 1)) -> list[Observation]:
    """A year of accumulated investment by months; `ends`: what the last two months are multiplied with."""
    shares = [5 + (month * 7 + len(unit) + sum(map(ord, unit)) * (year % 7)) % 5 for month in range(12)]
    own = [share * whole / sum(shares) for share in shares]
    own[10:] = [own[10] * ends[0], own[11] * ends[1]]
    total, found = 0.0, []
    for month, value in enumerate(own, 1):
        total += value
        found.append(Observation(unit, "INV", "actual", f"{year}-{month:02d}", Decimal(str(round(total, 2)))))
    return found


def test_the_detectors_look_at_the_year_before_in_a_job_of_the_call(aiming: Aiming) -> None:
    for year in (2023, 2024, 2025):
        for unit, (_, *years) in INVESTED.items():
            ends = (1.0, 3.5) if (unit, year) == ("T1", 2025) else (1.0, 1.0)
            bring_in_figures(by=SYSTEM, observations=monthly(year, unit, years[year - 2023], ends))
    call = aiming.call()
    assert Job.objects.get(kind=LOOK).params == {"call": call.pk}
    count = look_at_year_before(by=aiming.by("office"), call=call.pk)
    flags = TargetFlag.objects.filter(target=aiming.target())
    assert "last_month" in {flag.kind for flag in flags}
    assert all(month.startswith("2025-") for flag in flags for month in flag.months[:1])
    assert count == TargetFlag.objects.count()
    assert look_at_year_before(by=aiming.by("office"), call=call.pk) == 0
    with pytest.raises(Refused):
        look_at_year_before(by=aiming.by("d1"), call=call.pk)
    page = target_page(aiming.people["t1"], aiming.target().pk)
    assert page is not None
    assert {flag.kind for flag in page.flags} == {flag.kind for flag in flags}


def test_what_was_found_of_the_year_before_stays_whatever_the_number(
    aiming: Aiming, monkeypatch: pytest.MonkeyPatch
) -> None:
    flag = Flag("held_back", "T1", "M01", ("2025-11", "2025-12"), 3.0, {"completion": 1.01})
    monkeypatch.setattr(looking, "flags_before", lambda *given: {("T1", "INV"): [flag]})
    call = aiming.call()
    look_at_year_before(by=aiming.by("office"), call=call.pk)
    kept = aiming.target().flags.get()
    assert (kept.kind, kept.months, kept.evidence) == ("held_back", ["2025-11", "2025-12"], {"completion": 1.01})
    assert not aiming.target("T2").flags.exists()
    propose(aiming, "11800")
    assert aiming.target().flags.standing().get() == kept


def test_the_grounds_are_what_the_years_say(aiming: Aiming) -> None:
    aiming.call()
    row = propose(aiming, "11800")
    for unit, typed in {"T2": "7000", "T3": "17000", "T4": "4300", "T5": "12600"}.items():
        propose(aiming, typed, "office", unit)
    page = target_page(aiming.people["t1"], row.pk)
    assert page is not None
    grounds = page.grounds
    assert grounds is not None
    assert [(one.year, one.actual) for one in grounds.years] == [
        (2022, 8000),
        (2023, 8900),
        (2024, 9700),
        (2025, 10700),
    ]
    assert grounds.outlook is not None
    assert grounds.asked is not None
    assert 11300 < grounds.outlook.expected < 12100
    assert 0.1 < grounds.asked.chance < 0.9
    assert grounds.peers_ask is None
    assert grounds.peers_grew == pytest.approx(0.0833, abs=0.01)
    propose(aiming, "10000", "office", "T6")
    page = target_page(aiming.people["t1"], row.pk)
    assert page is not None
    assert page.grounds is not None
    assert page.grounds.peers_ask == pytest.approx(0.077, abs=0.02)
