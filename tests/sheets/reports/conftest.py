"""Tables as offices draw them, made of rows."""

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from baton.engine.scheme.model import Scheme
from baton.sheets.forms import fields_of
from baton.sheets.reports import ReportMapping, read_report_mapping

MAPPING = """
language: 1
year: 2025
unit_headings: [单位, 乡镇]
ignore: [序号, 备注, 完成率]
tables:
  - files: ["*_固投*"]
    grain: month
    columns:
      固投（累计）: {figure: INV.actual, adds: true}
      固定资产投资/完成额: {figure: INV.actual, adds: true}
      年度计划: {figure: INV.target}
      工业增速: {figure: M2.actual}
      达标情况: {figure: M3.actual, words: {是: 1, 否: 0, 达标: 1, 不达标: 0}}
  - files: ["*_信访*"]
    columns: {办结: {figure: M4.numerator}, 应办: {figure: M4.denominator}}
  - files: ["*_季度*"]
    grain: quarter
    columns: {已开工: {figure: Q1.actual}, 应开工: {figure: Q1.target}}
  - files: ["*_评议*"]
    grain: year
    columns: {等次: {figure: Y2.actual}, 同口径增幅: {figure: Y1.growth, percent: fraction}}
  - files: ["*_计票*"]
    sheet: "A票"
    grain: year
    columns:
      发出: {role: check}
      收回: {role: check}
      有效: {role: check}
      无效: {role: check}
      优秀: {figure: V1.优秀}
      良好: {figure: V1.良好}
      较差: {figure: V1.较差}
    checks: ["发出 >= 收回", "收回 = 有效 + 无效", "有效 = 优秀 + 良好 + 较差"]
  - files: ["*_目标*"]
    layout: indicators_in_rows
    grain: year
    key: 个性目标
    ignore: [计量单位]
    columns: {完成数: {figure: actual}, 第1条: {figure: item1}, 第2条: {figure: item2}}
  - files: ["*_加扣分*"]
    layout: events
    grain: year
    columns:
      单位: {field: unit}
      事项代码: {field: item}
      数量: {field: quantity}
      日期: {field: on}
      级别: {field: level}
"""


@pytest.fixture(scope="session")
def mapping(scheme: Scheme) -> ReportMapping:
    """A mapping file for the small scheme."""
    return read_report_mapping(MAPPING, "对照表.yaml", fields_of(scheme))


def drawn(rows: Sequence[Sequence[Any]], name: str = "Sheet1", merged: Sequence[str] = ()) -> bytes:
    """Draw a workbook with one sheet."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = name
    for row in rows:
        sheet.append(list(row))
    for area in merged:
        sheet.merge_cells(area)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.fixture(scope="session")
def draw() -> Callable[..., bytes]:
    """`drawn`."""
    return drawn
