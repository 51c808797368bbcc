"""A small scheme with a figure of every sort, and forms filled in as an officer would."""

from collections.abc import Callable, Mapping
from io import BytesIO

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from baton.engine.scheme.model import Scheme
from baton.engine.scheme.text import from_yaml

SCHEME = """
language: 1
code: SMALL
name: 小县方案
effective_from: 2025-01-01
effective_to: 2025-12-31
groups:
  - {code: A, name: 甲组, root: S}
  - {code: B, name: 乙组, root: S}
units:
  - {code: T1, name: 白水镇, short_name: 白水, group: A}
  - {code: T2, name: 清河镇, short_name: 清河, group: A}
  - {code: T3, name: 石门乡, short_name: 石门, group: A}
  - {code: D1, name: 县发展和改革局, short_name: 县发改局, aliases: [县发改委], group: B}
  - {code: D2, name: 县教育局, group: B}
  - {code: X1, name: 县物价局, valid_to: 2024-06-30, successors: [D1]}
nodes:
  - {code: S, name: 总分}
indicators:
  - {code: M1, name: 固定资产投资序时完成率, parent: S, points: {A: 20}, unit: 万元, rule: {kind: time_progress, step: 0.02},
     target: {spread: proportional}, series: INV, figures: {actual: 累计完成投资, target: 年度计划}, frequency: month,
     aggregation: last, lead: D1, definition: 累计完成÷计划}
  - {code: M2, name: 工业增速, parent: S, points: {A: 10}, unit: "%", rule: {kind: efficacy_linear}, figures: {actual: 累计增速},
     frequency: month, aggregation: last, lead: D1}
  - {code: M3, name: 水质达标, parent: S, points: {A: 10}, unit: 是/否, rule: {kind: attain, line: 1}, figures: {actual: 是否达标},
     frequency: month, aggregation: minimum, lead: D2}
  - {code: M4, name: 信访按期办结率, parent: S, points: {"*": 10}, unit: "%", rule: {kind: threshold_deduct, line: 98, step: 0.05},
     value: {kind: ratio}, figures: {numerator: 按期办结数（件）, denominator: 应办结数（件）}, frequency: month, aggregation: sum,
     lead: D1}
  - {code: M5, name: 环境抽查, parent: S, points: {A: 10}, unit: 分, rule: {kind: rank_points, step: 0.03, raters: 2},
     figures: {rater1: 一组得分, rater2: 二组得分}, frequency: month, aggregation: last, lead: D2}
  - {code: Q1, name: 开工率, parent: S, points: {A: 5}, unit: 个, rule: {kind: completion}, target: {frequency: quarter},
     figures: {actual: 已开工, target: 应开工}, frequency: quarter, lead: D1}
  - {code: Y1, name: 税收, parent: S, points: {A: 10}, unit: 万元,
     rule: {kind: composite, parts: [
       {code: completion, name: 完成率, share: 0.6, rule: {kind: completion}},
       {code: growth, name: 增幅, share: 0.4, rule: {kind: growth, step: 0.02, reference: group_mean}, figures: {actual: growth}}]},
     figures: {actual: 本年入库, target: 年度任务, growth: 同口径增幅（%）}, lead: D1}
  - {code: Y2, name: 党建评议, parent: S, points: {"*": 5}, unit: 等次, rule: {kind: level_table, levels: {好: 1, 较好: 0.85, 一般: 0.6}},
     figures: {actual: 评价等次}, lead: D2}
  - {code: Y3, name: 责任清单, parent: S, points: {"*": 5}, unit: 项, rule: {kind: checklist, items: 3}, lead: D2,
     figures: {item1: 责任1, item2: 责任2, item3: 责任3}}
  - {code: Y4, name: 民生实事, parent: S, points: {A: 5}, unit: 项, rule: {kind: checklist, items: by_unit}, lead: D2, missing: exclude,
     figures: {item1: 实事1, item2: 实事2}}
  - {code: Y5, name: 同比增长, parent: S, points: {A: 5}, unit: "%", rule: {kind: min_max}, value: {kind: growth}, lead: D1,
     figures: {actual: 本年数（万元）, previous: 上年数（万元）}}
  - {code: Y6, name: 上级考核折算, parent: S, points: {"*": 5}, unit: 分, rule: {kind: conversion}, lead: D2,
     figures: {actual: 上级得分, upper_full: 上级满分}}
  - {code: Y7, name: 耕地违法, parent: S, points: {A: 5}, unit: 宗, direction: lower, lead: D1,
     rule: {kind: per_case_deduct, cases: {new_case: 0.1, old_case: 0.3}}, figures: {new_case: 新增, old_case: 逾期未改}}
  - {code: Y8, name: 热线综合, parent: S, points: {"*": 5}, unit: 分, rule: {kind: bands, edges: [85, 95], shares: [0.6, 1]},
     value: {kind: weighted_sum, terms: {on_time: 0.6, solved: 0.4}}, figures: {on_time: 按期率（%）, solved: 解决率（%）}, lead: D1}
  - {code: G1, name: 新建学校 2 所, parent: S, points: {B: 5}, units: [D2], unit: 所, rule: {kind: completion}, target: {value: 2},
     figures: {actual: 完成数}, lead: D1, reporter: unit, evidence: required}
  - {code: G2, name: 短板整改, parent: S, points: {B: 5}, units: [D2], unit: 条, rule: {kind: checklist, items: 2},
     figures: {item1: 第1条, item2: 第2条}, lead: D1, reporter: unit}
  - {code: V1, name: "A票：县级领导", parent: S, points: {"*": 5}, unit: 票, lead: D1, missing: exclude, zero_denominator: exclude,
     rule: {kind: ballot, options: {优秀: 100, 良好: 80, 较差: 40}, minimum_valid: 5, minimum_turnout: 0.5},
     figures: {优秀: 优秀, 良好: 良好, 较差: 较差, due: 应到（人）}}
bonuses:
  - {code: B1, name: 受表彰, measure: {kind: level, levels: {国家级: 3, 省级: 2}}, cap: 3}
deductions:
  - {code: K1, name: 逾期整改, measure: {kind: quantity, rate: 0.3}, cap: 1.5}
vetoes:
  - {code: N1, name: 安全事故, consequence: {kind: grade_cap, grade: 良好}, basis: 文件}
grading: {grades: [{code: 优秀, name: 优秀, at_least: 90}, {code: 良好, name: 良好, at_least: 80}]}
"""


@pytest.fixture(scope="session")
def scheme() -> Scheme:
    """The small scheme."""
    (only,) = from_yaml(SCHEME, "small.yaml")
    return only


type Entries = Mapping[tuple[str, str], object]


def _rows_and_columns(sheet: Worksheet) -> tuple[dict[str, int], dict[str, int]]:
    """Find the rows by what stands in the code column (or the name column), and the columns by their codes."""
    columns = {str(cell.value): cell.column for cell in sheet[3] if cell.value is not None}
    by = columns.get("=field") or columns.get("=unit")
    rows = {str(sheet.cell(row, by).value): row for row in range(4, sheet.max_row + 1) if sheet.cell(row, by).value}
    return rows, columns


def fill(form: bytes, entries: Entries, sheet: str | None = None) -> bytes:
    """Type entries into a form: by unit and column code, or by field code and `=entry` in a unit's own form."""
    book = openpyxl.load_workbook(BytesIO(form))
    target = book[sheet] if sheet else book.worksheets[0]
    rows, columns = _rows_and_columns(target)
    for (row, column), value in entries.items():
        cell = target.cell(rows[row], columns[column])
        assert not cell.protection.locked, f"{cell.coordinate} is locked"
        cell.value = value
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    """Give the bytes of a workbook."""
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def cell_of(form: bytes, row: str, column: str, sheet: str | None = None) -> str:
    """Give the A1 reference of an entry cell."""
    book = openpyxl.load_workbook(BytesIO(form))
    target = book[sheet] if sheet else book.worksheets[0]
    rows, columns = _rows_and_columns(target)
    return str(target.cell(rows[row], columns[column]).coordinate)


@pytest.fixture(scope="session")
def filled() -> Callable[..., bytes]:
    """`fill`."""
    return fill


@pytest.fixture(scope="session")
def address() -> Callable[..., str]:
    """`cell_of`."""
    return cell_of
