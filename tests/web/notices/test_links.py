"""Every notice of the month leads to the page that it is about, and whoever is told may open it."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from baton.assessment.actions.checks import answer_contest, contest
from baton.assessment.actions.corrections import ask_for_correction, decide_correction
from baton.assessment.actions.ledger import announce_event, note_event
from baton.assessment.actions.scores import publish_month, score_month
from baton.assessment.actions.submissions import act_on_report, fill_report
from baton.assessment.actions.tracking import remind, track_task
from baton.assessment.choices import RunKind, Verb
from baton.assessment.models import Figure, Submission
from baton.core.acting import SYSTEM
from baton.core.models import Notice
from baton.org.choices import Role
from county import County, county
from people import give, make_user
from reporting import client_of

__all__ = ["county"]
PERIOD = "2026-09"


def told() -> Iterator[Notice]:
    return iter(Notice.objects.select_related("recipient").order_by("pk"))


def opens(notice: Notice) -> bool:
    client = client_of(notice.recipient)
    answer = client.post(reverse("notice", args=[notice.pk]))
    return (
        bool(notice.link) and answer.headers["Location"] == notice.link and client.get(notice.link).status_code == 200
    )


def codes() -> set[str]:
    return set(Notice.objects.values_list("code", flat=True))


def figure(unit: str = "T1") -> Figure:
    return Figure.objects.current().get(unit__code=unit, series="HOT")


def test_reports_contests_results_and_corrections(county: County) -> None:
    county.month()
    county.fill(hot="95")
    own = Submission.objects.get(unit__code="T1")
    fill_report(by=county.by("t1"), report=own.pk, values={f"actual:{PERIOD}": "9"})
    act_on_report(by=county.by("t1"), report=own.pk, verb=Verb.SUBMIT)
    act_on_report(by=county.by("t1_leader"), report=own.pk, verb=Verb.RETURN, reason="核对")
    county.on(date(2026, 10, 9))
    held = contest(by=county.by("t1_head"), figure=figure().pk, reason="漏报")
    answer_contest(by=county.by("office"), contest=held.pk, upheld=False, answer="口径不含")
    county.on(date(2026, 10, 25))
    score_month(by=SYSTEM, period=PERIOD, kind=RunKind.OFFICIAL)
    publish_month(by=county.by("chief"), period=PERIOD)
    row = ask_for_correction(by=county.by("d2"), figure=figure().pk, typed="88", reason="漏扣")
    decide_correction(by=county.by("office"), correction=row.pk, confirmed=True)
    assert {
        "assessment.notice_report",
        "assessment.notice_report_returned",
        "assessment.notice_contest_answered",
        "assessment.notice_published",
        "assessment.notice_correction_asked",
        "assessment.notice_correction_confirmed",
        "assessment.notice_corrected",
    } <= codes()
    for notice in told():
        assert opens(notice), f"{notice.code} to {notice.recipient.name}: {notice.link}"


def test_the_judge_is_led_to_the_contest(county: County) -> None:
    county.month()
    county.fill()
    county.on(date(2026, 10, 9))
    held = Figure.objects.current().get(unit__code="D1", series="INV")
    give(make_user("d1_head", "发改局长"), Role.UNIT_HEAD, county.units["D1"])
    contest(by=SYSTEM, figure=held.pk, reason="漏报")
    notices = list(told())
    assert {one.code for one in notices} == {"assessment.notice_contested"}
    assert all(opens(one) for one in notices)


def test_announced_events_and_lagging_work(county: County) -> None:
    event = {"unit": county.units["T1"].pk, "item": "K1", "on": date(2026, 9, 20), "level": "县级"}
    announce_event(by=county.by("office"), entry=note_event(by=county.by("d2"), **event).pk)  # type: ignore[arg-type]
    town, department = county.units["T1"].pk, county.units["D1"].pk
    track_task(by=SYSTEM, unit=town, code="A1", title="敬老院改造", due=date(2026, 9, 30), department=department)
    county.on(date(2026, 12, 1))
    remind()
    assert codes() == {"assessment.notice_announced", "assessment.notice_reminded"}
    assert {one.recipient.name for one in told()} >= {"甲镇填报", "甲镇书记", "县领导"}
    for notice in told():
        assert opens(notice), f"{notice.code} to {notice.recipient.name}: {notice.link}"
