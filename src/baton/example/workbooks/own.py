"""The sheets that are no tables of units: a department's goals, the tally of ballots, the year's events."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from baton.engine.scheme.adjustments import Event
from baton.engine.scheme.indicators import Indicator
from baton.engine.terms import plain
from baton.example.figures import CountyYear
from baton.example.figures.draw import Draw
from baton.example.workbooks.content import number
from baton.example.workbooks.grid import Content, Grid
from baton.example.workbooks.reports import GROUP_WORDS

GOALS, BALLOTS, EVENTS = "部门职能目标", "民主测评计票", "加扣分事项"
GOAL_HEADS = ("序号", "个性目标", "目标值", "计量单位", "完成数", "第1条", "第2条", "第3条", "第4条", "备注")
BALLOT_HEADS = ("序号", "单位", "应到", "发出", "收回", "有效", "无效", "弃权", "优秀", "良好", "一般", "较差")
OPTIONS = BALLOT_HEADS[-4:]
BALLOT_SHEETS = {"A票": "D_A", "B票": "D_B", "C票": "D_C"}
EVENT_HEADS = {
    "单位": "unit",
    "事项代码": "item",
    "同一事项编号": "matter",
    "级别": "level",
    "数量": "quantity",
    "认定分值": "points",
    "份额": "share",
    "涉及指标": "indicator",
    "日期": "on",
    "文号": "document",
    "是否认定": "confirmed",
    "说明": "note",
}


@dataclass(frozen=True)
class OwnSheets:
    """A workbook of one of these kinds: who sends it, its subject, the group it is about, and its sheets."""

    who: str
    subject: str
    group: str
    grids: tuple[Grid, ...]


def own_sheets(year: CountyYear) -> Iterator[OwnSheets]:
    """Give all workbooks of these kinds."""
    figures = {(o.unit, o.series, o.figure): o.value for o in year.observations if o.period == str(year.year)}
    goals: dict[str, list[Indicator]] = {}
    for one in year.scheme.indicators:
        if one.parent == "Y26":
            goals.setdefault(one.units[0], []).append(one)
    for unit, own in goals.items():
        yield OwnSheets(unit, GOALS, "", (_goals(year, unit, own, figures),))
    for group, words in GROUP_WORDS.items():
        units = [
            unit.code for unit in year.scheme.units if unit.group == group and (unit.code, "D_A", "优秀") in figures
        ]
        if units:
            sheets = (_ballot(year, name, series, words, units, figures) for name, series in BALLOT_SHEETS.items())
            yield OwnSheets("D06", BALLOTS, group, tuple(sheets))
    yield OwnSheets("D06", EVENTS, "", (_events(year, year.events),))


type Known = dict[tuple[str, str, str], Decimal | None]


def _goals(year: CountyYear, unit: str, own: list[Indicator], figures: Known) -> Grid:
    grid, last = Grid("个性目标"), len(GOAL_HEADS) - 1
    names = {one.code: one.name for one in year.scheme.units}
    grid.merge(0, 0, 0, last, f"{year.year}年度部门职能目标完成情况表", "title")
    grid.merge(1, 0, 1, last, f"填报单位：{names[unit]}　　期间：{year.year}年度　　分管县领导（签字）：", "line")
    for column, head in enumerate(GOAL_HEADS):
        grid.put(2, column, head, "head")
    for row, one in enumerate(own, 3):
        target = one.target.value if one.rule.kind == "completion" else getattr(one.rule, "line", None)
        cells: list[Content] = [row - 2, one.name, None if target is None else number(target), one.unit]
        for figure in ("actual", "item1", "item2", "item3", "item4"):
            value = figures.get((unit, one.series_code, figure))
            cells.append("/" if value is None else number(value))
        for column, content in enumerate([*cells, None]):
            style = "left" if column == 1 else "text" if isinstance(content, str) else "number"
            grid.put(row, column, content, style)
    grid.unit_cells = {one.code: (row, 1) for row, one in enumerate(own, 3)}
    grid.merge(3 + len(own), 0, 3 + len(own), last, "注：每项须附佐证材料，由考核办核定。", "note")
    return grid


def _ballot(year: CountyYear, name: str, series: str, words: str, units: list[str], figures: Known) -> Grid:
    grid, last = Grid(name), len(BALLOT_HEADS) - 1
    names = {one.code: one.name for one in year.scheme.units}
    grid.merge(0, 0, 0, last, f"{year.year}年度民主测评{name}计票汇总表（{words}）", "title")
    grid.merge(1, 0, 1, last, f"计票单位：县委组织部　　期间：{year.year}年度", "line")
    for column, head in enumerate(BALLOT_HEADS):
        grid.put(2, column, head, "head")
    for row, unit in enumerate(units, 3):
        votes = [int(figures[unit, series, option] or 0) for option in OPTIONS]
        counts = _counts(year, unit, series, sum(votes), figures)
        cells: list[Content] = [row - 2, names[unit], *counts, *votes]
        for column, content in enumerate(cells):
            grid.put(row, column, content, "text" if isinstance(content, str) else "number")
        grid.unit_cells[unit] = (row, 1)
    return grid


def _counts(year: CountyYear, unit: str, series: str, valid: int, figures: Known) -> list[int]:
    """Give due, issued, returned, valid, spoilt and abstained, which agree: returned = valid + spoilt + abstained."""
    draw = Draw(year.seed, "counts", unit, series)
    spoilt, abstained = draw.whole(0, 2), draw.whole(0, 2)
    returned = valid + spoilt + abstained
    due = figures.get((unit, series, "due"))
    most = returned + draw.whole(0, 3)
    return [int(due) if due is not None else most, min(most, int(due)) if due is not None else most, returned, valid,
            spoilt, abstained]  # fmt: skip


def _events(year: CountyYear, events: tuple[Event, ...]) -> Grid:
    heads = ("序号", *EVENT_HEADS)
    grid = Grid(EVENTS, wide_columns={heads.index("文号"), heads.index("说明")})
    names = {one.code: one.name for one in year.scheme.units}
    grid.merge(0, 0, 0, len(heads) - 1, f"{year.year}年度加分、扣分、一票否优事项汇总表", "title")
    grid.merge(1, 0, 1, len(heads) - 1, f"填报单位：县委组织部　　期间：{year.year}年度", "line")
    for column, head in enumerate(heads):
        grid.put(2, column, head, "head")
    for row, event in enumerate(events, 3):
        grid.put(row, 0, row - 2, "number")
        for column, field in enumerate(EVENT_HEADS.values(), 1):
            content = _event_cell(event, field, names)
            grid.put(row, column, content, "text" if isinstance(content, str) else "number")
        grid.unit_cells[f"{row}"] = (row, 1)
    return grid


def _event_cell(event: Event, field: str, names: dict[str, str]) -> Content:
    value = getattr(event, field)
    if field == "unit":
        return names[event.unit]
    if field == "confirmed":
        return "是" if value else "否"
    if field == "share" and value == 1:
        return None
    if isinstance(value, Decimal):
        return number(Decimal(plain(value)))
    return str(value) if value not in (None, "") else None
