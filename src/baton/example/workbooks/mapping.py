"""The mapping file that lies beside the workbooks: which headings of which files are which figures."""

from collections.abc import Iterable
from decimal import Decimal
from itertools import groupby
from typing import Any

import yaml

from baton.example.figures import CountyYear
from baton.example.figures.draw import Draw
from baton.example.workbooks.content import number
from baton.example.workbooks.house import CHECKED, TRUTHS, headings, house_of
from baton.example.workbooks.layout import ADDED_UP
from baton.example.workbooks.own import BALLOT_HEADS, BALLOT_SHEETS, BALLOTS, EVENT_HEADS, EVENTS, GOALS, OPTIONS
from baton.example.workbooks.reports import Report, table_reports
from baton.sheets.forms import Field, Sort, grain_of

NAME = "对照表.yaml"
_HEAD = """\
# 对照表：各单位报表的文件名、表头各是什么。表头按原文写，括号里的计量单位不用写。
# figure 写“数据系列.数据项”；percent 指没有写百分号的数怎么读：points 是 97.4，as_shown 是看单元格本身。
"""


def mapping_text(year: CountyYear) -> str:
    """Write the mapping file of a year's workbooks."""
    tables = [_table(year, list(reports)) for _, reports in _by_subject(table_reports(year))]
    data = {
        "language": 1,
        "year": year.year,
        "unit_headings": ["单位", "单位名称", "乡镇", "部门", "被考核单位"],
        "period_headings": ["期间"],
        "total_rows": ["合计"],
        "ignore": ["序号", "备注", "辅助列"],
        "version_mark": "更正",
        "preliminary_marks": ["初步数"],
        "tables": [*tables, _goals(), *_ballots(), _events()],
    }
    return _HEAD + yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=110, default_flow_style=None)


def _by_subject(reports: Iterable[Report]) -> Iterable[tuple[str, Iterable[Report]]]:
    return groupby(sorted(reports, key=lambda report: report.subject), key=lambda report: report.subject)


def _table(year: CountyYear, reports: list[Report]) -> dict[str, Any]:
    first = reports[0]
    house = house_of(Draw(year.seed, "house", first.who, first.subject), first.subject, first.group)
    percent = "points" if house.percent == "points" else "as_shown"
    fields = {field.key: field for report in reports for field in report.fields}
    columns: dict[str, Any] = {}
    for field in fields.values():
        for head in headings(field):
            columns[head] = _column(field, percent)
    files = [f"*_{first.subject}", f"*_{first.subject}_*"]
    return {"files": files, "layout": "units_in_rows", "grain": str(grain_of(first.period)), "columns": columns}


def _column(field: Field, percent: str) -> dict[str, Any]:
    column: dict[str, Any] = {"figure": field.key}
    if field.unit == "%" and field.sort is Sort.NUMBER:
        column["percent"] = percent
    if field.sort is Sort.AMOUNT:
        column["words"] = {word: number(Decimal(amount)) for word, amount in CHECKED.items()}
    if field.sort is Sort.TRUTH:
        column["words"] = {word: int(amount) for word, amount in TRUTHS.items()}
    if field.unit in ADDED_UP and field.sort is Sort.NUMBER:
        column["adds"] = True
    return column


def _goals() -> dict[str, Any]:
    columns: dict[str, Any] = {"完成数": {"figure": "actual", "percent": "points"}}
    columns |= {f"第{n}条": {"figure": f"item{n}"} for n in (1, 2, 3, 4)}
    return {
        "files": [f"*_{GOALS}"],
        "layout": "indicators_in_rows",
        "grain": "year",
        "key": "个性目标",
        "unit_from": "填报单位",
        "ignore": ["目标值", "计量单位"],
        "columns": columns,
    }


def _ballots() -> list[dict[str, Any]]:
    found = []
    for sheet, series in BALLOT_SHEETS.items():
        columns: dict[str, Any] = {option: {"figure": f"{series}.{option}"} for option in OPTIONS}
        for head in BALLOT_HEADS[2:-4]:
            due = head == "应到" and series == "D_C"
            columns[head] = {"figure": f"{series}.due"} if due else {"role": "check"}
        checks = ["收回 = 有效 + 无效 + 弃权", "有效 = " + " + ".join(OPTIONS)]
        table = {"files": [f"*_{BALLOTS}_*"], "sheet": sheet, "layout": "units_in_rows", "grain": "year"}
        found.append({**table, "columns": columns, "checks": checks})
    return found


def _events() -> dict[str, Any]:
    columns = {head: {"field": field} for head, field in EVENT_HEADS.items()}
    return {"files": [f"*_{EVENTS}"], "layout": "events", "grain": "year", "columns": columns}
