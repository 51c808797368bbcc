"""A report drawn as a sheet with units in rows: title, a line of particulars, header, rows, totals, notes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from baton.engine.scheme.units import Unit
from baton.example.figures.draw import Draw
from baton.example.workbooks.content import HUNDRED_MILLION, as_text, number, shown
from baton.example.workbooks.grid import Content, Grid, Spot
from baton.example.workbooks.house import MONEY, House
from baton.example.workbooks.reports import GROUP_WORDS, Report
from baton.sheets.forms import Field, Sort, period_words

ADDED_UP = frozenset({"万元", "亩", "吨", "个", "件", "项", "人", "人次", "宗"})
"""Units of measure whose figures are worth a total."""
EXPLANATION = "说明：以下数据由牵头部门统一填报，报送前已与各单位核对。"


@dataclass(frozen=True)
class Variation:
    """In what a single sheet departs from the style of its house; every departure is one that needs no question.

    `texts`: figures typed as text; `header`: merged header rows, a line of explanation, other order and names; `date`:
    another way to write the period; `absent`: what stands where there is no figure; `former_names`: units under a name
    they had before.
    """

    texts: bool = False
    header: bool = False
    date: str = ""
    absent: tuple[str, ...] = ()
    former_names: Mapping[str, str] = field(default_factory=dict)


@dataclass
class _Pen:
    """What drawing one sheet needs at every step."""

    report: Report
    house: House
    variation: Variation
    units: Mapping[str, Unit]
    draw: Draw
    grid: Grid
    row: int = 0

    @property
    def heading_period(self) -> str:
        return self.variation.date or period_words(self.report.period)


def drawn(report: Report, house: House, variation: Variation, units: Mapping[str, Unit], draw: Draw, name: str) -> Grid:
    """Draw a report; the grid knows where each figure stands. `name` is the sheet's where the file is plain text."""
    sheet = "Sheet1" if draw.chance(0.4) else report.subject[:20]
    pen = _Pen(report, house, variation, units, draw, Grid(name if house.encoding else sheet))
    columns = _columns(pen)
    if not house.encoding:
        _above(pen, len(columns))
    _header(pen, columns)
    _body(pen, columns)
    if not house.encoding:
        _below(pen, columns)
    return pen.grid


type Columns = list[str | Field]


def _columns(pen: _Pen) -> Columns:
    """Order the columns; words stand for columns that are no figures."""
    figures: list[Field] = list(pen.report.fields)
    if pen.variation.header:
        figures.reverse()
    front: Columns = ["序号"] if pen.house.numbered else []
    front += ["期间", pen.house.unit_head] if pen.house.period_in == "column" else [pen.house.unit_head]
    if pen.variation.header and pen.house.numbered and len(front) == 2:
        front.reverse()
    helper: Columns = ["辅助列"] if pen.house.helpers else []
    return [*front, *helper, *figures, *(["备注"] if pen.house.remarks else [])]


def _above(pen: _Pen, width: int) -> None:
    grid, report, last = pen.grid, pen.report, max(width - 1, 2)
    where = f"（{GROUP_WORDS[report.group]}）" if report.group else ""
    state = "（初步数）" if report.provisional else "（核定数）" if report.mark == "核定数" else ""
    state += "（更正）" if report.mark.startswith("更正") else ""
    grid.merge(0, 0, 0, last, f"云渡县{report.subject}{pen.house.title_words}{where}{state}", "title")
    sender = f"填报单位：{pen.units[report.who].short_name or pen.units[report.who].name}"
    money = any(one.unit == MONEY for one in report.fields) and not pen.house.units_in_heads
    unit = f"单位：{pen.house.money}" if money else ""
    if pen.house.period_in == "cells" and not (money and width < 3):
        grid.put(1, 0, sender, "line")
        grid.put(1, 1, pen.heading_period, "line")
        if unit:
            grid.put(1, last, unit, "line")
    else:
        period = "" if pen.house.period_in == "column" else f"　　期间：{pen.heading_period}"
        grid.merge(1, 0, 1, last, f"{sender}{period}{'　　' + unit if unit else ''}", "line")
    pen.row = 2
    if pen.variation.header:
        grid.merge(pen.row, 0, pen.row, last, EXPLANATION, "line")
        pen.row += 1
    if pen.house.helpers:
        grid.put(pen.row, 0, "辅助行", "text")
        grid.hidden_rows.add(pen.row)
        pen.row += 1


def _header(pen: _Pen, columns: Columns) -> None:
    """Draw one row of headings, or two with the subject merged above its figures."""
    grid, top = pen.grid, pen.row
    two = pen.variation.header and not pen.house.encoding
    bottom = top + 1 if two else top
    for place, column in enumerate(columns):
        if isinstance(column, str):
            grid.merge(top, place, bottom, place, column, "head")
            if column == "辅助列":
                grid.hidden_columns.add(place)
        else:
            grid.put(bottom, place, pen.house.head(column), "head")
    if two:
        places = [place for place, column in enumerate(columns) if isinstance(column, Field)]
        grid.merge(top, places[0], top, places[-1], pen.report.subject, "head")
    pen.row = bottom + 1


def _body(pen: _Pen, columns: Columns) -> None:
    for line, code in enumerate(_order(pen), 1):
        for place, column in enumerate(columns):
            if isinstance(column, Field):
                _figure(pen, code, column, place)
            else:
                content, style = _word(pen, column, code, line)
                pen.grid.put(pen.row, place, content, style)
                if column == pen.house.unit_head:
                    pen.grid.unit_cells[code] = (pen.row, place)
        pen.row += 1


def _order(pen: _Pen) -> list[str]:
    """Give the units in the scheme's order; under another header in the order of their names."""
    units = list(pen.report.units)
    return sorted(units, key=lambda code: pen.units[code].name) if pen.variation.header else units


def _word(pen: _Pen, column: str, code: str, line: int) -> tuple[Content, str]:
    if column == "序号":
        return line, "number"
    if column == "期间":
        return pen.heading_period, "text"
    if column == pen.house.unit_head:
        unit = pen.units[code]
        name = unit.short_name if pen.house.short_names and unit.short_name else unit.name
        return pen.variation.former_names.get(code, name), "text"
    return (code, "text") if column == "辅助列" else (None, "text")


def _figure(pen: _Pen, code: str, column: Field, place: int) -> None:
    value = pen.report.figures.get((code, column.series, column.figure))
    content, style = shown(value, column, pen.house)
    if content is None and pen.variation.absent:
        content, style = pen.draw.one_of(pen.variation.absent), "text"
    typed = column.sort in (Sort.NUMBER, Sort.AMOUNT) and style == "number" and pen.variation.texts
    if value is not None and typed and pen.draw.chance(0.6):
        content, style = as_text(value, column, pen.house, pen.draw), "text"
    pen.grid.put(pen.row, place, content, style)
    pen.grid.spots[pen.row, place] = Spot(code, column, value)


def _below(pen: _Pen, columns: Columns) -> None:
    added = [p for p, c in enumerate(columns) if isinstance(c, Field) and c.unit in ADDED_UP and c.sort is Sort.NUMBER]
    if pen.house.totals and added and len(pen.report.units) > 1:
        pen.grid.put(pen.row, columns.index(pen.house.unit_head), "合计", "text")
        for place in added:
            values = [spot.value for (_, at), spot in pen.grid.spots.items() if at == place and spot.value is not None]
            total = sum(values, Decimal(0))
            in_money = getattr(columns[place], "unit", "") == MONEY and pen.house.money != MONEY
            pen.grid.put(pen.row, place, number(total / HUNDRED_MILLION if in_money else total), "number")
            pen.grid.totals[pen.row, place] = total
        pen.row += 1
    last = max(len(columns) - 1, 2)
    if pen.report.mark.startswith("更正"):
        pen.grid.merge(pen.row, 0, pen.row, last, "说明：原报数录入有误，更正后以本表为准；未列单位不变。", "note")
        pen.row += 1
    if pen.house.notes:
        pen.grid.merge(pen.row, 0, pen.row, last, "注：数据截至期末，如有疑问请与填表人联系。", "note")
        pen.grid.merge(pen.row + 1, 0, pen.row + 1, last, "填表人：　　　审核人：　　　签发人：", "note")
        pen.row += 2
