"""The pages of a year: who sees what from which day on, what a refused decision keeps, what a unit is shown."""

from datetime import date
from html import unescape
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from baton.assessment.actions.annual.deciding import decide_grades
from baton.assessment.actions.annual.publishing import announce
from baton.assessment.choices import LedgerKind, LedgerState
from baton.assessment.models import AnnualDecision, AnnualPublication, AnnualRun
from cycle import on
from reporting import client_of
from year import SCHEME, YEAR, YearCounty, county, make_year_county

__all__ = ["county"]

MOST_QUERIES = 25
PARTS = {"amount": "总量", "rise": "增幅"}


def read(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.status_code
    return unescape(answer.content.decode())


@pytest.fixture
def head(county: YearCounty) -> Client:
    """The head of the office, signed in."""
    return client_of(county.people["chief"])


def form_of(page: str, run: AnnualRun, **typed: str) -> dict[str, str]:
    suggested = {f"grade-{one.unit.code}": one.grade for one in run.units.filter(group="A").select_related("unit")}
    return {
        "run": str(run.pk),
        "key": "a",
        "body": "县委常委会",
        "document": "云委〔2026〕3号",
        "on": "2026-01-10",
        **suggested,
        **typed,
    }


def made_known(county: YearCounty) -> AnnualRun:
    run = county.scored()
    given = {"body": "县委常委会", "document": "云委〔2026〕3号", "on": date(2026, 1, 10)}
    decide_grades(by=county.by("chief"), year=YEAR, run=run.pk, grades={}, reasons={}, **given)  # type: ignore[arg-type]
    announce(by=county.by("chief"), year=YEAR, opens=date(2026, 1, 12), contact="县考核办 0739-0000000")
    return run


def test_the_office_opens_a_year_from_the_list(county: YearCounty) -> None:
    client = client_of(county.people["office"])
    assert "还没有年度考核" in read(client, "/years/")
    assert client.post("/years/open", {"year": "2026"}).status_code == 422
    answer = client.post("/years/open", {"year": "2025"}, follow=True)
    assert "2025年度考核已启动" in answer.content.decode()
    assert "已启动，未计分" in read(client, "/years/")


def test_scoring_runs_in_the_background_and_leads_to_its_run(county: YearCounty) -> None:
    client = client_of(county.people["office"])
    client.post("/years/open", {"year": "2025"})
    assert client.post("/years/2025/score", {"kind": "preview"}).status_code == 404
    assert client.post("/years/2025/score", {"kind": "trial"}).status_code == 302
    assert client.post("/years/2025/score", {"kind": "trial"}).status_code == 409
    assert "<progress" in read(client, "/years/2025/progress")


def test_a_run_shows_sensitive_points_quotas_and_doubts(county: YearCounty) -> None:
    county.event("T02", "V1", LedgerKind.VETO, document="县纪〔2025〕8号")
    county.event("T05", "K1", LedgerKind.DEDUCTION, level="县级", state=LedgerState.ANNOUNCED, decided_at=None)
    run = county.scored()
    page = read(client_of(county.people["office"]), f"/years/2025/runs/{run.pk}")
    assert "第6镇 精确得分 89.996，四舍五入后 90.00，才达到“优秀”线（精确差 0.004）" in page
    assert "“优秀”名额算出来是 3.5，按方案取整为 3 个；换一种取整是 3 到 4 个" in page
    assert "10 × 35% = 3.5" in page
    assert "第2镇 95.00 分，不考虑否优可达“优秀”" in page
    assert "加扣分台账还有事项没定的：第5镇" in page


def test_a_refused_run_says_why(county: YearCounty) -> None:
    county.figure("T03", "", absent="withdrawn")
    run = county.scored()
    page = read(client_of(county.people["office"]), f"/years/2025/runs/{run.pk}")
    assert "第3镇" in page
    assert "Y01" in page


def test_a_decision_that_breaks_a_quota_comes_back_with_the_arithmetic_and_what_was_typed(
    county: YearCounty, head: Client
) -> None:
    run = county.scored()
    page = read(head, "/years/2025/decide")
    typed = form_of(page, run, **{"grade-T04": "A", "reason-T04": "防汛表现突出"})
    answer = head.post("/years/2025/decide", typed)
    assert answer.status_code == 422
    back = unescape(answer.content.decode())
    assert "参加考核并有得分的 10 个单位 × 35% = 3.5，去尾取整为 3 个；现定 4 个，多 1 个" in back
    assert 'value="防汛表现突出"' in back
    assert not AnnualDecision.objects.exists()
    typed |= {"grade-T03": "B", "reason-T03": "群众反映较多"}
    assert head.post("/years/2025/decide", typed).status_code == 302
    assert head.post("/years/2025/decide", typed).status_code == 302
    assert AnnualDecision.objects.count() == 1
    assert "2 个单位写了与建议不同的理由" in read(head, "/years/2025/")


def test_publicity_and_publication_go_through_their_forms(county: YearCounty, head: Client) -> None:
    run = county.scored()
    head.post("/years/2025/decide", form_of("", run))
    assert head.post("/years/2025/publicity", {"opens": "", "contact": ""}).status_code == 422
    assert head.post("/years/2025/publicity", {"opens": "2026-01-12", "contact": "考核办"}).status_code == 302
    refused = head.post("/years/2025/publish", {"title": "通报", "document": "云委〔2026〕5号"})
    assert refused.status_code == 422
    assert "公示到 2026-01-19 才结束" in refused.content.decode()
    on(date(2026, 1, 20))
    assert head.post("/years/2025/publish", {"title": "通报", "document": "云委〔2026〕5号"}).status_code == 302
    assert AnnualPublication.objects.get().published_at is not None
    assert head.post("/years/2025/withdraw", {"reason": ""}).status_code == 422
    assert head.post("/years/2025/withdraw", {"reason": "数据核查有误"}).status_code == 302
    assert "数据核查有误" in read(head, "/years/2025/")


def test_before_publicity_nobody_but_listed_readers_sees_anything(county: YearCounty) -> None:
    run = county.scored()
    for who in ("t01_head", "leader", "d1"):
        client = client_of(county.people[who])
        assert "还没有公示" in read(client, "/years/2025/results")
        for address in ("/years/2025/units/T01", "/years/2025/units/T01/Y01"):
            assert client.get(address).status_code == 404
        for address in ("/years/2025/", f"/years/2025/runs/{run.pk}", "/years/2025/decide"):
            assert client.get(address).status_code == 403
    assert client_of(county.people["nobody"]).get("/years/2025/results").status_code == 404
    assert "审定前" in read(client_of(county.people["office"]), "/years/2025/results")


def test_from_publicity_on_every_unit_sees_all_results_and_its_full_calculation(county: YearCounty) -> None:
    county.event("T01", "B1", LedgerKind.BONUS, level="省级", document="省委〔2025〕2号")
    made_known(county)
    client = client_of(county.people["t01_head"])
    page = read(client, "/years/2025/results")
    assert "县考核办 0739-0000000" in page
    assert "第10镇" in page
    page = read(client, "/years/2025/units/T01")
    assert "基本得分 96 ＋ 加分 1 － 扣分 0 ＝ 97" in page
    assert "省委〔2025〕2号" in page
    assert "57.6" in page
    other = read(client, "/years/2025/units/T02")
    assert "基本得分 95" in other
    assert "96" in read(client, "/years/2025/units/T01/Y01")
    # The figures themselves are for the unit, for who reports and verifies them, and for the office.
    assert "没有您可以查看" in read(client, "/years/2025/units/T02/Y01")
    assert client.get("/years/2025/units/T01?period=2025-13").status_code == 404


def test_parts_of_a_composite_indicator_are_shown_by_their_names(db: None, settings: Any) -> None:
    rule = "rule: {kind: conversion, full: 100}"
    parts = ", ".join(f"{{code: {code}, name: {name}, share: 0.5, {rule}}}" for code, name in PARTS.items())
    first, second = SCHEME.split("  - code: Y02")
    scheme = f"{first}  - code: Y02{second.replace(rule, f'rule: {{kind: composite, parts: [{parts}]}}')}"
    county = make_year_county(scheme=scheme)
    made_known(county)
    client = client_of(county.people["t01_head"])
    page = read(client, "/years/2025/units/T01")
    assert "Y02 民生实事得分 · 总量" in page
    assert "Y02 民生实事得分 · 增幅" in page
    page = read(client, "/years/2025/units/T01/Y02")
    assert "· 总量" in page
    assert "amount" not in page


def test_the_tables_go_to_excel_as_numbers(county: YearCounty) -> None:
    made_known(county)
    answer = client_of(county.people["leader"]).get("/years/2025/results?export=xlsx")
    book = openpyxl.load_workbook(BytesIO(answer.content))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert rows[1][1:3] == ("第1镇", 96)
    assert rows[4][6:8] == ("良好", "良好")


@pytest.mark.parametrize("address", ["/years/", "/years/2025/", "/years/2025/results", "/years/2025/units/T01"])
def test_pages_ask_few_questions(
    county: YearCounty, head: Client, address: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    made_known(county)
    with django_assert_max_num_queries(MOST_QUERIES):
        read(head, address)


def test_the_run_and_the_form_ask_few_questions(
    county: YearCounty, head: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    run = county.scored()
    for address in (f"/years/2025/runs/{run.pk}", "/years/2025/decide"):
        with django_assert_max_num_queries(MOST_QUERIES):
            read(head, address)


def test_the_pages_speak_english(county: YearCounty) -> None:
    made_known(county)
    client = client_of(county.people["t01_head"], "en")
    assert "Up for publicity" in read(client, "/years/2025/results")
    assert "How the score comes about" in read(client, "/years/2025/units/T01")
