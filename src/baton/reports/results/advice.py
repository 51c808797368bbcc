"""What a robustness analysis advises, in sentences: weights that matter, places that change, grades that may move."""

from collections.abc import Sequence

from baton.engine.robustness.result import Boundary, Reversal, WeightRobustness
from baton.reports.results.results import Results
from baton.reports.results.sureness import in_percent

_MOST_PLACES = 4


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


def _precise(number: float, places: int = 1) -> str:
    return f"{100 * number:.{places}f}%"
