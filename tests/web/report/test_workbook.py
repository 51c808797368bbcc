"""One workbook instead of the grid: template, trial, problems by cell, what changes, taking it whole, undoing it."""

import re
from collections.abc import Callable
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl.worksheet.worksheet import Worksheet

from baton.assessment.models import Batch, Figure, Submission
from county import County
from reporting import GRID, client_of

PAGE = f"{GRID}/workbook"


def template(client: Client) -> openpyxl.Workbook:
    answer = client.get(f"{GRID}/template")
    assert answer.status_code == 200
    return openpyxl.load_workbook(BytesIO(answer.content))


def row_of(sheet: Worksheet, name: str) -> int:
    return next(cell.row for row in sheet.iter_rows() for cell in row if cell.value == name)


def filled(client: Client, fill: Callable[[Worksheet], None]) -> bytes:
    book = template(client)
    fill(book.worksheets[0])
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def entry(sheet: Worksheet, unit: str) -> openpyxl.cell.Cell:
    """Give the entry cell of a unit: the first column after its name."""
    return sheet.cell(row_of(sheet, unit), 5)


def upload(client: Client, content: bytes, name: str = "热线 9月.xlsx", **given: str) -> str:
    """Upload a workbook; gives the address of its trial."""
    answer = client.post(PAGE, {"file": SimpleUploadedFile(name, content), **given})
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"]


def all_units(sheet: Worksheet) -> None:
    for name, value in {"甲镇": 95, "乙镇": "1,093.5", "丙镇": "无", "发改局": 88, "政府办": 91.5}.items():
        entry(sheet, name).value = value


def agreed(client: Client, address: str) -> dict[str, str]:
    text = client.get(address).content.decode()
    return {name: text.split(f'name="{name}" value="')[1].split('"')[0] for name in ("agreed", "key")}


@pytest.mark.parametrize(
    ("who", "status"), [("d2", 200), ("office", 200), ("t1", 403), ("leader", 403), ("official", 403)]
)
def test_only_who_reports_and_the_office(month: County, who: str, status: int) -> None:
    client = client_of(month.people[who])
    assert client.get(PAGE).status_code == status
    assert client.get(f"{GRID}/template").status_code == status


def test_the_template_knows_the_units_what_is_there_and_what_a_cell_may_hold(month: County) -> None:
    month.enter("d2", "HOT", {"T1": "95.5"})
    sheet = template(client_of(month.people["d2"])).worksheets[0]
    assert entry(sheet, "甲镇").value == 95.5
    assert entry(sheet, "乙镇").value is None
    assert sheet.protection.sheet
    assert sheet.data_validations.dataValidation
    assert not entry(sheet, "甲镇").protection.locked


def test_a_workbook_is_tried_then_taken_then_taken_back(month: County) -> None:
    client = client_of(month.people["d2"])
    content = filled(client, all_units)
    address = upload(client, content)
    text = client.get(address).content.decode()
    assert "会写入 4 个数" in text
    assert "这一项由单位自己填报" in text, "what a department says about itself is left out, and told"
    assert not Figure.objects.exists()
    answer = client.post(address, agreed(client, address), follow=True)
    assert "已提交 4 个数" in answer.content.decode()
    assert dict(Figure.objects.counting().values_list("unit__code", "value")) == {
        "T1": "95",
        "T2": "1093.5",
        "T3": "",
        "D1": "88",
    }
    batch = Batch.objects.get()
    assert batch.file_name == "热线 9月.xlsx"
    kept = client.get(re.findall(r'href="(/files/[^"]+)">热线 9月.xlsx', client.get(GRID).content.decode())[0])
    assert b"".join(kept.streaming_content) == content, "what was committed is there to be looked at"  # type: ignore[attr-defined]
    again = client.get(upload(client, content)).content.decode()
    assert "不会重复写入" in again
    assert 'name="agreed"' not in again
    client.post(f"{GRID}/undo", {"batch": batch.pk})
    assert not Figure.objects.counting().exists()


def test_a_unit_fills_in_its_own_report_by_workbook(month: County) -> None:
    client, room = client_of(month.people["t1"]), "/report/2026-09/T1"
    report = Submission.objects.get(unit=month.units["T1"])
    report.values = {"actual:2026-09": "11"}
    report.save()
    assert f"{room}/workbook" in client.get(f"/report/own/{report.pk}").content.decode()
    assert f"{room}/template?own=1" in client.get(f"{room}/workbook").content.decode()
    book = openpyxl.load_workbook(BytesIO(client.get(f"{room}/template?own=1").content))
    sheet = book.worksheets[0]
    cell = sheet.cell(row_of(sheet, "整改亩数（亩）"), 5)
    assert cell.value == 11, "it begins with what the report says"
    cell.value = 12
    made = BytesIO()
    book.save(made)
    answer = client.post(f"{room}/workbook", {"file": SimpleUploadedFile("自报.xlsx", made.getvalue())})
    address = answer.headers["Location"]
    assert "填入本单位自报表" in client.get(address).content.decode()
    text = client.post(address, agreed(client, address), follow=True).content.decode()
    assert "已填入 1 张本单位自报表" in text
    assert 'value="12"' in text
    report.refresh_from_db()
    assert (report.values, report.state) == ({"actual:2026-09": "12"}, "draft")


def test_problems_stand_by_cell_and_come_back_in_the_workbook(month: County) -> None:
    client = client_of(month.people["d2"])

    def spoil(sheet: Worksheet) -> None:
        all_units(sheet)
        entry(sheet, "乙镇").value = "约三百"

    address = upload(client, filled(client, spoil))
    text = client.get(address).content.decode()
    sheet = template(client).worksheets[0]
    assert f"<td>{entry(sheet, '乙镇').coordinate}</td>" in text
    assert "约三百" in text
    assert 'name="agreed"' not in text
    marked = openpyxl.load_workbook(BytesIO(client.get(f"{address}/marked").content))
    marked_sheet = marked[sheet.title]
    comment = entry(marked_sheet, "乙镇").comment
    assert comment is not None
    assert "约三百" in comment.text
    assert entry(marked_sheet, "甲镇").comment is None
    assert client.post(address, {"agreed": "x", "key": "k"}).status_code == 422
    assert not Figure.objects.exists()


def test_what_changed_since_the_trial_is_not_overwritten(month: County) -> None:
    client = client_of(month.people["d2"])
    address = upload(client, filled(client, all_units))
    form = agreed(client, address)
    month.enter("office", "HOT", {"T1": "77"})
    answer = client.post(address, form)
    assert answer.status_code == 422
    assert dict(Figure.objects.counting().values_list("unit__code", "value")) == {"T1": "77"}


def test_no_file_and_a_file_that_is_none(month: County) -> None:
    client = client_of(month.people["d2"])
    answer = client.post(PAGE)
    assert answer.status_code == 422
    assert 'href="#file"' in answer.content.decode()
    address = upload(client, b"\x00\x01nonsense", "x.xlsx")
    text = client.get(address).content.decode()
    assert 'name="agreed"' not in text
    assert "tag-bad" in text


def test_a_trial_is_its_uploaders_own(month: County) -> None:
    address = upload(client_of(month.people["d2"]), b"1,2", "x.csv")
    assert client_of(month.people["office"]).get(address).status_code == 404
    assert client_of(month.people["d2"]).get(f"{PAGE}/forged").status_code == 404


def test_preliminary_figures_come_by_workbook_too(month: County) -> None:
    client = client_of(month.people["d2"])
    address = upload(client, filled(client, all_units), preliminary="1")
    client.post(address, agreed(client, address))
    assert set(Figure.objects.counting().exclude(absent="none").values_list("preliminary", flat=True)) == {True}
