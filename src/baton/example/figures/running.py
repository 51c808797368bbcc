"""Sums that run up over the year: investment, funds from outside, spending; and industrial growth."""

from decimal import Decimal

from baton.example.figures.ledger import MONTHS, YEAR, Ledger, month

FIRST_INVESTMENT_MONTH = 2
"""Investment and industry are published for January and February together (统计制度), so January has no figure."""
PLANS = {"P01": (260_000, 180_000), "P02": (48_000, 30_000), "P03": (120_000, 15_000), "P04": (36_000, 12_000)}
_TAIL = {11: 0.006, 12: 0.018}


def make_running(ledger: Ledger) -> None:
    """Write INV, FDI, SAN and IVA."""
    for unit in ledger.carriers("INV"):
        invested, funds = plans(ledger, unit)
        run_up(ledger, unit, "INV", invested, FIRST_INVESTMENT_MONTH)
        run_up(ledger, unit, "FDI", funds, 1)
    for unit in ledger.carriers("SAN"):
        spending(ledger, unit)
    for unit in ledger.carriers("IVA"):
        growth(ledger, unit)


def plans(ledger: Ledger, unit: str) -> tuple[int, int]:
    """Give the plans of the year in 万元: investment, and funds from outside."""
    if unit in PLANS:
        return PLANS[unit]
    draw = ledger.draw(unit, "plan")
    if ledger.units[unit].group == "TA":
        return 500 * draw.whole(80, 180), 500 * draw.whole(30, 80)
    return 200 * draw.whole(45, 130), 100 * draw.whole(22, 85)


def run_up(ledger: Ledger, unit: str, series: str, plan: int, first: int) -> None:
    """Write a sum that grows month by month, a little behind or ahead of the plan, with an honest tail in December."""
    draw, quality = ledger.draw(unit, series), ledger.quality[unit]
    pace = 0.942 + 0.016 * quality + 0.012 * draw.bell()
    reached = 0
    for m in MONTHS:
        pace += 0.006 * draw.bell() + _TAIL.get(m, 0.0)
        reached = max(reached, round(plan * m / 12 * max(0.4, pace)))
        if m >= first:
            ledger.put(unit, series, month(m), {"actual": reached})
    ledger.put(unit, series, str(YEAR), {"target": plan})


def spending(ledger: Ledger, unit: str) -> None:
    """M15: spending since January against the year's limit, in 万元 with one decimal."""
    draw, quality = ledger.draw(unit, "SAN"), ledger.quality[unit]
    limit = draw.whole(18, 120)
    pace = 1.03 - 0.024 * quality + 0.015 * draw.bell()
    reached = Decimal(0)
    for m in MONTHS:
        pace += 0.012 * draw.bell()
        reached = max(reached, Decimal(f"{limit * m / 12 * max(0.5, pace):.1f}"))
        ledger.put(unit, "SAN", month(m), {"actual": reached})
    ledger.put(unit, "SAN", str(YEAR), {"target": limit})


def growth(ledger: Ledger, unit: str) -> None:
    """M02: growth of industrial value added since January, in percent."""
    draw, quality = ledger.draw(unit, "IVA"), ledger.quality[unit]
    level = 7.2 + 1.3 * quality
    for m in MONTHS[FIRST_INVESTMENT_MONTH - 1 :]:
        level += 0.35 * draw.bell()
        ledger.put(unit, "IVA", month(m), {"actual": Decimal(f"{level:.1f}")})
