"""Monthly figures of townships, departments and parks: what is counted, asked for, or examined every month."""

from collections.abc import Callable

from baton.example.figures.ledger import MONTHS, Ledger, month

TOWNSHIPS = ("TA", "TB")


def make_monthly(ledger: Ledger) -> None:
    """Write all monthly series but investment, funds and spending, which run up over the year."""
    for series, maker in MAKERS.items():
        for unit in ledger.carriers(series):
            maker(ledger, unit)


def milestones(ledger: Ledger, unit: str) -> None:
    """M04: milestones due and verified since January; a lead counts 1, a helper 0.5."""
    draw, quality = ledger.draw(unit, "MST"), ledger.quality[unit]
    due = late = 0.0
    for m in MONTHS:
        due += draw.one_of((0.0, 0.5, 1.0, 1.5, 2.0), (3, 2, 4, 2, 2))
        late = min(max(0.0, late + draw.one_of((-0.5, 0.0, 0.5), (3, 4, 2))), (0.25 - 0.05 * quality) * due)
        late = max(0.0, int(late * 2) / 2)
        ledger.put(unit, "MST", month(m), {"actual": due - late, "target": due})


def reclaimed(ledger: Ledger, unit: str) -> None:
    """M05: land to be put right and put right since January, in mu; the county town has none before April."""
    draw, quality = ledger.draw(unit, "ARB"), ledger.quality[unit]
    year = float(draw.normal(480 if ledger.units[unit].group == "TA" else 620, 120, 200, 1_000, 0))
    for m in MONTHS:
        begun = 0 if unit == "T01" and m < 4 else round(year * (0.25 + 0.75 * m / 12))
        share = float(draw.normal(0.90 + 0.022 * quality + 0.004 * m, 0.015, 0.5, 1.0, 4))
        ledger.put(unit, "ARB", month(m), {"actual": int(begun * share), "target": begun})


def measures(ledger: Ledger, unit: str) -> None:
    """M06: share of monitored households with measures in place, in percent."""
    draw, quality = ledger.draw(unit, "MON"), ledger.quality[unit]
    for m in MONTHS:
        rate = draw.normal(96.5 + 0.5 * quality + 0.05 * m, 0.6, 92, 100, 1)
        ledger.put(unit, "MON", month(m), {"actual": rate})


def inspections(ledger: Ledger, unit: str) -> None:
    """M07: marks of three teams; now and then a township is not drawn."""
    draw, quality = ledger.draw(unit, "ENV"), ledger.quality[unit]
    for m in MONTHS:
        if draw.chance(0.012) and m != 6:
            continue
        marks = {f"rater{n}": draw.normal(85 + 2.5 * quality, 3, 60, 99, 1) for n in (1, 2, 3)}
        ledger.put(unit, "ENV", month(m), marks)


def water(ledger: Ledger, unit: str) -> None:
    """M08: whether all river sections met their target."""
    draw, quality = ledger.draw(unit, "WQ"), ledger.quality[unit]
    for m in MONTHS:
        ledger.put(unit, "WQ", month(m), {"actual": int(not draw.chance(0.05 - 0.02 * quality))})


def petitions(ledger: Ledger, unit: str) -> None:
    """M09: matters due and settled in time; none due is common in small places."""
    draw, quality = ledger.draw(unit, "PET"), ledger.quality[unit]
    usual = 22 if ledger.units[unit].group == "TA" else 9
    for m in MONTHS:
        due = max(0, round(float(draw.normal(usual, usual / 2, 0, 60, 0)))) if not draw.chance(0.08) else 0
        done = draw.successes(due, min(0.9985, 0.978 + 0.006 * quality))
        ledger.put(unit, "PET", month(m), {"numerator": done, "denominator": due})


def hazards(ledger: Ledger, unit: str) -> None:
    """M10: share of grave hazards put right in time, in percent; nothing is reported where none was due."""
    draw, quality = ledger.draw(unit, "HAZ"), ledger.quality[unit]
    for m in MONTHS:
        if draw.chance(0.1):
            continue
        perfect = draw.chance(0.50 + 0.10 * quality)
        rate = 100 if perfect else draw.normal(97.7 + 0.5 * quality, 1.2, 91, 99.9, 1)
        ledger.put(unit, "HAZ", month(m), {"actual": rate})


def hotline(ledger: Ledger, unit: str) -> None:
    """M11: three rates of the hotline in percent; some units get no call in a month."""
    draw, quality = ledger.draw(unit, "HOT"), ledger.quality[unit]
    for m in MONTHS:
        if ledger.units[unit].group == "DQ" and draw.chance(0.12):
            continue
        level = 93.2 + 1.2 * quality + 1.5 * draw.bell()
        rates = {"on_time": level + 2.0, "solved": level - 2.0, "content": level - 1.0}
        ledger.put(unit, "HOT", month(m), {k: draw.normal(v, 0.7, 60, 100, 1) for k, v in rates.items()})


def orders(ledger: Ledger, unit: str) -> None:
    """M12: supervised matters due in the month and settled in time."""
    draw, quality = ledger.draw(unit, "SUP"), ledger.quality[unit]
    usual = 10 if ledger.units[unit].group in TOWNSHIPS else 7
    for m in MONTHS:
        due = 0 if draw.chance(0.04) else draw.whole(usual - 4, usual + 6)
        done = draw.successes(due, min(0.995, 0.895 + 0.03 * quality))
        ledger.put(unit, "SUP", month(m), {"actual": done, "target": due})


def tasks(ledger: Ledger, unit: str) -> None:
    """M13: five tasks a month, each done, done in part or not done."""
    draw, quality = ledger.draw(unit, "TASK"), ledger.quality[unit]
    for m in MONTHS:
        done = min(0.97, 0.68 + 0.08 * quality)
        weights = (done, 0.85 * (1 - done), 0.15 * (1 - done))
        ledger.put(unit, "TASK", month(m), {f"item{n}": draw.one_of((1, 0.5, 0), weights) for n in range(1, 6)})


def audits(ledger: Ledger, unit: str) -> None:
    """M14: how often a lead department checked late, wrongly, or sent figures back without reason."""
    draw, quality = ledger.draw(unit, "DQA"), ledger.quality[unit]
    slip = max(0.01, 0.16 - 0.04 * quality)
    for m in MONTHS:
        cases = {"wrong": draw.successes(1, slip / 2), "rework": draw.successes(1, slip)}
        ledger.put(unit, "DQA", month(m), {"late": draw.successes(2, slip), **cases})


MAKERS: dict[str, Callable[[Ledger, str], None]] = {
    "MST": milestones,
    "ARB": reclaimed,
    "MON": measures,
    "ENV": inspections,
    "WQ": water,
    "PET": petitions,
    "HAZ": hazards,
    "HOT": hotline,
    "SUP": orders,
    "TASK": tasks,
    "DQA": audits,
}
