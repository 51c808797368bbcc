"""All 48 odd files: each is read, or refused with one clear problem, and never a traceback."""

import csv
from datetime import date
from pathlib import Path

import pytest

from baton.sheets.limits import Limits
from baton.sheets.workbook import Kind, Sheet, Visibility, Workbook, read_workbook
from baton.words import Language, Refused, render

# Per file: rows x columns of every sheet, or the code of the one problem with which it is refused.
OUTCOMES = {
    "Math_Modeling__20_Major_GDP.xls": "41x21",
    "calamine__any_sheets.xlsb": "5x2 0x0 0x0",
    "calamine__empty_s_attribute.xlsx": "5x2",
    "calamine__encoded_entities.xlsx": "2x1",
    "calamine__gh548_incorrect_sst_unique_count.xls": "59x26 263x10 222x28 222x28 222x35 144x20 257x17",
    "calamine__has_x000D_.xlsx": "1x1",
    "calamine__issue446.xlsx": "6x30",
    "calamine__issue_261.xlsx": "66x7",
    "calamine__issue_261_fixed_by_excel.xlsx": "66x7",
    "calamine__issue_419.xlsx": "1x1",
    "calamine__issue_565_multi_axis_shared.xlsx": "4x11",
    "calamine__issue_567_absolute_shared.xlsx": "3x5",
    "calamine__merge_cells.xlsx": "2x3",
    "calamine__merged_range.xlsx": "4x8 4x6",
    "calamine__minimal_package.xlsx": "196x36",
    "calamine__pass_protected.xlsx": "sheets.password",
    "calamine__table_with_insertrow_attribute.xlsx": "33x12",
    "calamine__too_small.xls": "sheets.text_not_workbook",
    "frictionless-py__encoding-issue-274.csv": "508x17",
    "frictionless-py__implicit-zip.csv": "sheets.zip_not_workbook",
    "frictionless-py__issue-1024.xlsx": "58x55",
    "frictionless-py__latin1.csv": "3x2",
    "messytables__begrotingsanalyse-2011.csv": "43x20",
    "messytables__bian-anal-mca-2005-dols-eng-1011-0312-tab3.xlsm": "53x4",
    "messytables__encrypted_no_password.xls": "sheets.password",
    "messytables__excel_pasting.csv": "21x9",
    "messytables__large.xlsx": "52x11 8547x11 10x5",
    "messytables__mixedGLB.csv": "137x19",
    "messytables__null.csv": "10x4",
    "messytables__skip_initials.csv": "3x2",
    "messytables__spanish_chars.csv": "117x8",
    "readxl__big-texty-numbers-xlsx.xlsx": "7x3",
    "readxl__blanks.xlsx": "3x2 3x2 4x2",
    "readxl__dates-1904.xls": "1x5",
    "readxl__deaths.xls": "19x6 19x6",
    "tabulator-py__bom.csv": "3x2",
    "tabulator-py__issue320.xlsx": "58x54",
    "tabulator-py__latin1.csv": "3x2",
    "tabulator-py__multiline-headers.xlsx": "6x4",
    "tabulator-py__preserve-formatting-percentage.xlsx": "4x2",
    "tabulator-py__skip-rows.xlsx": "4x2",
    "tidyxl__examples.xlsm": "204x4 5x1 0x0 25x9",
    "tidyxl__formulas.xlsx": "4x3",
    "tidyxl__inline-formatted-string.xlsx": "57x22",
    "tidyxl__openxlsx1900.xlsx": "4x1",
    "tidyxl__utf8-cities.xlsx": "5x1",
    "tidyxl__xfd1048576.xlsx": "1x1 0x0 0x0",
    "xlrd__biff4_no_format_no_window2.xls": "sheets.old_excel",
}


@pytest.fixture(scope="module")
def messy(shared_data: Path) -> Path:
    """The folder of the odd files."""
    return shared_data / "messy"


def sheet_of(messy: Path, name: str, number: int = 0) -> Sheet:
    """Read one sheet of one of the odd files."""
    return read_workbook(messy / "files" / name).sheets[number]


def test_every_file_of_the_index_has_its_outcome(messy: Path) -> None:
    with (messy / "INDEX.csv").open(encoding="utf-8", newline="") as index:
        assert sorted(row["file"] for row in csv.DictReader(index)) == sorted(OUTCOMES)


@pytest.mark.parametrize("name", OUTCOMES)
def test_read_or_refused_with_one_clear_problem(messy: Path, name: str) -> None:
    try:
        workbook: Workbook = read_workbook(messy / "files" / name)
    except Refused as refusal:
        (problem,) = refusal.problems
        assert problem.code == OUTCOMES[name]
        assert problem.place.file == name
        for language in Language:
            sentence = render(problem, language)
            assert sentence.what
            assert sentence.mend
    else:
        sizes = (f"{len(sheet.rows)}x{len(sheet.rows[0]) if sheet.rows else 0}" for sheet in workbook.sheets)
        assert " ".join(sizes) == OUTCOMES[name]
        assert all(problem.severity != "error" for problem in workbook.problems)


def test_an_encoding_without_a_name_is_concluded_and_said(messy: Path) -> None:
    workbook = read_workbook(messy / "files" / "messytables__spanish_chars.csv")
    assert workbook.encoding == "cp1252"
    assert [problem.code for problem in workbook.problems] == ["sheets.encoding_concluded"]
    assert workbook.sheets[0].value(0, 7) == "Descripción"
    assert workbook.sheets[0].value(1, 6) == "229,932.50"


def test_a_mark_and_bare_carriage_returns(messy: Path) -> None:
    assert sheet_of(messy, "tabulator-py__bom.csv").rows == [["id", "name"], ["1", "english"], ["2", "中国人"]]
    assert sheet_of(messy, "messytables__mixedGLB.csv").rows[3][:3] == ["Year", "Jan", "Feb"]


def test_hidden_sheets_and_columns_are_marked(messy: Path) -> None:
    workbook = read_workbook(messy / "files" / "messytables__large.xlsx")
    assert [sheet.visibility for sheet in workbook.sheets] == [Visibility.VISIBLE, Visibility.HIDDEN, Visibility.HIDDEN]
    assert workbook.visible == workbook.sheets[:1]
    assert workbook.sheets[0].facts.hidden_columns == {1}
    assert read_workbook(messy / "files" / "calamine__any_sheets.xlsb").sheets[2].visibility is Visibility.VERY_HIDDEN


def test_merged_headers_point_to_their_first_cell(messy: Path) -> None:
    sheet = sheet_of(messy, "tabulator-py__multiline-headers.xlsx")
    assert sheet.merged_from(2, 3) == (0, 2)
    assert sheet.merged_from(0, 2) is None
    assert sheet.cell(4, 0).merged_from == (0, 0)


def test_dates_of_both_calendars(messy: Path) -> None:
    assert sheet_of(messy, "readxl__dates-1904.xls").rows == [[date(2000, 1, 1)] * 5]
    assert sheet_of(messy, "tidyxl__openxlsx1900.xlsx").value(2, 0).isoformat() == "1900-01-01T12:00:00"


def test_percentage_formats(messy: Path) -> None:
    sheet = sheet_of(messy, "tabulator-py__preserve-formatting-percentage.xlsx")
    assert (sheet.value(1, 1), sheet.number_format(1, 1)) == (0.52, "0.00%")
    old = sheet_of(messy, "calamine__gh548_incorrect_sst_unique_count.xls")
    assert old.number_format(16, 15) == "0.0%"


def test_error_cells_are_not_empty(messy: Path) -> None:
    sheet = sheet_of(messy, "tidyxl__examples.xlsm")
    assert sheet.value(0, 0) == ""
    assert sheet.cell(0, 0).error == "#DIV/0!"
    old = read_workbook(messy / "files" / "calamine__gh548_incorrect_sst_unique_count.xls")
    assert old.sheets[-1].cell(12, 10).error == "#VALUE!"


def test_a_lonely_far_cell_costs_nothing(messy: Path) -> None:
    sheet = sheet_of(messy, "tidyxl__xfd1048576.xlsx")
    assert sheet.value(1_048_575, 16_383) is False
    assert sheet.place(1_048_575, 16_383).cell == "XFD1048576"


def test_the_kind_is_told_by_content(messy: Path) -> None:
    data = (messy / "files" / "readxl__deaths.xls").read_bytes()
    assert read_workbook(data, "deaths.csv").kind is Kind.XLS


@pytest.mark.parametrize("name", ["readxl__deaths.xls", "calamine__any_sheets.xlsb", "readxl__blanks.xlsx"])
def test_every_kind_is_measured_before_it_is_read(messy: Path, name: str) -> None:
    with pytest.raises(Refused) as raised:
        read_workbook(messy / "files" / name, limits=Limits(cells=3))
    assert {problem.code for problem in raised.value.problems} == {"sheets.too_many_cells"}
