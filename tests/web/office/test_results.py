"""Scoring, publishing, withdrawing and the list of readers, from the board."""

import io
from typing import Any

import docx
import pytest
from django.test import Client
from django.urls import reverse

from baton.assessment.choices import RunKind
from baton.assessment.models import Publication, ResultReader, Run, UnitResult
from baton.core.jobs.running import run_job
from baton.core.models import Job, User
from baton.org.choices import Role
from cycle import PERIOD, Cycle, in_october, make_cycle, on
from people import give, make_user

pytestmark = pytest.mark.django_db


def full(townships: int = 3, public_ranges: bool = False) -> Cycle:
    """September with all its figures, on the 12th of October."""
    made = make_cycle(townships, 12, public_ranges)
    for number, code in enumerate(made.units):
        for series, reporter in (("M01", "D21"), ("M09", "D46"), ("M05", code)):
            if series != "M01" or code.startswith("T"):
                made.figure(code, series, str(30000 + 1000 * number), reporter=reporter)
    return made


@pytest.fixture
def cycle(settings: Any) -> Cycle:
    """A small September."""
    return full()


@pytest.fixture
def head(client: Client, user: User, cycle: Cycle) -> Client:
    """The head of the office, on the list of readers, signed in."""
    give(user, Role.OFFICE_HEAD)
    client.force_login(user)
    client.post(reverse("result-readers"), {"role": "office_head", "reason": "审定前复核"})
    return client


def board(client: Client) -> str:
    return client.get(reverse("office-month", args=(PERIOD,))).content.decode()


def score(client: Client, kind: RunKind) -> Run:
    client.post(reverse("month-score", args=(PERIOD,)), {"kind": kind.value})
    run_job.func(Job.objects.order_by("pk").last().pk)  # type: ignore[union-attr]
    return Run.objects.get(kind=kind)


def test_scoring_goes_on_in_the_background_and_shows_its_progress(head: Client) -> None:
    asked = head.post(reverse("month-score", args=(PERIOD,)), {"kind": "trial"}, follow=True)
    assert "hx-get" in asked.content.decode()
    again = head.post(reverse("month-score", args=(PERIOD,)), {"kind": "trial"})
    assert again.status_code == 409
    assert "正在计算" in again.content.decode()
    going = head.get(reverse("score-progress", args=(PERIOD,)))
    assert "HX-Refresh" not in going.headers
    run_job.func(Job.objects.get().pk)
    assert head.get(reverse("score-progress", args=(PERIOD,))).headers["HX-Refresh"] == "true"
    run = Run.objects.get()
    assert Job.objects.get().link == reverse("run", args=(PERIOD, run.pk))
    text = head.get(reverse("run", args=(PERIOD, run.pk))).content.decode()
    assert run.digest in text
    assert "各指标的区分度" in text


def test_a_run_says_how_sure_its_places_are(head: Client) -> None:
    run = score(head, RunKind.TRIAL)
    at = reverse("run", args=(PERIOD, run.pk))
    assert "名次区间要满 4 个月" in head.get(at).content.decode()
    UnitResult.objects.filter(run=run).update(best=1, worst=3, band=1, mean_rank=2)
    text = head.get(at).content.decode()
    assert ">1–3<" in text
    assert "名次区间要满" not in text


def test_without_the_list_nobody_sees_a_trial(client: Client, head: Client, cycle: Cycle) -> None:
    run = score(head, RunKind.TRIAL)
    other = make_user("duan", "段知秋")
    give(other, Role.OFFICE)
    client.force_login(other)
    text = board(client)
    assert "您不在“审定前可看结果的名单”上" in text
    assert reverse("run", args=(PERIOD, run.pk)) not in text
    assert client.get(reverse("run", args=(PERIOD, run.pk))).status_code == 404


def test_a_result_is_published_withdrawn_and_reissued_and_both_stay(head: Client) -> None:
    early = head.post(reverse("publish", args=(PERIOD,)), {"title": "通报", "document": "云考办〔2026〕9号"})
    assert early.status_code == 422
    assert "云考办〔2026〕9号" in early.content.decode()
    score(head, RunKind.OFFICIAL)
    given = {"title": "关于2026年9月月度考核情况的通报", "document": "云考办〔2026〕9号"}
    assert "已印发第 1 版" in head.post(reverse("publish", args=(PERIOD,)), given, follow=True).content.decode()
    assert head.post(reverse("withdraw", args=(PERIOD,)), {"reason": ""}).status_code == 422
    head.post(reverse("withdraw", args=(PERIOD,)), {"reason": "统计数更正"})
    head.post(reverse("publish", args=(PERIOD,)), given)
    assert [one.issue for one in Publication.objects.order_by("issue")] == [1, 2]
    text = board(head)
    for words in ("第 1 版", "第 2 版", "已撤回", "统计数更正", "✓ 有效"):
        assert words in text


def test_an_officer_scores_and_does_not_publish(client: Client, head: Client, cycle: Cycle) -> None:
    score(head, RunKind.OFFICIAL)
    other = make_user("duan", "段知秋")
    give(other, Role.OFFICE)
    client.force_login(other)
    assert "由考核办主任签发" in board(client)
    for name in ("publish", "withdraw"):
        assert client.post(reverse(name, args=(PERIOD,)), {"title": "x", "reason": "x"}).status_code == 403
    assert not Publication.objects.exists()
    assert client.post(reverse("result-readers"), {"role": "office", "reason": "x"}).status_code == 422


def test_a_run_that_was_refused_says_why(head: Client, cycle: Cycle, settings: Any) -> None:
    on(in_october(13))
    stands = cycle.units["T02"].figures.get(series="M01")
    cycle.figure("T02", "M01", "", absent="withdrawn", version=1, supersedes=stands)
    run = score(head, RunKind.TRIAL)
    assert run.state == "refused"
    text = head.get(reverse("run", args=(PERIOD, run.pk))).content.decode()
    assert "未能计算的原因" in text
    assert "T02" in text


def test_the_list_of_readers_keeps_reasons_and_days(head: Client, user: User) -> None:
    address = reverse("result-readers")
    assert "审定前复核" in head.get(address).content.decode()
    for wrong in ({"reason": "x"}, {"who": "nobody", "reason": "x"}, {"role": "office", "reason": ""}):
        assert head.post(address, wrong).status_code == 422
    head.post(address, {"who": make_user("sheng", "盛远川").username, "until": "2026-12-31", "reason": "列席审定会"})
    text = head.get(address).content.decode()
    assert "盛远川" in text
    assert "2026-12-31" in text
    row = ResultReader.objects.get(user__isnull=False)
    head.post(reverse("result-reader-end", args=(row.pk,)))
    assert "以前在名单上的（1）" in head.get(address).content.decode()


@pytest.mark.parametrize("public", [True, False])
def test_ranges_of_places_are_public_only_where_the_scheme_says_so(
    client: Client, user: User, settings: Any, public: bool
) -> None:
    full(8, public)
    give(user, Role.OFFICE_HEAD)
    client.force_login(user)
    client.post(reverse("result-readers"), {"role": "office_head", "reason": "审定前复核"})
    score(client, RunKind.OFFICIAL)
    client.post(reverse("publish", args=(PERIOD,)), {"title": "通报"})
    answer = client.post(reverse("bulletin", args=(PERIOD,)), {"title": "通报", "on": "2026-10-25"})
    heads = [cell.text for table in docx.Document(io.BytesIO(answer.content)).tables for cell in table.rows[0].cells]
    assert ("月均名次区间" in heads) is public
