"""Results and figures of earlier years over their pages: tried, taken, seen in trends, taken back."""

from decimal import Decimal
from html import unescape
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from baton.assessment.models import Figure, PastImport, PastResult
from baton.engine.scheme.text import from_yaml
from baton.sheets.templates import lead_template
from county import SCHEME, County, county
from reporting import client_of

__all__ = ["county"]

(scheme,) = from_yaml(SCHEME, "")


def table(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in (["单位", "期间", "得分", "名次", "等次"], *rows):
        book.active.append(row)  # type: ignore[union-attr]
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def tried(client: Client, kind: str, content: bytes) -> str:
    answer = client.post(reverse("earlier"), {"kind": kind, f"file-{kind}": SimpleUploadedFile("往年.xlsx", content)})
    assert answer.status_code == 302
    return str(answer.headers["Location"])


@pytest.fixture
def office(county: County) -> Client:
    """Who brings it in, signed in."""
    return client_of(county.people["office"])


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_a_table_is_tried_with_every_problem_by_its_cell_and_comes_back_marked(office: Client) -> None:
    trial = tried(office, "results", table(["丁镇", "2025年", 92, 1, ""], ["乙镇", "2025年", "九十", 2, ""]))
    page = text(office, trial)
    for words in ("A2", "C3", "有 2 处问题"):
        assert words in page
    assert "确认补录" not in page
    assert office.post(trial, {"document": "县委发〔2026〕3号"}).status_code == 422
    assert not PastResult.objects.exists()
    assert openpyxl.load_workbook(BytesIO(office.get(trial + "/marked").content)).worksheets


def test_results_are_taken_listed_and_taken_back(county: County, office: Client) -> None:
    trial = tried(office, "results", table(["甲镇", "2025年", 92.5, 1, "优秀"], ["甲镇", "2025-08", 88, 2, ""]))
    assert "将补录 2 条结果，其中替换 0 条" in text(office, trial)
    lacking = office.post(trial, {"document": " "})
    assert 'href="#document"' in lacking.content.decode()
    done = office.post(trial, {"document": "县委发〔2026〕3号"}, follow=True).content.decode()
    assert "已补录 2 条结果" in done
    again = tried(office, "results", table(["甲镇", "2025年", 92.5, 1, "优秀"], ["甲镇", "2025-08", 80, 2, ""]))
    page = text(office, again)
    assert "将补录 1 条结果，其中替换 1 条；1 条与现有相同" in page
    assert '<del class="text-bad">88</del>' in page
    held = text(client_of(county.people["t1_head"]), reverse("earlier-held"))
    assert "92.5" in held
    assert "县委发〔2026〕3号" in held
    undone = office.post(reverse("earlier-undo"), {"results": PastImport.objects.get().pk}, follow=True)
    assert "已撤回 2 条" in undone.content.decode()
    assert not PastResult.objects.exists()


def test_figures_come_from_the_workbook_that_the_page_gives(office: Client) -> None:
    form = office.get(reverse("earlier-figures-form"), {"lead": "D2", "period": "2025-06"})
    assert form.content == lead_template(scheme, "D2", "2025-06")
    book = openpyxl.load_workbook(BytesIO(form.content))
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value == "甲镇":
                    last = max(one.column for one in sheet[cell.row] if one.value is not None)
                    sheet.cell(cell.row, last + 1, 91)
    out = BytesIO()
    book.save(out)
    trial = tried(office, "figures", out.getvalue())
    assert "将补录 1 个数据" in text(office, trial)
    office.post(trial, {"key": "k"})
    assert [(one.period, one.number) for one in Figure.objects.all()] == [("2025-06", Decimal(91))]
    batch = Figure.objects.get().batch_id
    office.post(reverse("earlier-undo"), {"batch": batch})
    assert not Figure.objects.counting().exists()
    assert office.post(reverse("earlier-undo"), {"batch": batch}).status_code == 422


def test_a_period_that_is_none_and_a_file_that_is_none_are_told(office: Client) -> None:
    wrong = office.get(reverse("earlier-figures-form"), {"lead": "D2", "period": "去年"})
    assert wrong.status_code == 422
    empty = office.post(reverse("earlier"), {"kind": "results"})
    assert empty.status_code == 422
    assert 'href="#file-results"' in empty.content.decode()


def test_the_form_of_results_is_read_again(office: Client) -> None:
    book = openpyxl.load_workbook(BytesIO(office.get(reverse("earlier-form")).content))
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[2]] == ["单位", "期间", "得分", "满分", "名次", "组", "等次"]
    sheet["B3"], sheet["C3"] = "2025", 90
    for row in range(sheet.max_row, 3, -1):
        sheet.delete_rows(row)
    out = BytesIO()
    book.save(out)
    assert "将补录 1 条结果" in text(office, tried(office, "results", out.getvalue()))


@pytest.mark.parametrize("who", ["d2", "t1_head", "leader", "nobody"])
def test_only_the_office_brings_in(county: County, who: str) -> None:
    client = client_of(county.people[who])
    assert client.get(reverse("earlier")).status_code == 403
    assert client.post(reverse("earlier-undo"), {"results": 1}).status_code == 403


def test_what_was_uploaded_is_for_who_uploaded_it(county: County, office: Client) -> None:
    trial = tried(office, "results", table(["甲镇", "2025年", 92.5, 1, "优秀"]))
    assert client_of(county.people["chief"]).get(trial).status_code == 404
    assert office.get(trial.replace("results", "else")).status_code == 404
