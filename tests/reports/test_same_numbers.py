"""A number is the same in Excel, in Word and in Parquet: fifty and more cells harvested from each."""

import io
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import docx
import openpyxl
import polars as pl
import pytest

from baton.documents import word
from baton.documents.content import Chart
from baton.engine.result import ScoreSheet
from baton.reports.report import annual_report
from baton.reports.store.tables import standings_table
from baton.reports.workbook import results_workbook

D = Decimal
type Cells = dict[tuple[str, str], str]
COLUMNS = ("名次", "综合得分", "加分", "扣分", "月度动态考核", "年终考核", "民主测评")


def in_points(number: Any, places: int = 2) -> str:
    """Write a number as it is shown."""
    return f"{D(str(number)).quantize(D(1).scaleb(-places), ROUND_HALF_UP):f}"


@pytest.fixture(scope="module")
def in_excel(county: ScoreSheet) -> Cells:
    book = openpyxl.load_workbook(io.BytesIO(results_workbook(county)), data_only=True)
    found: Cells = {}
    for group in county.scheme.groups:
        sheet = book[group.name]
        start = next(cell.row for row in sheet.iter_rows() for cell in row if cell.value == "名次")
        titles = {cell.value: cell.column for cell in sheet[start]}
        for row in range(start + 1, start + 1 + sum(one.group == group.code for one in county.standings)):
            unit = sheet.cell(row, titles["单位"]).value
            for title in COLUMNS:
                if title in titles:
                    cell = sheet.cell(row, titles[title])
                    assert title == "名次" or cell.number_format == "#,##0.00"
                    found[unit, title] = f"{cell.value}" if title == "名次" else in_points(cell.value)
    return found


@pytest.fixture(scope="module")
def in_word(county: ScoreSheet) -> Cells:
    report = annual_report(county)
    undrawn = replace(report, body=tuple(x for x in report.body if not isinstance(x, Chart)), attachments=())
    found: Cells = {}
    for table in docx.Document(io.BytesIO(word.write(undrawn))).tables:
        titles = [cell.text for cell in table.rows[0].cells]
        if "名次" in titles:
            for row in table.rows[1:]:
                texts = dict(zip(titles, (cell.text for cell in row.cells), strict=True))
                found |= {(texts["单位"], title): texts[title] for title in COLUMNS if title in texts}
    return found


@pytest.fixture(scope="module")
def in_parquet(county: ScoreSheet) -> Cells:
    target = io.BytesIO()
    standings_table(county.standings).write_parquet(target)
    target.seek(0)
    names = {unit.code: unit.name for unit in county.scheme.units}
    nodes = {"M": "月度动态考核", "Y": "年终考核", "D": "民主测评"}
    found: Cells = {}
    for row in pl.read_parquet(target).iter_rows(named=True):
        unit = names[row["unit"]]
        found[unit, "名次"] = row["rank"]
        for title, column in (("综合得分", "compared"), ("加分", "bonus"), ("扣分", "deduction")):
            found[unit, title] = in_points(row[column])
        parts = pl.Series([row["parts"]]).str.json_decode(
            pl.Struct(dict.fromkeys(nodes, pl.Struct({"decimal": pl.String})))
        )
        for code, title in nodes.items():
            if (part := parts[0][code]) is not None:
                found[unit, title] = in_points(part["decimal"])
    return found


def test_excel_word_and_parquet_hold_the_same_numbers(in_excel: Cells, in_word: Cells, in_parquet: Cells) -> None:
    common = in_excel.keys() & in_word.keys() & in_parquet.keys()
    assert len(common) > 500
    differing = {key for key in common if not in_excel[key] == in_word[key] == in_parquet[key]}
    assert not differing, [(key, in_excel[key], in_word[key], in_parquet[key]) for key in sorted(differing)[:5]]


def test_every_unit_stands_in_all_three(in_excel: Cells, in_word: Cells, in_parquet: Cells) -> None:
    for cells in (in_excel, in_word, in_parquet):
        assert len({unit for unit, _ in cells}) == 85
