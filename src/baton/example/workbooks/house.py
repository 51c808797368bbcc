"""House styles: how one office draws one of its tables, the same every month."""

from dataclasses import dataclass

from baton.example.figures.draw import Draw
from baton.sheets.forms import Field, Sort

# Other names that offices have for a figure, beside the printed name of the scheme.
OTHER_NAMES = {
    "INV.actual": ("固投（累计）", "累计完成投资额"),
    "IVA.actual": ("规上工业增速",),
    "FDI.actual": ("到位资金（累计）", "到位县外资金"),
    "MST.actual": ("已完成并核验",),
    "MST.target": ("截至本月应完成",),
    "ARB.actual": ("已整改面积", "整改完成"),
    "ARB.target": ("应整改面积", "下达任务"),
    "MON.actual": ("落实率",),
    "WQ.actual": ("水质是否达标",),
    "PET.numerator": ("按期办结",),
    "PET.denominator": ("应办结",),
    "HAZ.actual": ("整改率",),
    "HOT.content": ("群众满意率",),
    "SAN.actual": ("累计支出",),
    "TAX.actual": ("入库税收",),
    "TAX.target": ("税收任务",),
    "TAX.growth": ("增幅",),
    "JOB.actual": ("城镇新增就业人数",),
    "DTH.actual": ("实际死亡人数",),
    "BIZ.actual": ("综合评价得分",),
    "FIN.actual": ("评价得分",),
}
TARGET_NAMES = {
    "INV.target": "固定资产投资年度计划",
    "FDI.target": "招商引资年度计划",
    "SAN.target": "三公经费年度控制数",
    "ZINV.target": "项目年度计划投资",
}
"""Headings of the year's targets, which stand side by side in one table."""
CHECKED = {"完成": "1", "部分完成": "0.5", "未完成": "0"}
"""Words that some offices write for items of a list."""
TRUTHS = {"达标": "1", "不达标": "0"}
MONEY = "万元"
CSV_SUBJECTS = {
    "重点项目节点": "utf-8-sig",
    "督办事项办理": "utf-8-sig",
    "信访事项办理": "gb18030",
    "医保参保": "gb18030",
}
"""Subjects that come as an export from another system, with the encoding it writes."""
HIDDEN_HELPERS = frozenset({"12345热线办理", "平安建设考核"})
"""Subjects whose tables carry a hidden helper column and a hidden row of codes above the header."""
_UNIT_HEADS = {"T": ("乡镇", "单位", "单位名称"), "P": ("单位名称", "单位"), "D": ("部门", "被考核单位", "单位名称")}


@dataclass(frozen=True, slots=True)
class House:
    """The style of one office for one subject.

    `percent`: points (97.4), format (0.974 shown as 97.4%) or text ("97.4%"); `money`: 万元 or 亿元; `words`: items of
    lists and truths as words; `period_in`: a column, a line of cells, or one long line above the table.
    """

    font: str
    fill: str
    numbered: bool
    remarks: bool
    short_names: bool
    unit_head: str
    units_in_heads: bool
    totals: bool
    notes: bool
    title_words: str
    percent: str
    money: str
    words: bool
    period_in: str
    other_names: int
    encoding: str
    helpers: bool

    def head(self, field: Field) -> str:
        """Give the heading of a field, with its unit where the house writes units."""
        names = headings(field)
        name = names[self.other_names % len(names)]
        unit = self.money if field.unit == MONEY else field.unit
        telling = field.unit == "%" and self.percent != "format"
        shown = field.sort in (Sort.NUMBER, Sort.VOTES) and unit and (self.units_in_heads or telling)
        return f"{name}（{unit}）" if shown else name


def headings(field: Field) -> tuple[str, ...]:
    """Give all names that a figure has in headings, without units."""
    if field.key in TARGET_NAMES:
        return (TARGET_NAMES[field.key],)
    return (field.name, *OTHER_NAMES.get(field.key, ()))


def house_of(draw: Draw, subject: str, group: str) -> House:
    """Draw the style of an office for a subject."""
    encoding = CSV_SUBJECTS.get(subject, "")
    percent = draw.one_of(("points", "text") if encoding else ("points", "format", "text"))
    return House(
        font=draw.one_of(("宋体", "仿宋", "微软雅黑", "等线")),
        fill=draw.one_of(("#FFFFFF", "#D9E1F2", "#E2EFDA", "#FFF2CC", "#EDEDED")),
        numbered=draw.chance(0.8),
        remarks=draw.chance(0.6),
        short_names=draw.chance(0.4),
        unit_head=draw.one_of(_UNIT_HEADS.get("T" if group in ("TA", "TB", "") else "P" if group == "YQ" else "D", ())),
        units_in_heads=draw.chance(0.6),
        totals=draw.chance(0.55),
        notes=draw.chance(0.7),
        title_words=draw.one_of(("情况表", "统计表", "完成情况一览表", "考核数据报送表")),
        percent=percent,
        money=MONEY if draw.chance(0.75) else "亿元",
        words=draw.chance(0.3),
        period_in="column" if encoding else draw.one_of(("column", "cells", "line", "line")),
        other_names=draw.whole(0, 5),
        encoding=encoding,
        helpers=subject in HIDDEN_HELPERS,
    )
