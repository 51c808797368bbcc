"""How sure ranks and grades are, in the words of an office: ranges of places, shares in percent, names for codes.

Only reads what the robustness analysis gives; nothing is drawn or estimated again.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from baton.engine.explain.line import percent
from baton.engine.robustness.result import Boundary, GroupRobustness, Interval, Reversal, Robustness, WeightRobustness
from baton.reports.results.results import Results

_LEAST = Decimal("0.01")
_MOST_PLACES = 4


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


def alike(group: GroupRobustness, unit: str) -> tuple[str, ...]:
    """Name the other units of the band: those that cannot be told apart from a unit."""
    band = next((band for band in group.bands if unit in band), ())
    return tuple(other for other in band if other != unit)


def shared_bands(group: GroupRobustness) -> tuple[tuple[str, ...], ...]:
    """Give the bands of more than one unit, best first."""
    return tuple(band for band in group.bands if len(band) > 1)


def weight_name(results: Results, code: str) -> str:
    """Name an indicator or a node whose weight is spoken of."""
    if code in results.indicators:
        return results.indicators[code].name
    return results.nodes[code].name if code in results.nodes else code


def boundary_in_words(results: Results, one: Boundary) -> str:
    """Say between whom a boundary of grades lies, how often they would stand the other way, and what could be done."""
    above, below = (results.grade(code or None) for code in (one.above, one.below))
    advice = [
        results.say(code, units=units)
        for code, units in (("reports.sure_boundary_up", one.up), ("reports.sure_boundary_down", one.down))
        if units
    ]
    return results.say(
        "reports.sure_boundary",
        above=above,
        below=below,
        ahead=results.short_name(one.ahead),
        behind=results.short_name(one.behind),
        share=in_percent(one.reversed_share),
        advice=_advice(results, advice, above),
    )


def _advice(results: Results, options: Sequence[str], above: str) -> str:
    if not options:
        return results.say("reports.sure_boundary_none")
    joined = results.say("reports.sure_or").join(options)
    return results.say("reports.sure_boundary_could", options=joined, above=above)


def reversal_in_words(results: Results, one: Reversal) -> str:
    """Say how far which weight would have to move until two neighbours change places."""
    names = {"ahead": results.short_name(one.ahead), "behind": results.short_name(one.behind)}
    if not one.code or one.weight is None or one.needed is None:
        return results.say("reports.sure_no_reversal", **names)
    places = next(
        (n for n in range(1, _MOST_PLACES) if _precise(one.weight, n) != _precise(one.needed, n)), _MOST_PLACES
    )
    shares = {"weight": _precise(one.weight, places), "needed": _precise(one.needed, places)}
    return results.say("reports.sure_reversal", name=weight_name(results, one.code), **shares, **names)


def weight_in_words(results: Results, one: WeightRobustness) -> str:
    """Say how much hangs on a weight."""
    return results.say(
        "reports.sure_weight",
        name=weight_name(results, one.code),
        weight=_precise(one.weight),
        shift=f"{one.shift:.1f}",
    )


def groups_with_names(results: Results, found: Robustness) -> Iterator[tuple[str, GroupRobustness]]:
    """Give the groups that were analysed with their names, in the scheme's order."""
    by_code = {group.group: group for group in found.groups}
    for group in results.groups:
        if group.code in by_code:
            yield group.name, by_code[group.code]


def _precise(number: float, places: int = 1) -> str:
    return f"{100 * number:.{places}f}%"
