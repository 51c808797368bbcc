"""Figures: series that several indicators read, names of figures, and what to do where a figure is missing."""

from collections import defaultdict
from collections.abc import Iterator

from baton.engine.plan.leaf import entries, feeds_of
from baton.engine.scheme.indicators import Indicator
from baton.engine.scheme.structure.index import Index
from baton.engine.terms import Frequency, Missing
from baton.engine.values import Direct, GrowthRate, Ratio
from baton.words import Place, Problem

_QUOTIENTS = (Ratio, GrowthRate)
MOST_FIGURES = 60
"""Each figure of an indicator has a bit of a 64-bit number (see `steps.doubles`)."""
_SHARED = ("unit", "decimals", "frequency", "lead", "reporter")


def reported(indicator: Indicator) -> tuple[str, ...]:
    """Name the figures that an indicator reads, in the order its rule or value form names them."""
    found = [
        feed.figure
        for entry in entries(indicator)
        for feed in feeds_of(indicator, entry.rule, entry.value, entry.figures)
    ]
    return tuple(dict.fromkeys(found))


def check_figures(index: Index) -> Iterator[Problem]:
    """Find series that are reported in two ways, names for figures nobody reads, and policies that cannot work."""
    by_series: dict[str, list[Indicator]] = defaultdict(list)
    for indicator in index.scheme.indicators:
        by_series[indicator.series_code].append(indicator)
        yield from _names(indicator)
        yield from _direction(indicator)
        yield from _missing(index, indicator)
    for series, indicators in by_series.items():
        for other in indicators[1:]:
            yield from _alike(series, indicators[0], other)


def _alike(series: str, one: Indicator, other: Indicator) -> Iterator[Problem]:
    # A quotient has a unit of its own, not that of the figures it is made of.
    quotient = isinstance(one.value, _QUOTIENTS) or isinstance(other.value, _QUOTIENTS)
    for name in _SHARED:
        if name == "unit" and quotient:
            continue
        if getattr(one, name) != getattr(other, name):
            params = {
                "series": series,
                "other": one.code,
                "indicator": other.code,
                "field": name,
                "theirs": getattr(one, name),
                "given": getattr(other, name),
            }
            place = Place(field=f"indicators[{other.code}].{name}")
            yield Problem("engine.scheme_series_reported_in_two_ways", params, place)
    for figure in one.figures.keys() & other.figures.keys():
        if one.figures[figure] != other.figures[figure]:
            params = {
                "series": series,
                "other": one.code,
                "indicator": other.code,
                "field": figure,
                "theirs": one.figures[figure],
                "given": other.figures[figure],
            }
            place = Place(field=f"indicators[{other.code}].figures.{figure}")
            yield Problem("engine.scheme_series_reported_in_two_ways", params, place)


def _names(indicator: Indicator) -> Iterator[Problem]:
    read = reported(indicator)
    if len(read) > MOST_FIGURES:
        params = {"indicator": indicator.code, "count": len(read), "most": MOST_FIGURES}
        yield Problem("engine.scheme_too_many_figures", params, Place(field=f"indicators[{indicator.code}].value"))
    for figure in indicator.figures:
        if figure not in read:
            params = {"indicator": indicator.code, "given": figure, "known": "、".join(read) or "—"}
            place = Place(field=f"indicators[{indicator.code}].figures.{figure}")
            yield Problem("engine.scheme_figure_not_read", params, place)
    if indicator.rule.feeds() and not isinstance(indicator.value, Direct):
        params = {"indicator": indicator.code, "kind": indicator.rule.kind}
        yield Problem("engine.scheme_value_not_read", params, Place(field=f"indicators[{indicator.code}].value"))


def _direction(indicator: Indicator) -> Iterator[Problem]:
    implied = indicator.rule.direction()
    if implied is not None and implied is not indicator.direction:
        params = {
            "indicator": indicator.code,
            "kind": indicator.rule.kind,
            "given": indicator.direction,
            "wanted": implied,
        }
        place = Place(field=f"indicators[{indicator.code}].direction")
        yield Problem("engine.scheme_direction_contradicts", params, place)


def _missing(index: Index, indicator: Indicator) -> Iterator[Problem]:
    params = {"indicator": indicator.code}
    at = f"indicators[{indicator.code}]"
    if (indicator.missing is Missing.ASSUMED) != (indicator.assumed is not None):
        assumed = indicator.missing is Missing.ASSUMED
        code = "engine.scheme_assumed_without_value" if assumed else "engine.scheme_assumed_without_policy"
        yield Problem(code, params, Place(field=f"{at}.assumed"))
    if indicator.missing is Missing.LAST_KNOWN and indicator.frequency is Frequency.YEAR:
        yield Problem("engine.scheme_last_known_of_a_year", params, Place(field=f"{at}.missing"))
    if indicator.missing is Missing.PEER_MEAN:
        for group in index.carriers(indicator):
            peers = index.count_carrying(indicator, (group,))
            if peers < 2:
                alone = params | {"group": group, "count": peers}
                yield Problem("engine.scheme_peer_mean_without_peers", alone, Place(field=f"{at}.missing"))
