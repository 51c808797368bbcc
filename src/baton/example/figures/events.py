"""What happened to units in the year that bonuses, deductions and vetoes answer."""

from datetime import date
from decimal import Decimal

from baton.engine.scheme.adjustments import Event
from baton.example.figures.ledger import YEAR, Ledger

# unit item matter level quantity points day document note; "-" is empty. The first block is that of §6.2 and §6.3.
_TOLD = """
T04 B1 SX-001 市级 - - 05-20 市委发〔2025〕21号 基层治理表彰，先获市级
T04 B1 SX-001 省级 - - 10-16 省委发〔2025〕33号 同一事项后获省级，只计最高一级
T04 B2 - - 3000 - 12-20 县财政局确认单 -
T04 B5 - - 1 - 10-10 考核办确认单 三季度前进 3 位
T04 K2 - - 1 - 09-25 考核办确认单 红灯连续 2 个月
T01 B1 SX-002 市级 - - 06-30 市委发〔2025〕27号 -
T01 B6 - - - 0.5 07-15 云防〔2025〕4号 转移安置
T01 V1 SX-014 - - - 11-03 市安委〔2025〕9号 较大事故
T02 B2 - - 1000 - 12-20 县财政局确认单 -
T02 B3 - - 2 - 12-15 县招商中心确认单 -
T02 K3 - - 1 - 08-12 县统计局确认单 -
T09 B2 - - 3000 - 12-20 县财政局确认单 -
T07 B3 - - 1 - 12-15 县招商中心确认单 -
T07 K2 - - 1 - 09-25 考核办确认单 -
T06 B2 - - 3000 - 12-20 县财政局确认单 -
T06 B5 - - 2 - 10-10 考核办确认单 -
T11 B5 - - 1 - 07-10 考核办确认单 -
T11 K4 - - 1 - 11-20 县委巡察办确认单 -
T12 K1 SX-003 县级 - - 04-18 云委办〔2025〕19号 -
T12 K4 - - 4 - 11-20 县委巡察办确认单 -
T12 V4 SX-004 - - - 10-09 - 依据未登记的情形，不生效
T16 B6 SX-005 - - 1 07-15 云防〔2025〕4号 防汛抢险
T18 B6 SX-005 - - 0.5 07-15 云防〔2025〕4号 防汛抢险
T08 B6 SX-005 - - 0.5 07-15 云防〔2025〕4号 防汛抢险
T13 B4 - - 1 - 11-30 省试点办〔2025〕6号 茶产业改革试点验收
T03 B5 - - 2 - 07-10 考核办确认单 -
T17 K2 - - 1 - 09-25 考核办确认单 -
T05 K5 SG-021 - 1 - 03-11 县应急局认定书 一般事故，亡 2 人
T05 Y15 SG-021 - 2 - 03-11 县应急局认定书 同一起事故在 Y15 中的死亡人数
D21 B1 SX-006 省级 - - 09-09 省政发〔2025〕18号 -
D21 B2 - - 12000 - 12-20 县财政局确认单 按单项封顶
D22 B2 - - 6000 - 12-20 县财政局确认单 -
D36 B4 - - 1 - 10-31 国办试点〔2025〕2号 一件事改革试点验收
D36 B1 SX-007 国家级 - - 11-11 国办发〔2025〕40号 -
D52 B1 SX-008 市级 - - 09-10 市政发〔2025〕30号 -
D44 B6 SX-005 - - 1 07-15 云防〔2025〕4号 防汛抢险
D47 B6 SX-005 - - 1 07-15 云防〔2025〕4号 防汛抢险
D47 K5 SG-033 - 1 - 08-02 市应急局认定书 监管责任，亡 1 人
D47 Y15 SG-033 - 1 - 08-02 市应急局认定书 同一起事故在 Y15 中的死亡人数
D38 K1 SX-009 市级 - - 05-06 市委办〔2025〕12号 -
D38 K4 - - 5 - 11-20 县委巡察办确认单 按单项封顶
D38 K6 - - 3 - 06-30 县纪委监委决定 -
D38 K2 - - 3 - 12-25 考核办确认单 -
D38 V3 SX-010 - - - 12-01 县统计局查实报告 个性目标完成数造假
D58 V2 SX-011 - - - 08-28 县纪委监委决定 -
D58 K6 SX-011 - 1 - 08-28 县纪委监委决定 同一事项
D14 K2 - - 2 - 10-25 考核办确认单 -
D60 K3 - - 2 - 09-09 县统计局确认单 -
P01 B1 SX-012 国家级 - - 06-18 国发〔2025〕15号 -
P01 B2 - - 15000 - 12-20 县财政局确认单 -
P01 B3 - - 4 - 12-15 县招商中心确认单 合计封顶
P04 K2 - - 1 - 09-25 考核办确认单 -
"""
SHARED = {("P02", "B3"): Decimal("0.5"), ("P03", "B3"): Decimal("0.5")}
"""Items several units share, with the share agreed on."""


def make_events(ledger: Ledger) -> tuple[Event, ...]:
    """Give the year's events; the indicator figures that events speak of are written into the ledger."""
    found = [_event(line.split(" ", 8)) for line in _TOLD.strip().splitlines()]
    for (unit, item), share in SHARED.items():
        found.append(
            Event(
                unit=unit,
                item=item,
                quantity=Decimal(1),
                share=share,
                on=date(YEAR, 12, 15),
                document="县招商中心确认单",
                note="同一项目按约定份额分",
            )
        )
    ledger.put("T01", "DTH", str(YEAR), {"actual": 3, "target": 2})
    ledger.put("T05", "DTH", str(YEAR), {"actual": 2, "target": 1})
    ledger.put("D47", "DTH", str(YEAR), {"actual": 1, "target": 2})
    return tuple(found)


def _event(parts: list[str]) -> Event:
    unit, item, matter, level, quantity, points, day, document, note = ("" if part == "-" else part for part in parts)
    month, number = day.split("-")
    return Event(
        unit=unit,
        item=item,
        matter=matter,
        level=level,
        quantity=Decimal(quantity) if quantity else None,
        points=Decimal(points) if points else None,
        indicator="Y26-D38-1" if item == "V3" else None,
        on=date(YEAR, int(month), int(number)),
        document=document,
        note=note,
    )
