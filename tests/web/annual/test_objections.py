"""Objections to a year on its pages: from the unit's page to the answer, the board, and what came of it."""

from datetime import date
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from baton.assessment.actions.annual.deciding import decide_grades
from baton.assessment.actions.annual.publishing import announce
from baton.assessment.actions.annual.year import run_annual
from baton.assessment.actions.objecting import write_objection
from baton.assessment.actions.objections import assign_objection, decide_objection, give_opinion
from baton.assessment.choices import LedgerKind, ObjectionKind, ObjectionOutcome, Remedy, RunKind
from baton.assessment.models import AnnualRun, LedgerEntry, Objection
from baton.core.acting import SYSTEM
from cycle import on
from reporting import client_of
from year import YEAR, YearCounty, county

__all__ = ["county"]
MOST_QUERIES = 25


@pytest.fixture
def shown(county: YearCounty) -> YearCounty:
    """The result of 2025 is up for publicity; T01 has a deduction."""
    county.event("T01", "K1", LedgerKind.DEDUCTION, level="县级", document="县办〔2025〕9号")
    run = county.scored()
    given = {"body": "县委常委会", "document": "云委〔2026〕3号", "on": date(2026, 1, 10)}
    decide_grades(by=county.by("chief"), year=YEAR, run=run.pk, grades={}, reasons={}, **given)  # type: ignore[arg-type]
    announce(by=county.by("chief"), year=YEAR, opens=date(2026, 1, 12), contact="县考核办")
    return county


def read(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.status_code
    return unescape(answer.content.decode())


def lodged(county: YearCounty, kind: ObjectionKind = ObjectionKind.DEDUCTION, **given: object) -> Objection:
    entry = LedgerEntry.objects.get().pk if kind is ObjectionKind.DEDUCTION else None
    asked = {"period": str(YEAR), "unit": county.units["T01"].pk, "kind": kind, "reason": "通报已撤销", "entry": entry}
    return write_objection(by=county.by("t01_head"), **(asked | given))  # type: ignore[arg-type]


def opined(county: YearCounty, row: Objection) -> Objection:
    assign_objection(by=county.by("office"), objection=row.pk, department=county.units["D1"].pk)
    return give_opinion(by=county.by("d1"), objection=row.pk, opinion="核查属实")


def test_a_unit_objects_on_its_page_and_what_was_typed_is_kept(shown: YearCounty) -> None:
    head = client_of(shown.people["t01_head"])
    assert reverse("object", args=[YEAR, "T01"]) in read(head, reverse("year-unit", args=[YEAR, "T01"]))
    assert reverse("object-indicator", args=[YEAR, "T01", "Y01"]) in read(
        head, reverse("year-trace", args=[YEAR, "T01", "Y01"])
    )
    address = reverse("object", args=[YEAR, "T01"])
    page = read(head, address)
    assert "受通报批评" in page
    assert "位次或等次" in page
    entry = LedgerEntry.objects.get().pk
    answer = head.post(address, {"kind": "deduction", "entry": entry, "reason": ""})
    assert answer.status_code == 422
    assert f'value="{entry}" checked' in answer.content.decode()
    answer = head.post(address, {"kind": "deduction", "entry": entry, "reason": "通报已撤销", "key": "k"}, follow=True)
    assert "异议已受理，编号 YY2025-1-01" in answer.content.decode()
    assert Objection.objects.get().entry_id == entry


def test_who_sees_the_objections_to_a_year(shown: YearCounty) -> None:
    lodged(shown)
    address = reverse("year-unit", args=[YEAR, "T01"])
    seen = {
        who: "YY2025-1-01" in read(client_of(shown.people[who]), address) for who in ("t01", "t02_head", "d1", "office")
    }
    assert seen == {"t01": True, "t02_head": False, "d1": False, "office": True}
    everybody = read(client_of(shown.people["t02_head"]), reverse("objections") + "?month=2025")
    assert "2025年度" in everybody
    assert "YY2025-1-01" in everybody
    assert "通报已撤销" not in everybody


def test_the_board_lists_them_and_publishing_says_what_is_in_its_way(shown: YearCounty) -> None:
    head = client_of(shown.people["chief"])
    assert "没有收到对 2025 年结果的异议" in read(head, reverse("year", args=[YEAR]))
    lodged(shown)
    assert "YY2025-1-01" in read(head, reverse("year", args=[YEAR]))
    on(date(2026, 1, 20))
    answer = head.post(reverse("year-publish", args=[YEAR]), {"title": "通报", "document": "云委〔2026〕5号"})
    assert answer.status_code == 422
    page = unescape(answer.content.decode())
    assert "公示期内提出的异议还没有答复：YY2025-1-01" in page
    assert "云委〔2026〕5号" in page


def test_an_answer_says_what_happens_to_the_event_and_then_who_moved(shown: YearCounty) -> None:
    row = opined(shown, lodged(shown))
    head, address = client_of(shown.people["chief"]), reverse("objection-decide", args=[row.pk])
    given = {"outcome": "upheld", "answer": "通报已撤销，予以更正。"}
    answer = head.post(address, given)
    assert answer.status_code == 422
    assert "没有选这条加扣分怎么改" in answer.content.decode()
    page = head.post(address, {**given, "remedy": "taken_back"}, follow=True).content.decode()
    assert "撤销，不再计入" in page
    assert "公示或印发的不变" in page
    run_annual(by=SYSTEM, year=YEAR, kind=RunKind.OFFICIAL)
    page = read(head, reverse("objection", args=[row.pk]))
    assert "95.5" in page
    assert "+0.5" in page
    newest = AnnualRun.objects.latest("pk").pk
    compared = f"{reverse('year-why', args=[YEAR])}?first=2025.1&second=r{newest}"
    assert compared in unescape(page)
    assert head.get(compared).status_code == 200
    assert "+0.5" not in read(client_of(shown.people["t01_head"]), reverse("objection", args=[row.pk]))
    entry = read(head, reverse("ledger-entry", args=[LedgerEntry.objects.get().pk]))
    assert "YY2025-1-01" in entry


def test_the_office_writes_down_what_carried_it_out(shown: YearCounty) -> None:
    row = opined(shown, lodged(shown, ObjectionKind.OTHER))
    upheld = {"outcome": ObjectionOutcome.UPHELD, "answer": "属实"}
    decide_objection(by=shown.by("chief"), objection=row.pk, **upheld)  # type: ignore[arg-type]
    office, address = client_of(shown.people["office"]), reverse("objection-carry-out", args=[row.pk])
    assert "登记落实情况" not in read(client_of(shown.people["t01_head"]), reverse("objection", args=[row.pk]))
    assert "成立，待落实" in read(office, reverse("objections") + "?outcome=to_carry_out")
    answer = office.post(address, {"carried": ""})
    assert answer.status_code == 422
    assert "没有写怎么落实的" in answer.content.decode()
    page = office.post(address, {"carried": "县考核办公告更正"}, follow=True).content.decode()
    assert "落实情况已登记" in page
    assert "县考核办公告更正" in read(client_of(shown.people["t01_head"]), reverse("objection", args=[row.pk]))


@pytest.mark.parametrize(
    ("name", "args", "who"),
    [
        ("year", (YEAR,), "chief"),
        ("year-unit", (YEAR, "T01"), "t01_head"),
        ("object", (YEAR, "T01"), "t01_head"),
        ("objection", (), "chief"),
    ],
)
def test_pages_take_few_queries(
    shown: YearCounty,
    name: str,
    args: tuple[object, ...],
    who: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    row = lodged(shown)
    for indicator in ("Y01", "Y02"):
        lodged(shown, ObjectionKind.RULE, indicator=indicator)
    opined(shown, row)
    given = {"outcome": ObjectionOutcome.UPHELD, "answer": "属实", "remedy": Remedy.TAKEN_BACK}
    decide_objection(by=shown.by("chief"), objection=row.pk, **given)  # type: ignore[arg-type]
    run_annual(by=SYSTEM, year=YEAR, kind=RunKind.OFFICIAL)
    client = client_of(shown.people[who])
    with django_assert_max_num_queries(MOST_QUERIES):
        assert client.get(reverse(name, args=list(args) or [row.pk])).status_code == 200
