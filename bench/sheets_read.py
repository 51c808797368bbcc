"""Reading workbooks beside openpyxl: one of a million cells, and a thousand small reporting workbooks.

Run: PYTHONPATH=src python bench/sheets_read.py [rows] [workbooks]. Both readers take turns, the best of three counts.
openpyxl only reads values (read-only mode); ours also types them, checks them and finds the table.
"""

import random
import sys
import tempfile
from pathlib import Path

import openpyxl
import xlsxwriter

from baton.engine.scheme.units import Unit
from baton.sheets.table import Column, Holds, find_table_in
from baton.sheets.units import UnitNames, find_units
from baton.sheets.workbook import read_workbook
from table import MISSED, Row
from timing import best

FIGURES = 19
BUDGET_RATIO, BUDGET_SECONDS = 5.0, 20.0


def write_large(path: Path, rows: int) -> None:
    """Write one sheet of `rows` x 20 cells: a unit and 19 figures of two decimals."""
    chance = random.Random(1)
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("数据")
        sheet.write_row(0, 0, ["单位", *(f"指标{number}（万元）" for number in range(FIGURES))])
        for row in range(1, rows):
            sheet.write_row(row, 0, [f"单位{row % 85}", *(round(chance.random() * 1e5, 2) for _ in range(FIGURES))])


def write_small(path: Path, units: list[Unit], number: int) -> None:
    """Write a reporting workbook as lead departments send them: titles, 85 units, three figures, a total, notes."""
    chance = random.Random(number)
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet(f"{number % 12 + 1}月")
        percent = book.add_format({"num_format": "0.0%"})
        sheet.merge_range(0, 0, 0, 5, "云渡县2026年主要指标完成情况表")
        sheet.write(1, 0, "填报单位：县发改局")
        sheet.write_row(2, 0, ["序号", "单位名称", "固定资产投资（亿元）", "完成率", "招商引资", "备注"])
        for row, unit in enumerate(units, 3):
            sheet.write_row(row, 0, [row - 2, unit.short_name if row % 3 else unit.name, round(chance.random() * 9, 3)])
            sheet.write_number(row, 3, round(chance.random(), 3), percent)
            sheet.write(row, 4, f"{chance.randrange(1000, 99999):,}" if row % 5 else "—")
        sheet.write_row(len(units) + 3, 0, ["", "合计", 1])
        sheet.write(len(units) + 4, 0, "注：数据来源县统计局。")


def ours(path: Path, columns: list[Column], names: UnitNames | None = None) -> int:
    """Read, find the table, type and check every figure (and match the units); give the number of cells."""
    table = find_table_in(read_workbook(path), columns)
    cells = 0
    for column in columns:
        if column.holds is Holds.NUMBER:
            read = table.numbers(column.key)
            assert not read.problems, read.problems[:3]
            cells += len(read.scaled)
    given = table.texts("unit")
    if names is not None:
        _, problems = find_units(names, given, lambda index: table.place(table.rows[index], "unit"))
        assert not problems, problems[:3]
    return cells + len(given)


def theirs(path: Path) -> int:
    """Read the values with openpyxl in read-only mode; give the number of cells."""
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    return sum(len(row) for row in book.worksheets[0].iter_rows(values_only=True))


def main(rows: int = 50_000, workbooks: int = 1_000) -> int:
    """Tell both comparisons; the exit code is 3 when a budget is missed."""
    with tempfile.TemporaryDirectory() as folder:
        large = Path(folder) / "large.xlsx"
        write_large(large, rows)
        columns = [Column("unit", ("单位",), Holds.UNIT)]
        columns += [Column(f"m{number}", (f"指标{number}",), unit="万元") for number in range(FIGURES)]
        mine, peer = best([lambda: ours(large, columns), lambda: theirs(large)], 3)
        what = f"{rows * 20:,} cells from one workbook, typed and checked; openpyxl read-only, values only"
        ratio = peer / mine
        met = Row(what, mine, "s", f">= {BUDGET_RATIO:g}", ratio >= BUDGET_RATIO, peer, ratio).tell()
        units = [Unit(code=f"T{number:02}", name=f"第{number}镇", short_name=f"第{number}") for number in range(85)]
        small = [Path(folder) / f"{number}.xlsx" for number in range(workbooks)]
        for number, path in enumerate(small):
            write_small(path, units, number)
        columns = [Column("unit", ("单位名称",), Holds.UNIT), Column("M01", ("固定资产投资",), unit="万元")]
        columns += [Column("M02", ("完成率",), unit="%"), Column("M03", ("招商引资",), unit="万元")]
        names = UnitNames(units)
        (taken,) = best([lambda: [ours(path, columns, names) for path in small]], 1)
        what = f"{workbooks:,} reporting workbooks of {len(units)} units, read, typed and units matched"
        most = BUDGET_SECONDS * workbooks / 1_000
        met &= Row(what, taken, "s", f"<= {most:g} s", taken <= most).tell()
    return 0 if met else MISSED


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
