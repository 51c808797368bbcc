"""The pages of why totals differ between years: worked out on request, shown whole and by unit, and as a workbook."""

from html import unescape
from io import BytesIO

import openpyxl
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from baton.assessment.actions.annual.publishing import withdraw_annual
from baton.assessment.actions.annual.why import explain_change
from baton.assessment.actions.annual.year import run_annual
from baton.assessment.choices import LedgerKind, RunKind
from baton.assessment.models import AnnualRun
from baton.core.acting import SYSTEM
from baton.core.jobs.running import run_job
from baton.core.models import Job
from reporting import client_of
from year import YEAR, YearCounty, county

__all__ = ["county"]

WHY = "/years/2025/why"
MOST_QUERIES = 25


def read(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.status_code
    return unescape(answer.content.decode())


@pytest.fixture
def runs(county: YearCounty) -> tuple[AnnualRun, AnnualRun]:
    """A year made known twice: between the two 第8镇 was corrected, and 第4镇 was given a bonus."""
    first = county.scored()
    county.known(first)
    withdraw_annual(by=county.by("chief"), year=YEAR, reason="数据核查有误")
    county.figure("T08", "85.5")
    county.event("T04", "B1", LedgerKind.BONUS, level="省级")
    second = run_annual(by=county.by("office"), year=YEAR, kind=RunKind.OFFICIAL)
    county.known(second, "云委〔2026〕4号")
    return first, second


@pytest.fixture
def explained(runs: tuple[AnnualRun, AnnualRun]) -> tuple[AnnualRun, AnnualRun]:
    """The difference of both, worked out."""
    explain_change(by=SYSTEM, first=runs[0], second=runs[1], tell=lambda done, total: None)
    return runs


@pytest.fixture
def unit_head(county: YearCounty) -> Client:
    """The head of 第1镇, signed in."""
    return client_of(county.people["t01_head"])


def test_with_one_result_there_is_nothing_to_hold_against_each_other(county: YearCounty, unit_head: Client) -> None:
    assert unit_head.get("/years/2024/why").status_code == 404
    county.known(county.scored())
    assert "还没有可以对照的两份年度结果" in read(unit_head, WHY)
    assert "/why" not in read(unit_head, "/years/2025/results")
    assert unit_head.post(f"{WHY}/ask", {}).status_code == 404


def test_a_unit_asks_and_sees_the_difference_when_it_is_worked_out(
    runs: tuple[AnnualRun, AnnualRun], unit_head: Client
) -> None:
    Job.objects.all().delete()
    assert "为什么不同" in read(unit_head, "/years/2025/results")
    page = read(unit_head, WHY)
    assert "2025年度第1版（已撤回） → 2025年度第2版" in page
    assert "还没有算过" in page
    asked = {"first": "2025.1", "second": "2025.2"}
    answer = unit_head.post(f"{WHY}/ask", asked)
    assert (answer.status_code, answer["Location"]) == (302, f"{WHY}?first=2025.1&second=2025.2")
    assert "<progress" in read(unit_head, f"{WHY}/waits?first=2025.1&second=2025.2")
    assert unit_head.post(f"{WHY}/ask", asked).status_code == 409
    run_job.func(Job.objects.get(kind="annual.job_why").pk)
    assert unit_head.get(f"{WHY}/waits?first=2025.1&second=2025.2").headers["HX-Refresh"] == "true"
    page = read(unit_head, WHY)
    assert "2 个单位上升，0 个下降，9 个不变" in page
    assert "+5.50" in page


def test_one_unit_is_shown_down_to_its_pieces(explained: tuple[AnnualRun, AnnualRun], unit_head: Client) -> None:
    page = read(unit_head, f"{WHY}/units/T08")
    assert "80.00 → 85.50" in page
    assert "Y01 年度任务完成得分" in page
    assert "+3.3" in page
    assert "+2.2" in page
    page = read(unit_head, f"{WHY}/units/T04")
    assert "B1 受省级表彰" in page
    assert "Y01 年度任务" not in page
    assert "4 → 3" in page
    assert "每一项都没有变" in read(unit_head, f"{WHY}/units/T01")
    assert unit_head.get(f"{WHY}/units/NO").status_code == 404
    assert "总分为什么变了" in read(unit_head, "/years/2025/units/T08")


def test_the_board_says_what_a_new_run_changed(
    county: YearCounty,
    explained: tuple[AnnualRun, AnnualRun],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    office = client_of(county.people["office"])
    with django_assert_max_num_queries(MOST_QUERIES):
        page = read(office, "/years/2025/")
    assert f"与上一次计分（#{explained[0].pk}）相比：2 个单位总分有变，最大 +5.5。" in page
    assert f"/years/2025/why?first=r{explained[0].pk}&second=r{explained[1].pk}" in page
    assert "2 个单位上升" in read(office, f"{WHY}?first=r{explained[0].pk}&second=r{explained[1].pk}")


def test_what_was_not_made_known_is_not_found(county: YearCounty, runs: tuple[AnnualRun, AnnualRun]) -> None:
    trial = run_annual(by=county.by("office"), year=YEAR)
    client = client_of(county.people["t01_head"])
    for asked in (f"first=2025.1&second=r{trial.pk}", "first=2024.1", "second=2025.9"):
        assert client.get(f"{WHY}?{asked}").status_code == 404
    assert client_of(county.people["nobody"]).get(WHY).status_code == 404
    page = read(client, f"{WHY}?first=2025.2&second=2025.2", 422)
    assert "选的两份是同一次计分的结果" in page


def test_a_difference_that_cannot_be_worked_out_says_why(runs: tuple[AnnualRun, AnnualRun], unit_head: Client) -> None:
    AnnualRun.objects.filter(pk=runs[0].pk).update(digest="0" * 64)
    Job.objects.all().delete()
    unit_head.post(f"{WHY}/ask", {"first": "2025.1", "second": "2025.2"})
    run_job.func(Job.objects.get(kind="annual.job_why").pk)
    page = read(unit_head, WHY)
    assert "■" in page
    assert "算清差异" in page


def test_the_workbook_has_every_piece_as_numbers_that_add_up(
    explained: tuple[AnnualRun, AnnualRun], unit_head: Client
) -> None:
    answer = unit_head.get(f"{WHY}?export=xlsx")
    units, lines = openpyxl.load_workbook(BytesIO(answer.content)).worksheets
    rows = list(units.iter_rows(min_row=2, values_only=True))
    assert len(rows) == 11
    assert all(abs(sum(row[4:9]) - row[3]) < 1e-9 for row in rows)
    pieces = list(lines.iter_rows(min_row=2, values_only=True))
    assert ("第8镇", "Y01 年度任务完成得分") in {row[:2] for row in pieces}
    assert all(abs(sum(row[5:]) - row[4]) < 1e-9 for row in pieces)


@pytest.mark.parametrize("address", [WHY, f"{WHY}/units/T08", "/years/2025/units/T08", "/years/2025/results"])
def test_pages_of_the_difference_ask_few_questions(
    explained: tuple[AnnualRun, AnnualRun],
    unit_head: Client,
    address: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_max_num_queries(MOST_QUERIES):
        read(unit_head, address)


def test_the_difference_speaks_english(county: YearCounty, explained: tuple[AnnualRun, AnnualRun]) -> None:
    page = read(client_of(county.people["t01_head"], "en"), f"{WHY}/units/T08")
    assert "Own figures" in page
    assert "Adjustments" in page
