"""How sure ranks and grades are, in the words of an office: ranges of places, shares in percent, names for codes.

Only reads what the robustness analysis gives; nothing is drawn or estimated again.
"""

from collections.abc import Iterator
from decimal import Decimal

from baton.engine.explain.line import percent
from baton.engine.robustness.result import Covered, GroupRobustness, Interval, Robustness
from baton.reports.results.results import Results

_LEAST = Decimal("0.01")


def decimal(number: float, places: int) -> Decimal:
    """Give an estimate with so many decimals."""
    return Decimal(str(number)).quantize(Decimal(1).scaleb(-places))


def share(number: float) -> Decimal:
    """Give a share at a precision that an estimate deserves: whole percents, 0 and 100 only where exactly so."""
    if number in (0.0, 1.0):
        return decimal(number, 2)
    return min(max(decimal(number, 2), _LEAST), 1 - _LEAST)


def in_percent(number: float) -> str:
    """Write a share as whole percents."""
    return percent(share(number))


def range_of(results: Results, interval: Interval | None) -> str:
    """Write first and last place of a range; a dash where it is not known."""
    if interval is None:
        return results.say("reports.none")
    return f"{interval.best}" if interval.width == 1 else f"{interval.best}–{interval.worst}"


def covered_words(covered: Covered) -> dict[str, str]:
    """Give the points that an everyday interval covers, and all there are, as the sentences want them."""
    return {"points": f"{covered.points:.4g}", "full": f"{covered.full:.4g}"}


def alike(group: GroupRobustness, unit: str) -> tuple[str, ...]:
    """Name the other units of the band: those that cannot be told apart from a unit."""
    band = next((band for band in group.bands if unit in band), ())
    return tuple(other for other in band if other != unit)


def shared_bands(group: GroupRobustness) -> tuple[tuple[str, ...], ...]:
    """Give the bands of more than one unit, best first."""
    return tuple(band for band in group.bands if len(band) > 1)


def groups_with_names(results: Results, found: Robustness) -> Iterator[tuple[str, GroupRobustness]]:
    """Give the groups that were analysed with their names, in the scheme's order."""
    by_code = {group.group: group for group in found.groups}
    for group in results.groups:
        if group.code in by_code:
            yield group.name, by_code[group.code]
