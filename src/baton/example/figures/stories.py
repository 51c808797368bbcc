"""What happened in the year beside chance: an honest flood, and figures that ask for a second look."""

from dataclasses import dataclass
from decimal import Decimal

from baton.example.figures.ledger import MONTHS, YEAR, Ledger, month

FLOODED = {"T16": 0.24, "T18": 0.19, "T08": 0.14}
"""Townships hit in mid-June, with the share of work lost at the worst."""
_FLOOD_BY_MONTH = {6: 0.7, 7: 1.0, 8: 0.8, 9: 0.55, 10: 0.35, 11: 0.2, 12: 0.1}


@dataclass(frozen=True, slots=True)
class Story:
    """Something to find in the figures: `kind`, of whom, in which series; `honest` is a shock, all else needs asking.

    Kinds: flood, year_end_tail; bunching, december_jump, whole_numbers, copied_month, low_target, changed_base.
    """

    kind: str
    unit: str
    series: str
    honest: bool = False


def tell_stories(ledger: Ledger) -> tuple[Story, ...]:
    """Change the figures accordingly and say what was changed."""
    stories = [*_flood(ledger)]
    stories += [Story("year_end_tail", unit, "INV", honest=True) for unit in ledger.carriers("INV")]
    stories += [*_bunched(ledger), *_december_jumps(ledger), *_whole_numbers(ledger), *_copied(ledger)]
    return (*stories, *_low_targets(ledger), *_changed_base(ledger))


def _flood(ledger: Ledger) -> list[Story]:
    """Investment and land work lose ground from June on and recover; the water fails in June."""
    found = []
    for unit, lost in FLOODED.items():
        for series in ("INV", "ARB"):
            before = ledger.get(unit, series, "actual", month(5))
            for m, share in _FLOOD_BY_MONTH.items():
                value = ledger.get(unit, series, "actual", month(m))
                before = max(before, Decimal(round(value * Decimal(str(1 - lost * share)))))
                ledger.put(unit, series, month(m), {"actual": min(before, value)})
        ledger.put(unit, "WQ", month(6), {"actual": 0})
        found += [Story("flood", unit, series, honest=True) for series in ("INV", "ARB", "WQ")]
    return found


def _bunched(ledger: Ledger) -> list[Story]:
    """Month after month just at the line."""
    draw = ledger.draw("bunching")
    for m in MONTHS:
        ledger.put("T10", "MON", month(m), {"actual": f"98.{draw.whole(0, 1)}"})
        rates = {"on_time": "92.4", "solved": f"87.{draw.whole(0, 2)}", "content": f"9{draw.whole(0, 1)}.0"}
        ledger.put("D48", "HOT", month(m), rates)
        ledger.put("D54", "PET", month(m), {"numerator": 49, "denominator": 50})
    return [Story("bunching", "T10", "MON"), Story("bunching", "D48", "HOT"), Story("bunching", "D54", "PET")]


def _december_jumps(ledger: Ledger) -> list[Story]:
    """Put a fifth of the year's plan into its last month."""
    for unit, series in (("T11", "FDI"), ("T14", "INV")):
        plan = ledger.get(unit, series, "target", str(YEAR))
        first = 2 if series == "INV" else 1
        for m in range(first, 12):
            ledger.put(unit, series, month(m), {"actual": round(plan * m / 12 * Decimal("0.88"))})
        ledger.put(unit, series, month(12), {"actual": round(plan * Decimal("1.004"))})
    return [Story("december_jump", "T11", "FDI"), Story("december_jump", "T14", "INV")]


def _whole_numbers(ledger: Ledger) -> list[Story]:
    """Every figure a round one."""
    for m in MONTHS[1:]:
        value = ledger.get("T05", "INV", "actual", month(m))
        ledger.put("T05", "INV", month(m), {"actual": int(value / 100) * 100})
    return [Story("whole_numbers", "T05", "INV")]


def _copied(ledger: Ledger) -> list[Story]:
    """Last month's figures written down again."""
    for unit, series in (("D27", "HOT"), ("T03", "MON")):
        first = {
            key[2]: value for key, value in ledger.figures.items() if key[:2] + key[3:] == (unit, series, month(4))
        }
        for m in range(5, 10):
            ledger.put(unit, series, month(m), first)
    return [Story("copied_month", "D27", "HOT"), Story("copied_month", "T03", "MON")]


def _low_targets(ledger: Ledger) -> list[Story]:
    """Targets far below what is usually reached."""
    low = (("T07", "JOB"), ("T15", "FDI"), ("P04", "TAX"), ("T06", "ENT"))
    for unit, series in low:
        if series == "ENT":
            ledger.put(unit, series, str(YEAR), {"target": 1, "actual": 4})
            continue
        target = ledger.get(unit, series, "target", str(YEAR))
        ledger.put(unit, series, str(YEAR), {"target": round(target * Decimal("0.62"))})
    return [Story("low_target", unit, series) for unit, series in low]


def _changed_base(ledger: Ledger) -> list[Story]:
    """Give a growth that only a smaller figure of the year before explains."""
    ledger.put("T18", "VCE", str(YEAR), {"actual": "19.8"})
    return [Story("changed_base", "T18", "VCE")]
