"""What the second pass adds to the values, and what is refused before it can do harm."""

import contextlib
import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from xlsxwriter.worksheet import Worksheet

from baton.sheets.limits import Limits
from baton.sheets.workbook import Kind, Sheet, read_workbook
from baton.words import Refused

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def written(fill: Callable[[xlsxwriter.Workbook, Worksheet], object]) -> bytes:
    """Write a workbook of one sheet."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        fill(book, book.add_worksheet("表"))
    return stream.getvalue()


def replaced(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """Rewrite one part of a package."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, change(source.read(name)) if name == part else source.read(name))
    return stream.getvalue()


def with_sheet(xml: bytes) -> bytes:
    """Put hand-written XML in place of the sheet."""
    plain = written(lambda book, sheet: sheet.write(0, 0, 1))
    return replaced(plain, "xl/worksheets/sheet1.xml", lambda _: xml)


def sheet_xml(rows: str, before: str = "") -> bytes:
    """Write a sheet part."""
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData></worksheet>'.encode()


def only(data: bytes, name: str = "a.xlsx", limits: Limits | None = None) -> Sheet:
    """Read a workbook of one sheet."""
    (sheet,) = read_workbook(data, name, limits or Limits()).sheets
    return sheet


def refusal(data: bytes, name: str = "a.xlsx", limits: Limits | None = None) -> str:
    """Read a file that must be refused with one problem, and give its code."""
    with pytest.raises(Refused) as raised:
        read_workbook(data, name, limits or Limits())
    (problem,) = raised.value.problems
    return problem.code


def styled(book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
    """Fill a sheet with everything that the value reader does not tell."""
    sheet.write(0, 0, 0.974, book.add_format({"num_format": "0%"}))
    sheet.write(0, 1, 3.945, book.add_format({"num_format": '0.00"亿元"'}))
    sheet.write(0, 2, 3.945, book.add_format({"num_format": "0.00"}))
    sheet.write(1, 0, 5)
    sheet.set_row(1, None, None, {"hidden": True})
    sheet.set_column(2, 3, None, None, {"hidden": True})
    sheet.merge_range(2, 0, 2, 2, "合并")


def test_formats_hidden_rows_and_columns_and_merged_ranges() -> None:
    sheet = only(written(styled))
    assert sheet.facts.formats == {(0, 0): "0%", (0, 1): '0.00"亿元"'}
    assert sheet.number_format(0, 2) == "0.00"
    assert sheet.facts.hidden_rows == {1}
    assert sheet.facts.hidden_columns == {2, 3}
    assert sheet.merged_from(2, 2) == (2, 0)
    cell = sheet.cell(1, 2)
    assert (cell.value, cell.hidden_row, cell.hidden_column, cell.error) == ("", True, True, "")


def test_an_unusual_way_of_writing_says_the_same() -> None:
    usual = written(styled)

    def prefixed(xml: bytes) -> bytes:
        for tag in (b"worksheet", b"sheetData", b"row", b"cols", b"col", b"c", b"v", b"mergeCells", b"mergeCell"):
            for start in (b"<", b"</"):
                for end in (b" ", b">", b"/"):
                    xml = xml.replace(start + tag + end, start + b"x:" + tag + end)
        return xml.replace(b"xmlns=", b"xmlns:x=").replace(b'hidden="1"', b"hidden='1'")

    unusual = only(replaced(usual, "xl/worksheets/sheet1.xml", prefixed))
    facts = only(usual).facts
    assert unusual.facts.formats == facts.formats
    assert unusual.facts.hidden_rows == facts.hidden_rows
    assert unusual.facts.hidden_columns == facts.hidden_columns
    assert unusual.number_format(0, 2) == "0.00"


def test_cells_without_an_address_are_counted() -> None:
    sheet = only(with_sheet(sheet_xml('<row><c><v>1</v></c><c t="e"><v>#N/A</v></c></row>')))
    assert sheet.facts.errors == {(0, 1): "#N/A"}


@pytest.mark.parametrize(
    ("cell", "lacking"),
    [
        ("<f>1+1</f>", True),
        ("<f>1+1</f><v></v>", True),
        ("<f>1+1</f><v />", True),
        ('<f t="shared" si="0"/>', True),
        ("<f>1+1</f><v>2</v>", False),
        ("<f>1+1</f><v>0</v>", False),
    ],
)
@pytest.mark.parametrize("comment", ["", "<!-- read by the parser -->"])
def test_a_formula_without_a_stored_value_is_never_an_empty_cell(cell: str, lacking: bool, comment: str) -> None:
    xml = sheet_xml(f'<row r="1"><c r="A1"><v>7</v></c><c r="B1">{cell}</c></row>', comment)
    assert only(with_sheet(xml)).facts.uncalculated == ({(0, 1)} if lacking else set())


def test_formulas_that_nobody_calculated_are_pointed_out() -> None:
    workbook = read_workbook(written(lambda book, sheet: sheet.write_formula(0, 0, "=1+1")), "a.xlsx")
    assert [problem.code for problem in workbook.problems] == ["sheets.formulas_not_calculated"]


def test_the_rule_of_a_drop_down_is_no_formula() -> None:
    def with_choice(book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
        sheet.write(0, 0, 1)
        sheet.data_validation(0, 1, 5, 1, {"validate": "list", "source": ["是", "否"]})

    assert read_workbook(written(with_choice), "a.xlsx").problems == ()


def test_an_empty_text_is_a_result() -> None:
    xml = sheet_xml('<row r="1"><c r="A1"><v>7</v></c><c r="B1" t="str"><f>""</f><v></v></c></row>')
    assert only(with_sheet(xml)).facts.uncalculated == set()


def test_a_workbook_of_the_1904_calendar(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active["A1"] = date(2022, 3, 1)
    book.save(tmp_path / "mac.xlsx")
    assert only((tmp_path / "mac.xlsx").read_bytes()).rows == [[date(2022, 3, 1)]]


def test_damage_that_the_value_reader_survives_costs_only_the_facts() -> None:
    workbook = read_workbook(with_sheet(sheet_xml('<row ht="auto"><c><v>5</v></c></row>')), "a.xlsx")
    assert workbook.sheets[0].rows == [[5]]
    assert [problem.code for problem in workbook.problems] == ["sheets.second_pass_failed"]


# Bombs and limits --------------------------------------------------------------------------------------------------


def far_apart(last: str) -> bytes:
    """Write a sheet whose two cells span a huge rectangle."""
    row = "".join(sign for sign in last if sign.isdigit())
    return with_sheet(
        sheet_xml(f'<row r="1"><c r="A1"><v>1</v></c></row><row r="{row}"><c r="{last}"><v>1</v></c></row>')
    )


def test_a_sheet_that_spans_too_much_is_refused_before_memory_is_allotted() -> None:
    assert refusal(far_apart("XFD1048576")) == "sheets.too_many_cells"
    assert refusal(far_apart("Z900000")) == "sheets.too_many_cells"
    assert refusal(far_apart("C5"), limits=Limits(cells=14)) == "sheets.too_many_cells"
    assert only(far_apart("C5"), limits=Limits(cells=15)).end_row == 5


def test_formatted_empty_cells_do_not_count() -> None:
    blank = '<row r="1048576"><c r="A1048576" s="0"/><c r="XFD1048576" s="0"/></row>'
    assert only(with_sheet(sheet_xml(f'<row r="1"><c r="A1"><v>1</v></c></row>{blank}'))).rows == [[1.0]]


def test_a_decompression_bomb_is_refused_unopened() -> None:
    bomb = with_sheet(b"<worksheet>" + b" " * 40_000_000)
    assert refusal(bomb) == "sheets.packed_too_tightly"
    assert refusal(bomb, limits=Limits(unpacked_bytes=1 << 20)) == "sheets.unpacked_too_large"


def test_a_package_that_lies_about_its_sizes_is_broken() -> None:
    data = with_sheet(b"<worksheet>" + b" " * 100_000)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        size = package.getinfo("xl/worksheets/sheet1.xml").file_size
    assert refusal(data.replace(size.to_bytes(4, "little"), (99).to_bytes(4, "little"))) == "sheets.broken_file"


def test_an_entity_bomb_is_refused() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'
    assert refusal(with_sheet(bomb)) == "sheets.document_type"
    strings = replaced(written(lambda book, sheet: sheet.write(0, 0, "x")), "xl/sharedStrings.xml", lambda _: bomb)
    assert refusal(strings) == "sheets.document_type"


def open_document(rows: str) -> bytes:
    """Write an OpenDocument sheet from its rows."""
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
        ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
        f'<office:body><office:spreadsheet><table:table table:name="s">{rows}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content)
        package.writestr("META-INF/manifest.xml", "<manifest/>")
    return stream.getvalue()


def test_an_open_document_with_a_million_repeated_rows_is_refused() -> None:
    cell = '<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="1000"/>'
    row = f'<table:table-row table:number-rows-repeated="1000000">{cell}</table:table-row>'
    assert refusal(open_document(row), "a.ods") == "sheets.too_many_cells"


def test_what_an_open_document_says_beside_its_values() -> None:
    percent = (
        '<table:table-cell office:value-type="percentage" office:value="0.4"><text:p>40%</text:p></table:table-cell>'
    )
    error = (
        '<table:table-cell table:formula="of:=1/0" office:value-type="string" calcext:value-type="error">'
        "<text:p>#DIV/0!</text:p></table:table-cell>"
    )
    rows = (
        f'<table:table-row>{percent}{error}</table:table-row><table:table-row table:visibility="collapse">'
        '<table:table-cell office:value-type="float" office:value="5" table:number-rows-spanned="2"/></table:table-row>'
    )
    sheet = only(open_document(rows), "a.ods")
    assert (sheet.value(0, 0), sheet.number_format(0, 0)) == (0.4, "0.00%")
    assert sheet.facts.errors == {(0, 1): "#DIV/0!"}
    assert sheet.facts.hidden_rows == {1}
    assert list(sheet.facts.merged) == [(1, 0, 2, 0)]


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.xlsx", "sheets.empty_file"),
        (b"PK\x03\x04 and then nothing", "a.xlsx", "sheets.broken_file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "a.xls", "sheets.broken_file"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "a.xls", "sheets.html_not_workbook"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            "a.xls",
            "sheets.xml_2003",
        ),
        (b"\x09\x08 nothing known", "a.bin", "sheets.text_not_workbook"),
        (b"\n\n", "a.csv", "sheets.nothing_in_it"),
        (b'a,b\n"1,2\n', "a.csv", "sheets.broken_quoting"),
        (b"a,b\n1,\x002\n", "a.csv", "sheets.zero_byte"),
        (b"a,b\n\x81\xff,2\n", "a.csv", "sheets.unknown_encoding"),
    ],
)
def test_what_is_no_workbook_is_refused_by_name(data: bytes, name: str, code: str) -> None:
    assert refusal(data, name) == code


def test_size_limits() -> None:
    assert refusal(b"a,b\n1,2\n", "a.csv", Limits(file_bytes=4)) == "sheets.file_too_large"
    assert refusal(b"a,b\n1,2\n3,4\n", "a.csv", Limits(cells=4)) == "sheets.too_many_cells"
    assert refusal(
        written(lambda book, sheet: (sheet.write(0, 0, 1), book.add_worksheet())), limits=Limits(sheets=1)
    ) == ("sheets.too_many_sheets")
    assert refusal(written(lambda book, sheet: None)) == "sheets.nothing_in_it"


def test_a_missing_file_is_a_problem_and_no_traceback(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"sheets\.unreadable_file"):
        read_workbook(tmp_path / "nowhere.xlsx")


# Text tables -------------------------------------------------------------------------------------------------------

TABLE = "单位,固定资产投资（万元）\n白水镇,39450\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gbk", "gb18030"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_every_way_of_saving_text_gives_the_same_table(encoding: str, line_end: str, separator: str) -> None:
    text = TABLE.replace(",", separator).replace("\n", line_end)
    workbook = read_workbook(text.encode(encoding), "a.csv")
    assert workbook.kind is Kind.CSV
    assert workbook.sheets[0].rows == [["单位", "固定资产投资（万元）"], ["白水镇", "39450"]]
    assert workbook.separator == separator


def test_the_separator_hint_of_excel() -> None:
    assert only(b"sep=;\n1,5;2\n", "a.csv").rows == [["1,5", "2"]]


def test_an_unquoted_comma_is_pointed_out() -> None:
    lines = "".join(f"单位{number},{number}\n" for number in range(20))
    workbook = read_workbook(f"单位,投资\n{lines}白水镇,39,450\n".encode(), "a.csv")
    assert [(problem.code, problem.place.line) for problem in workbook.problems] == [("sheets.uneven_rows", 22)]


@given(st.sampled_from(["xlsx", "xls", "ods", "csv"]), st.data())
@settings(max_examples=60, deadline=None)
def test_a_damaged_file_is_read_or_refused(kind: str, data: st.DataObject) -> None:
    whole = {"xlsx": written(styled), "csv": TABLE.encode("gbk"), "ods": open_document("<table:table-row/>")}
    damaged = bytearray(whole.get(kind, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1500)))
    for _ in range(data.draw(st.integers(1, 5))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(Refused):
        read_workbook(bytes(damaged), f"a.{kind}")
