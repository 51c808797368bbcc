"""Records of entry: moments, files, indicators and units as an office writes them, and each mistake at its cell."""

from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from baton.engine.scheme.model import Scheme
from baton.sheets.cells import read_moment
from baton.sheets.records import read_records
from baton.sheets.templates import records_template
from baton.sheets.workbook import Value
from baton.words import Language, Refused, render

HEAD = "单位,指标,期间,填报时间,截止时间,佐证材料\n"
ROW = "白水镇,M1,2025-03,2025-04-09 16:20,2025-04-05,三月.pdf；台账.xlsx\n"


@pytest.mark.parametrize(
    ("raw", "moment"),
    [
        ("2025-02-06", "2025-02-06"),
        ("2025年2月6日", "2025-02-06"),
        ("２０２５/2/6 5:07", "2025-02-06T05:07:00"),
        ("2025年2月6日17时30分", "2025-02-06T17:30:00"),
        ("2025年2月6日 9点", "2025-02-06T09:00:00"),
        ("2025-02-06T17:30:59.123", "2025-02-06T17:30:59"),
        ("2025-02-06T17:30:00Z", "2025-02-07T01:30:00"),
        ("2025-02-06 17:30:00+08:00", "2025-02-06T17:30:00"),
        (datetime.fromisoformat("2025-02-06T17:30:00"), "2025-02-06T17:30:00"),
        (date(2025, 2, 6), "2025-02-06"),
        ("—", None),
        ("", None),
        ("2025-02-30", False),
        ("2025-02-06 25:00", False),
        ("二月初", False),
        (45694.5, False),
    ],
)
def test_a_moment_however_it_is_written(raw: Value, moment: object) -> None:
    assert read_moment(raw) == moment


def read(scheme: Scheme, folder: Path, content: str):
    path = folder / "填报记录.csv"
    path.write_text(content, "utf-8")
    return read_records(path, scheme)


def test_a_row_says_when_until_when_and_by_which_files(scheme: Scheme, tmp_path: Path) -> None:
    (one,) = read(scheme, tmp_path, HEAD + ROW).rows
    assert (one.unit, one.series, one.period) == ("T1", "INV", "2025-03")
    assert (one.entered, one.due) == ("2025-04-09T16:20:00", "2025-04-05")
    assert one.evidence == ("三月.pdf", "台账.xlsx")
    assert one.place.cell == "F2"


@pytest.mark.parametrize("name", ["M1", "固定资产投资序时完成率", "M1 固定资产投资序时完成率", "INV", "m1"])
def test_an_indicator_by_any_of_its_names(scheme: Scheme, tmp_path: Path, name: str) -> None:
    assert read(scheme, tmp_path, HEAD + ROW.replace("M1", name)).rows[0].series == "INV"


def test_a_table_may_lack_what_the_office_does_not_keep(scheme: Scheme, tmp_path: Path) -> None:
    (one,) = read(scheme, tmp_path, "单位,指标,期间,佐证材料\n白水,M2,2025年3月,无\n").rows
    assert (one.entered, one.due, one.evidence) == ("", "", ())


def test_a_figure_of_the_year_keeps_its_period(scheme: Scheme, tmp_path: Path) -> None:
    assert read(scheme, tmp_path, HEAD + "白水镇,Y1,2025年度,2026-01-09,,\n").rows[0].period == "2025"


@pytest.mark.parametrize(
    ("content", "code", "cell"),
    [
        (HEAD + ROW.replace("白水镇", "白河镇"), "sheets.unit_near_miss", "A2"),
        (HEAD + ROW.replace("白水镇", "某某某"), "sheets.unit_unknown", "A2"),
        (HEAD + ROW.replace("M1", "固定资产投资"), "sheets.records_unknown_indicator", "B2"),
        (HEAD + ROW.replace("2025-03", "2025"), "sheets.period_of_other_length", "C2"),
        (HEAD + ROW.replace("2025-03", ""), "sheets.records_no_period", "C2"),
        (HEAD + ROW.replace("2025-04-09 16:20", "四月上旬"), "sheets.not_a_moment", "D2"),
        (HEAD + ROW.replace("2025-04-05", "2025-04-31"), "sheets.not_a_moment", "E2"),
        (HEAD + ROW + ROW.replace("2025-04-05", "2025-04-06"), "sheets.records_two_deadlines", "F3"),
        (HEAD.replace("期间", "周期") + ROW, "sheets.column_missing", "A1"),
        ("单位,指标,期间,截止时间\n白水镇,M1,2025-03,2025-04-05\n", "sheets.records_say_nothing", "A1"),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_cell(
    scheme: Scheme, tmp_path: Path, content: str, code: str, cell: str
) -> None:
    with pytest.raises(Refused) as refused:
        read(scheme, tmp_path, content)
    assert [(one.code, one.place.cell) for one in refused.value.problems] == [(code, cell)]
    for language in Language:
        sentence = render(refused.value.problems[0], language)
        assert sentence.what
        assert sentence.mend


def test_near_names_are_suggested(scheme: Scheme, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        read(scheme, tmp_path, HEAD + ROW.replace("白水镇", "白河镇").replace("M1", "固定资产投资完成率"))
    said = " ".join(f"{render(one).what}{render(one).mend}" for one in refused.value.problems)
    assert "白水镇（T1）" in said
    assert "固定资产投资序时完成率" in said


def test_an_entry_before_its_month_is_a_warning(scheme: Scheme, tmp_path: Path) -> None:
    found = read(scheme, tmp_path, HEAD + ROW.replace("2025-04-09", "2024-04-09"))
    assert [(one.code, one.place.cell) for one in found.problems] == [("sheets.records_before_period", "D2")]
    assert len(found.rows) == 1


@pytest.mark.parametrize("language", list(Language))
def test_the_form_is_read_again_as_it_was_filled_in(scheme: Scheme, tmp_path: Path, language: Language) -> None:
    book = openpyxl.load_workbook(BytesIO(records_template(scheme, "2025-03", language)))
    sheet = book.worksheets[0]
    rows = {(sheet.cell(row, 1).value, sheet.cell(row, 2).value[:2]): row for row in range(4, sheet.max_row + 1)}
    assert len(rows) == 4 * 3 + 5, "four indicators of group A and one of all units"
    for column, value in ((4, datetime.fromisoformat("2025-04-07T09:00:00")), (6, "三月.pdf")):
        cell = sheet.cell(rows["清河镇", "M2"], column)
        assert not cell.protection.locked
        cell.value = value
    path = tmp_path / "记录.xlsx"
    book.save(path)
    found = read_records(path, scheme)
    (filled,) = [one for one in found.rows if one.entered or one.evidence]
    assert (filled.unit, filled.entered, filled.evidence) == ("T2", "2025-04-07T09:00:00", ("三月.pdf",))
    assert not found.problems


def test_the_form_of_a_year_has_all_months(scheme: Scheme) -> None:
    book = openpyxl.load_workbook(BytesIO(records_template(scheme, "2025")))
    periods = {row[2].value for row in book.worksheets[0].iter_rows(min_row=4)}
    assert len(periods) == 12


def test_a_formula_without_a_result_is_not_taken_for_an_empty_cell(scheme: Scheme, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(HEAD.strip().split(","))
    sheet.append(["白水镇", "M1", "2025-03", "=B9", "2025-04-05", "三月.pdf"])
    book.save(tmp_path / "记录.xlsx")
    with pytest.raises(Refused) as refused:
        read_records(tmp_path / "记录.xlsx", scheme)
    assert [(one.code, one.place.cell) for one in refused.value.problems] == [("sheets.formula_without_value", "D2")]
