"""Objections to published results: who may, by when, who answers, and that nothing that is out ever changes."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest

from baton.assessment.actions.carrying import carry_out_objection
from baton.assessment.actions.objecting import (
    reply_to_objection,
    sign_objection,
    withdraw_objection,
    write_objection,
)
from baton.assessment.actions.objections import (
    assign_objection,
    decide_objection,
    give_opinion,
    remind_of_objections,
)
from baton.assessment.actions.schemes import adopt_scheme
from baton.assessment.actions.scores import publish_month, rescore_changed, score_month, withdraw_publication
from baton.assessment.choices import LedgerKind, ObjectionKind, ObjectionOutcome, ObjectionState, Remedy, RunKind
from baton.assessment.models import (
    Correction,
    Figure,
    LeafResult,
    LedgerEntry,
    Objection,
    Publication,
    Run,
    UnitResult,
)
from baton.assessment.queries.inbox import to_do
from baton.assessment.rules.objections import ObjectionDays, may_decide, may_give_opinion
from baton.core import clock
from baton.core.acting import SYSTEM
from baton.core.models import AuditRow, Job, Notice
from baton.words import Refused
from county import SCHEME, County
from people import give

pytestmark = pytest.mark.django_db
PERIOD = "2026-09"
DAYS = ObjectionDays(5, 5, 10, 2)


def weekday(day: date) -> bool:
    return day.weekday() < 5


@pytest.fixture
def out(county: County) -> County:
    """September is published; it is the 25th of October, a Sunday that the calendar knows nothing of."""
    return county.published()


def stands(unit: str = "T1", series: str = "HOT") -> Figure:
    return Figure.objects.current().get(unit__code=unit, series=series)


def object_to(county: County, who: str = "t1_head", unit: str = "T1", **given: object) -> Objection:
    asked = {"kind": ObjectionKind.FIGURE, "indicator": "M02", "figure": stands().pk, "reason": "办结件数漏计", **given}
    return write_objection(by=county.by(who), period=PERIOD, unit=county.units[unit].pk, **asked)  # type: ignore[arg-type]


def opined(county: County, row: Objection, proposed: str = "") -> Objection:
    """Have an objection put to 发改局, which gives its opinion."""
    assign_objection(by=county.by("office"), objection=row.pk, department=county.units["D1"].pk)
    return give_opinion(by=county.by("d1"), objection=row.pk, opinion="核查属实", proposed=proposed)


def decide(county: County, row: Objection, outcome: ObjectionOutcome, **given: str) -> Objection:
    return decide_objection(by=county.by("chief"), objection=row.pk, outcome=outcome, answer="答复如下", **given)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in refused.value.problems]


@contextmanager
def barred() -> Iterator[None]:
    """Hold that somebody lacks the role."""
    with pytest.raises(Refused) as refused:
        yield
    assert {code.removesuffix("_in") for code in codes(refused)} == {"org.needs_role"}


def test_days_count_from_the_day_after() -> None:
    friday = date(2026, 10, 23)
    assert DAYS.lodge_until(friday, weekday) == date(2026, 10, 30)
    assert DAYS.answer_until(friday, weekday) == date(2026, 11, 6)
    assert DAYS.opinion_until(friday, date(2026, 10, 28), weekday) == date(2026, 10, 28)
    due = date(2026, 10, 30)
    at = [DAYS.reminders(due, date(2026, 10, day), weekday) for day in (27, 28, 30, 31)]
    assert at == [0, 1, 1, 2]


def test_nobody_judges_itself_and_an_opinion_is_waited_for() -> None:
    assert [may_give_opinion(unit, 1, 2) for unit in (1, 2, 3)] == [False, False, True]
    state = ObjectionState
    day = date(2026, 10, 30)
    assert [may_decide(state.ASSIGNED, day, today) for today in (day, date(2026, 10, 31))] == [False, True]
    assert [may_decide(one, day, day) for one in (state.LODGED, state.OPINED)] == [False, True]


def test_a_head_s_objection_has_its_number_at_once_and_a_clerk_s_waits_for_the_head(out: County) -> None:
    first = object_to(out)
    assert (first.number, first.state) == ("YY2026-09-1-01", "lodged")
    second = object_to(out, "t1", kind=ObjectionKind.RULE, figure=None, indicator="M01")
    assert (second.number, second.state) == ("", "drafted")
    assert Notice.objects.filter(recipient=out.people["t1_head"], code="objections.notice_to_sign").exists()
    assert sign_objection(by=out.by("t1_head"), objection=second.pk).number == "YY2026-09-1-02"
    assert AuditRow.objects.filter(action="objections.lodged").count() == 2
    assert Notice.objects.filter(code="objections.notice_lodged", recipient=out.people["office"]).count() == 2


@pytest.mark.parametrize("who", ["t2_head", "d1", "office", "leader", "official", "nobody"])
def test_only_the_unit_itself_objects(out: County, who: str) -> None:
    with barred():
        object_to(out, who)


def test_a_clerk_does_not_sign(out: County) -> None:
    row = object_to(out, "t1")
    for who in ("t1", "t2_head", "chief"):
        with barred():
            sign_objection(by=out.by(who), objection=row.pk)


def test_everything_that_is_wrong_is_said_at_once(out: County) -> None:
    out.on(date(2026, 11, 2))
    with pytest.raises(Refused) as refused:
        object_to(out, figure=None, reason=" ")
    assert codes(refused) == ["objections.too_late", "assessment.reason_lacking", "objections.figure_lacking"]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"kind": ObjectionKind.RULE, "indicator": ""}, "objections.indicator_lacking"),
        ({"kind": ObjectionKind.RULE, "indicator": "M99"}, "objections.indicator_unknown"),
        ({"indicator": "M01"}, "objections.figure_lacking"),
        ({"claimed": "九十"}, "sheets.not_a_number"),
        ({"reason": "长" * 2001}, "objections.too_long"),
    ],
)
def test_what_cannot_be_objected_to_is_refused(out: County, given: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as refused:
        object_to(out, **given)
    assert codes(refused) == [code]


def test_nothing_is_objected_to_that_is_not_out(county: County) -> None:
    county.month()
    county.fill()
    with pytest.raises(Refused) as refused:
        object_to(county)
    assert codes(refused) == ["objections.nothing_out"]


def test_the_same_is_objected_to_once_and_a_key_is_carried_out_once(out: County) -> None:
    first = object_to(out, key="k1")
    assert object_to(out, key="k1").pk == first.pk
    with pytest.raises(Refused) as refused:
        object_to(out)
    assert codes(refused) == ["objections.objected_already"]
    withdraw_objection(by=out.by("t1_head"), objection=first.pk)
    assert object_to(out).number == "YY2026-09-1-02"


def test_who_objects_or_is_objected_about_does_not_judge(out: County) -> None:
    row = object_to(out)
    with pytest.raises(Refused) as refused:
        assign_objection(by=out.by("office"), objection=row.pk, department=out.units["T1"].pk)
    assert codes(refused) == ["objections.own_judge"]
    with barred():
        assign_objection(by=out.by("d1"), objection=row.pk, department=out.units["D1"].pk)
    assign_objection(by=out.by("office"), objection=row.pk, department=out.units["D1"].pk)
    for who in ("d2", "office", "t1_head"):
        with barred():
            give_opinion(by=out.by(who), objection=row.pk, opinion="属实")


def test_an_answer_waits_for_the_opinion_or_for_its_day(out: County) -> None:
    row = object_to(out)
    assign_objection(by=out.by("office"), objection=row.pk, department=out.units["D1"].pk)
    with pytest.raises(Refused) as refused:
        decide(out, row, ObjectionOutcome.REJECTED)
    assert codes(refused) == ["objections.opinion_awaited"]
    out.on(date(2026, 11, 3))
    assert decide(out, row, ObjectionOutcome.REJECTED).state == "decided"


def test_the_answer_is_the_head_s_and_of_another_person_than_the_opinion(out: County) -> None:
    give(out.people["chief"], "verifier", out.units["D1"])
    row = object_to(out)
    assign_objection(by=out.by("office"), objection=row.pk, department=out.units["D1"].pk)
    give_opinion(by=out.by("chief"), objection=row.pk, opinion="属实")
    with barred():
        decide_objection(by=out.by("office"), objection=row.pk, outcome=ObjectionOutcome.REJECTED, answer="不")
    with pytest.raises(Refused) as refused:
        decide(out, row, ObjectionOutcome.REJECTED)
    assert codes(refused) == ["objections.takes_another"]


def test_what_is_rejected_stays_with_its_answer_and_changes_nothing(out: County) -> None:
    row = opined(out, object_to(out))
    runs, figures = Run.objects.count(), Figure.objects.count()
    decide(out, row, ObjectionOutcome.REJECTED)
    assert rescore_changed() == []
    assert (Run.objects.count(), Figure.objects.count()) == (runs, figures)
    row.refresh_from_db()
    assert (row.outcome, row.answer, row.correction) == ("rejected", "答复如下", None)
    assert Notice.objects.filter(code="objections.notice_decided", recipient=out.people["t1_head"]).exists()


def test_what_is_upheld_is_corrected_and_scored_anew_beside_what_is_out(out: County) -> None:
    old = Publication.objects.get().run
    rows = list(UnitResult.objects.filter(run=old).values()), list(LeafResult.objects.filter(run=old).values())
    row = opined(out, object_to(out, claimed="80"), proposed="85")
    with pytest.raises(Refused) as refused:
        decide(out, row, ObjectionOutcome.PARTLY)
    assert codes(refused) == ["objections.typed_lacking"]
    done = decide(out, row, ObjectionOutcome.PARTLY, typed="85")
    assert done.correction
    assert (done.correction.made.value, done.correction.by) == ("85", out.people["t1_head"])
    (made,) = rescore_changed()
    assert made.pk != old.pk
    assert Publication.objects.get().run == old
    withdraw_publication(by=out.by("chief"), period=PERIOD, reason="异议成立")
    score_month(by=out.by("office"), period=PERIOD, kind=RunKind.OFFICIAL)
    publish_month(by=out.by("chief"), period=PERIOD)
    kept = list(UnitResult.objects.filter(run=old).values()), list(LeafResult.objects.filter(run=old).values())
    assert kept == rows


def test_what_is_upheld_about_an_event_is_carried_out_in_the_ledger(out: County) -> None:
    given = {"item": "K1", "on": date(2026, 9, 8), "level": "县级", "noted_at": clock.now()}
    given |= {"state": "confirmed", "announced_at": clock.now(), "reply_until": date(2026, 9, 20)}
    given |= {"decided_at": clock.now(), "noted_for": out.units["D2"]}
    entry = LedgerEntry.objects.create(unit=out.units["T1"], kind=LedgerKind.DEDUCTION, **given)
    row = opined(out, object_to(out, kind=ObjectionKind.DEDUCTION, figure=None, entry=entry.pk))
    runs = Run.objects.count()
    by, answer = out.by("chief"), {"outcome": ObjectionOutcome.UPHELD, "answer": "通报有误"}
    done = decide_objection(by=by, objection=row.pk, remedy=Remedy.TAKEN_BACK, **answer)  # type: ignore[arg-type]
    entry.refresh_from_db()
    assert (entry.state, done.lacks_carrying, Run.objects.count()) == ("dropped", False, runs)
    assert Notice.objects.filter(recipient=out.people["d2"], code="assessment.notice_event_remedied").exists()


def test_a_rule_that_is_upheld_waits_for_the_amended_scheme_by_which_the_month_is_scored_anew(out: County) -> None:
    row = opined(out, object_to(out, kind=ObjectionKind.RULE, figure=None, indicator="M01"))
    decide(out, row, ObjectionOutcome.UPHELD)
    assert list(Objection.objects.to_carry_out()) == [row]
    assert "objection_carry" in [one.do for one in to_do(out.people["office"])]
    amended = SCHEME.replace("line: 100, step: 0.05", "line: 95, step: 0.05")
    (version,) = adopt_scheme(by=SYSTEM, text=amended, document="县委发〔2026〕9号")
    with barred():
        carry_out_objection(by=out.by("d1"), objection=row.pk, carried="修订", link=version.pk)
    (other,) = adopt_scheme(by=SYSTEM, text=SCHEME.replace("series: ARB", "series: ARC"), document="县委发〔2026〕8号")
    with pytest.raises(Refused) as refused:
        carry_out_objection(by=out.by("office"), objection=row.pk, carried="修订", link=other.pk)
    assert codes(refused) == ["objections.version_asks_less"]
    carry_out_objection(by=out.by("office"), objection=row.pk, carried="修订", link=version.pk)
    job = Job.objects.unfinished().get(kind="office.job_score")
    assert (job.about, job.params["kind"]) == (PERIOD, "official")
    withdraw_publication(by=out.by("chief"), period=PERIOD, reason="异议成立")
    with pytest.raises(Refused) as refused:
        publish_month(by=out.by("chief"), period=PERIOD)
    assert codes(refused) == ["assessment.run_outdated"]
    old, new = Publication.objects.get().run, score_month(by=SYSTEM, period=PERIOD, kind=RunKind.OFFICIAL)
    assert (new.scheme, old.scheme == version) == (version, False)
    assert not Objection.objects.to_carry_out().exists()


def test_a_month_has_no_grade_to_object_to(out: County) -> None:
    with pytest.raises(Refused) as refused:
        object_to(out, kind=ObjectionKind.GRADE, figure=None)
    assert codes(refused) == ["objections.grade_of_a_year"]


def test_two_objections_to_one_figure_are_answered_by_one_correction(out: County) -> None:
    first = object_to(out)
    second = object_to(out, "t2_head", "T2", about=out.units["T1"].pk)
    assert list(Objection.objects.tied_to(first)) == [second]
    opined(out, first, "85")
    second.refresh_from_db()
    assert (second.department, second.opinion) == (out.units["D1"], "核查属实")
    decide(out, second, ObjectionOutcome.UPHELD, typed="85")
    first.refresh_from_db()
    assert first.state == "decided"
    second.refresh_from_db()
    assert first.correction == second.correction == Correction.objects.get()


def test_the_unit_whose_figure_it_is_has_its_say(out: County) -> None:
    row = object_to(out, "t2_head", "T2", about=out.units["T1"].pk)
    assert Notice.objects.filter(recipient=out.people["t1_head"], code="objections.notice_receipt").exists()
    for who in ("t2_head", "d1", "office"):
        with barred():
            reply_to_objection(by=out.by(who), objection=row.pk, reply="属实")
    with pytest.raises(Refused) as refused:
        reply_to_objection(by=out.by("t1"), objection=row.pk, reply=" ")
    assert codes(refused) == ["objections.reply_lacking"]
    assert reply_to_objection(by=out.by("t1"), objection=row.pk, reply="台账可查").reply == "台账可查"
    own = object_to(out)
    with pytest.raises(Refused) as refused:
        reply_to_objection(by=out.by("t1"), objection=own.pk, reply="属实")
    assert codes(refused) == ["objections.own_objection"]


def test_a_figure_that_was_put_right_meanwhile_is_not_corrected_twice(out: County) -> None:
    first, other = opined(out, object_to(out)), object_to(out, "t2_head", "T2", about=out.units["T1"].pk)
    withdraw_objection(by=out.by("t2_head"), objection=other.pk)
    done = decide(out, first, ObjectionOutcome.UPHELD, typed="85")
    late = opined(out, object_to(out, "t2_head", "T2", about=out.units["T1"].pk, figure=first.figure_id))
    again = decide(out, late, ObjectionOutcome.UPHELD, typed="85")
    assert again.correction == done.correction
    assert Correction.objects.count() == 1


def test_an_objection_stands_in_the_inbox_of_whoever_has_the_turn(out: County) -> None:
    def waits(who: str) -> list[str]:
        return [one.do.value for one in to_do(out.people[who]) if one.do.value.startswith("objection")]

    row = object_to(out, "t1")
    assert (waits("t1_head"), waits("office")) == (["objection_sign"], [])
    sign_objection(by=out.by("t1_head"), objection=row.pk)
    assert (waits("t1_head"), waits("office")) == ([], ["objection_assign"])
    assign_objection(by=out.by("office"), objection=row.pk, department=out.units["D1"].pk)
    assert (waits("office"), waits("d1"), waits("chief")) == ([], ["objection_opinion"], [])
    give_opinion(by=out.by("d1"), objection=row.pk, opinion="属实")
    assert (waits("d1"), waits("chief")) == ([], ["objection_decide"])
    decide(out, row, ObjectionOutcome.REJECTED)
    assert waits("chief") == []


def test_whoever_has_the_turn_is_reminded_before_the_day_and_once_after(out: County) -> None:
    row = object_to(out)
    assign_objection(by=out.by("office"), objection=row.pk, department=out.units["D1"].pk)
    assert remind_of_objections() == []
    for day, count in ((29, 1), (30, 1)):
        out.on(date(2026, 10, day))
        remind_of_objections()
        assert Notice.objects.filter(recipient=out.people["d1"], code="objections.notice_due").count() == count
    out.on(date(2026, 11, 2))
    assert [one.pk for one in remind_of_objections()] == [row.pk]
    assert remind_of_objections() == []
    assert Notice.objects.filter(recipient=out.people["d1"], code="objections.notice_overdue").count() == 1


def test_who_sees_an_objection_and_who_only_that_there_is_one(out: County) -> None:
    row = object_to(out, "t1")
    seen = [who for who, user in out.people.items() if Objection.objects.visible_to(user).exists()]
    assert seen == ["t1", "t1_leader", "t1_head"]
    sign_objection(by=out.by("t1_head"), objection=row.pk)
    seen = [who for who, user in out.people.items() if Objection.objects.visible_to(user).exists()]
    assert seen == ["chief", "office", "t1", "t1_leader", "t1_head", "leader"]
    listed = [who for who, user in out.people.items() if Objection.objects.listed_for(user).exists()]
    assert set(out.people) - set(listed) == {"nobody"}
