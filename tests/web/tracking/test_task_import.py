"""Tasks from a workbook: tried with every problem by its cell, set in one step, set anew by unit and code."""

from datetime import date
from html import unescape
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from baton.assessment.actions.tasks import finish_task, set_task
from baton.assessment.models import Task
from baton.core.models import AuditRow
from chromium import PHONE, WIDE, Open, accessible, no_sideways
from county import County, county
from reporting import client_of

__all__ = ["county"]

HEAD = ["单位", "任务", "任务代码", "完成期限", "牵头部门"]
FINE = (
    ["甲镇", "低效用地清理", "XM001", date(2026, 12, 20), "发改局"],
    ["乙镇", "断头路打通", "XM002", "2026年12月25日", None],
)


def book(*rows: list[object], head: list[str] = HEAD) -> bytes:
    made = openpyxl.Workbook()
    for row in (["2026年重点任务表"], head, *rows):
        made.active.append(row)  # type: ignore[union-attr]
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def tried(client: Client, content: bytes) -> str:
    answer = client.post(reverse("tasks-import"), {"file": SimpleUploadedFile("任务.xlsx", content)})
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


@pytest.fixture
def office(county: County) -> Client:
    """Who sets tasks, signed in."""
    return client_of(county.people["office"])


@pytest.fixture
def rows(county: County) -> list[list[object]]:
    """Two tasks, with the department as the county calls it."""
    return [[*FINE[0][:4], county.units["D1"].name], FINE[1]]


def test_a_table_is_tried_and_set_in_one_step(county: County, office: Client, rows: list[list[object]]) -> None:
    trial = tried(office, book(*rows))
    page = text(office, trial)
    assert "将下达 2 项新任务，更新 0 项；0 项与现有相同" in page
    assert not Task.objects.exists(), "a trial writes nothing"
    done = office.post(trial, {"key": "k"}, follow=True).content.decode()
    assert "已下达 2 项任务" in done
    made = {row.code: row for row in Task.objects.all()}
    assert (made["XM001"].unit, made["XM001"].due) == (county.units["T1"], date(2026, 12, 20))
    assert (made["XM001"].department, made["XM002"].department) == (county.units["D1"], None)
    assert made["XM002"].due == date(2026, 12, 25)
    assert AuditRow.objects.filter(action="assessment.task_was_set").count() == 2
    assert "与现有相同" in text(office, trial)
    assert "确认下达" not in text(office, trial)


def test_the_same_click_twice_sets_once(office: Client, rows: list[list[object]]) -> None:
    trial = tried(office, book(*rows))
    office.post(trial, {"key": "k"})
    assert office.post(trial, {"key": "k"}).status_code == 422, "nothing is left to set"
    assert Task.objects.count() == AuditRow.objects.filter(action="assessment.task_was_set").count() == 2


def test_what_is_there_is_set_anew_by_unit_and_code(county: County, office: Client, rows: list[list[object]]) -> None:
    office.post(tried(office, book(*rows)), {})
    later = [[*rows[0][:3], "2027-01-10", None], rows[1]]
    page = text(office, trial := tried(office, book(*later)))
    assert "将下达 0 项新任务，更新 1 项；1 项与现有相同" in page
    assert '<del class="text-bad">2026-12-20</del>' in page
    office.post(trial, {})
    row = Task.objects.get(code="XM001")
    assert (row.due, row.department) == (date(2027, 1, 10), None)


def test_every_problem_stands_by_its_cell_and_nothing_is_set(office: Client) -> None:
    wrong = book(
        ["丁镇", "一", "A1", "2026-12-20"],
        ["甲镇", "", "A2", "2026-12-20"],
        ["甲镇", "三", "", "2026-12-20"],
        ["甲镇", "四", "A4", "年底"],
        ["甲镇", "五", "A5", "2026-01-20"],
        ["甲镇", "六", "A6", None],
        ["甲镇", "七", "A7", "2026-12-20", "没有的局"],
        ["甲镇", "八", "A8", "2026-12-20"],
        ["甲镇", "九", "A8", "2026-12-21"],
        ["甲镇", "长" * 201, "A9", "2026-12-21"],
    )
    trial = tried(office, wrong)
    page = text(office, trial)
    for cell in ("A3", "B4", "C5", "D6", "D7", "D8", "E9", "C11", "B12"):
        assert f"<td>{cell}</td>" in page
    assert "确认下达" not in page
    assert office.post(trial, {}).status_code == 422
    assert not Task.objects.exists()
    back = openpyxl.load_workbook(BytesIO(office.get(trial + "/marked").content))
    assert back["Sheet"]["D6"].comment is not None


def test_a_table_without_its_headings_and_a_file_that_is_none_are_told(office: Client) -> None:
    page = text(office, tried(office, book(["甲镇", 1], head=["单位", "数"])))
    assert "任务代码" in page
    empty = office.post(reverse("tasks-import"), {})
    assert empty.status_code == 422
    assert 'href="#file"' in empty.content.decode()


def test_what_is_done_is_not_set_anew(county: County, office: Client) -> None:
    given = {"code": "XM001", "title": "低效用地清理", "department": county.units["D1"].pk}
    done = set_task(by=county.by("office"), unit=county.units["T1"].pk, due=date(2026, 12, 1), **given)  # type: ignore[arg-type]
    finish_task(by=county.by("d1"), task=done.pk, note="验收单")
    trial = tried(office, book(["甲镇", "低效用地再清理", "XM001", "2026-12-20"]))
    assert "不能再改" in text(office, trial)
    assert office.post(trial, {}).status_code == 422


def test_the_empty_form_is_read_again(office: Client) -> None:
    made = openpyxl.load_workbook(BytesIO(office.get(reverse("tasks-form")).content))
    sheet = made.worksheets[0]
    assert [cell.value for cell in sheet[2]] == HEAD
    for column, value in zip("ABCD", ["甲镇", "断头路打通", 7, date(2026, 12, 20)], strict=True):
        sheet[f"{column}3"] = value
    out = BytesIO()
    made.save(out)
    trial = tried(office, out.getvalue())
    assert "将下达 1 项新任务" in text(office, trial)
    office.post(trial, {})
    assert Task.objects.get().code == "7"


def test_only_the_office_sets_tasks(county: County, office: Client, rows: list[list[object]]) -> None:
    trial = tried(office, book(*rows))
    for who in ("d1", "t1_head", "leader"):
        other = client_of(county.people[who])
        assert other.get(reverse("tasks-import")).status_code == 403
        assert other.post(trial, {}).status_code == 403
    other_office = office.get(trial + "x")
    assert other_office.status_code == 404
    assert not Task.objects.exists()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_the_trial_is_accessible_at_both_widths(
    county: County, office: Client, open_page: Open, viewport: dict[str, int], rows: list[list[object]]
) -> None:
    trial = tried(office, book(*rows, ["丁镇", "一", "A1", "2026-12-20"]))
    page = open_page(trial, county.people["office"], viewport)
    accessible(page)
    no_sideways(page)
