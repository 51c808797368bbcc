"""Figures of the three headquarters, of departments' own goals, and of the ballots."""

from decimal import Decimal

from baton.engine.rules import Rule
from baton.engine.scheme.indicators import Indicator
from baton.engine.terms import Direction
from baton.example.figures.draw import Draw
from baton.example.figures.ledger import MONTHS, YEAR, Ledger, month

PROJECTS = {"H01": 8, "H02": 3, "H03": 8}
"""Projects of each headquarters (§3 of the county's page)."""
PLANNED = {"H01": 68_400, "H02": 9_650, "H03": 41_800}
"""Investment planned for the year, in 万元."""
ELEMENTS = 4
"""Land, funds, environment, building permit: looked at project by project (Z05)."""
ENTITLED = {"D_A": 34, "D_B": 78, "D_C": 96}
"""Those entitled to vote in each kind of ballot, about."""
TOO_FEW_VOTES = "D50"
"""A unit that gets fewer valid A votes than the scheme asks for."""


def make_headquarters(ledger: Ledger) -> None:
    """Write Z01-Z06."""
    for unit, projects in PROJECTS.items():
        draw, quality = ledger.draw(unit, "Z"), ledger.quality[unit]
        for m in MONTHS:
            share = (0.95 + 0.02 * quality) / 12 * (0.7 + 0.05 * m) * (1 + 0.08 * draw.bell())
            due = draw.whole(0, max(1, projects // 2))
            issues = draw.whole(0, projects)
            ledger.put(unit, "ZINV", month(m), {"actual": round(PLANNED[unit] * share)})
            ledger.put(unit, "ZMST", month(m), {"actual": draw.successes(due, 0.93), "target": due})
            done = {"numerator": draw.successes(issues, 0.92), "denominator": issues}
            ledger.put(unit, "ZISS", month(m), done)
        ledger.put(unit, "ZINV", str(YEAR), {"target": PLANNED[unit]})
        _quarters(ledger, unit, projects, draw)
        safety = {"safety": draw.successes(1, 0.2), "quality": draw.successes(1, 0.3), "integrity": 0}
        ledger.put(unit, "ZSAF", str(YEAR), safety)


def _quarters(ledger: Ledger, unit: str, projects: int, draw: Draw) -> None:
    for quarter in range(1, 5):
        starts, finishes = (1 if quarter % 2 else projects // 4), (projects // 4 if quarter > 2 else 0)
        ledger.put(
            unit,
            "ZSTA",
            f"{YEAR}-Q{quarter}",
            {
                "started": draw.successes(starts, 0.94),
                "start_due": starts,
                "finished": draw.successes(finishes, 0.9),
                "finish_due": finishes,
            },
        )
        items = {f"item{n}": draw.one_of((1, 0.5, 0), (0.86, 0.11, 0.03)) for n in range(1, projects * ELEMENTS + 1)}
        ledger.put(unit, "ZFAC", f"{YEAR}-Q{quarter}", items)


def make_goals(ledger: Ledger) -> None:
    """Write what each department reached of its own five goals (Y26)."""
    for one in ledger.scheme.indicators:
        if one.parent == "Y26":
            draw, quality = ledger.draw(one.code), ledger.quality[one.units[0]]
            ledger.put(one.units[0], one.series_code, str(YEAR), _reached(one, one.rule, draw, quality))


def _reached(one: Indicator, rule: Rule, draw: Draw, quality: float) -> dict[str, Decimal | float]:
    if rule.kind == "checklist":
        done = min(0.98, 0.76 + 0.08 * quality)
        items = range(1, int(rule.items) + 1)
        return {f"item{n}": draw.one_of((1, 0.5, 0), (done, 0.9 * (1 - done), 0.1 * (1 - done))) for n in items}
    if rule.kind == "attain" and rule.line is not None:
        return {"actual": _beside(rule.line, one, draw.chance(min(0.97, 0.80 + 0.07 * quality)), draw)}
    target = one.target.value or Decimal(1)
    places = max(0, -int(target.as_tuple().exponent))
    share = draw.normal(0.925 + 0.04 * quality, 0.07, 0.3, 1.25, 4)
    return {"actual": Decimal(f"{target * share:.{places}f}")}


def _beside(line: Decimal, one: Indicator, reached: bool, draw: Draw) -> Decimal:
    """Give a figure on the right or the wrong side of a line, with one place more than small lines have."""
    higher = one.direction is Direction.HIGHER
    away = max(line * draw.normal(0.03, 0.015, 0.005, 0.1, 4), Decimal("0.05") if line % 1 else Decimal(0))
    if line == 0 or (line == 100 and one.unit == "%"):
        return line if reached else line + (Decimal(-2) if higher else Decimal(1))
    value = line + away if higher == reached else line - away
    places = 0 if one.unit in {"起", "人", "处", "万元"} else 1
    return Decimal(f"{value:.{places}f}") if line % 1 == 0 or places == 0 else Decimal(f"{value:.2f}")


def make_ballots(ledger: Ledger) -> None:
    """Write the votes of the three kinds of raters, and for C those entitled to vote."""
    for ballot, entitled in ENTITLED.items():
        for unit in ledger.carriers(ballot):
            draw, quality = ledger.draw(unit, ballot), ledger.quality[unit]
            due = entitled + draw.whole(-2, 2 if ballot != "D_C" else 40)
            valid = round(due * float(draw.normal(0.9, 0.03, 0.7, 1, 3)))
            if (unit, ballot) == (TOO_FEW_VOTES, "D_A"):
                valid = 18
            excellent = min(0.8, 0.50 + 0.08 * quality + 0.02 * draw.bell())
            votes = {"优秀": round(valid * excellent), "良好": round(valid * (0.88 - excellent))}
            votes["较差"] = draw.successes(3, 0.2)
            votes["一般"] = max(0, valid - sum(votes.values()))
            ledger.put(unit, ballot, str(YEAR), votes | ({"due": due} if ballot == "D_C" else {}))
