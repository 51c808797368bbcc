"""The fields of a scheme, read off the figures that its rules ask for."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from baton.engine.once import once_for_each
from baton.engine.plan.leaf import Entry, entries, feeds_of
from baton.engine.rules import Ballot, BallotRate, Checklist, Feed, LevelTable, PerCaseDeduct, RankTable, RuleBase
from baton.engine.scheme.indicators import Indicator
from baton.engine.scheme.model import Scheme
from baton.engine.scheme.structure.index import Index
from baton.engine.terms import Frequency, plain
from baton.engine.values import GrowthRate, Ratio
from baton.sheets.forms.field import Field, Sort
from baton.words import Language, text

TRUTH_UNITS = ("是/否", "是否", "是／否")
"""Units of measure that make an indicator a question."""
_OWN_UNIT = re.compile(r"(?P<name>.+?)\s*[（(](?P<unit>[^（）()]{1,16})[）)]\Z")
_FINER = {Frequency.MONTH: 0, Frequency.QUARTER: 1, Frequency.YEAR: 2}
_ZERO, _ONE = Decimal(0), Decimal(1)


@dataclass(frozen=True, slots=True)
class _Use:
    """One way in which an indicator reads a figure."""

    indicator: Indicator
    entry: Entry
    feed: Feed
    asked: str


def own_unit(name: str) -> tuple[str, str]:
    """Split a printed name such as 按期办结数（件） into name and unit; the unit is empty where there is none."""
    match = _OWN_UNIT.match(name)
    return (match["name"], match["unit"]) if match else (name, "")


@once_for_each
def fields_of(scheme: Scheme) -> Mapping[tuple[str, str], Field]:
    """Give every field by series and figure, in the scheme's order."""
    index = Index(scheme)
    uses: dict[tuple[str, str], list[_Use]] = {}
    for indicator in scheme.indicators:
        for use in _uses(indicator):
            uses.setdefault((indicator.series_code, use.feed.figure), []).append(use)
    carried = {one.code: [unit.code for unit in index.carrying(one)] for one in scheme.indicators}
    order = {unit.code: number for number, unit in enumerate(scheme.units)}
    return MappingProxyType({key: _field(key, found, carried, order) for key, found in uses.items()})


def _uses(indicator: Indicator) -> Iterator[_Use]:
    for entry in entries(indicator):
        feeds = feeds_of(indicator, entry.rule, entry.value, entry.figures)
        back = {reported: asked for asked, reported in entry.figures.items()}
        named = _named(entry.rule, indicator)
        for feed in feeds:
            if named is None or feed.figure in named:
                yield _Use(indicator, entry, feed, back.get(feed.figure, feed.figure))


def _named(rule: RuleBase, indicator: Indicator) -> Mapping[str, str] | None:
    """Give the items of a unit's own list that the scheme names; None where all figures of a rule are wanted."""
    by_unit = isinstance(rule, Checklist) and rule.items == "by_unit"
    return indicator.figures if by_unit and indicator.figures else None


def _field(key: tuple[str, str], uses: list[_Use], carried: Mapping[str, list[str]], order: Mapping[str, int]) -> Field:
    series, figure = key
    first = uses[0]
    indicators = tuple({use.indicator.code: use.indicator for use in uses}.values())
    printed = next((one.figures[figure] for one in indicators if figure in one.figures), "")
    name, unit = own_unit(printed) if printed else (standard_name(figure), "")
    sort, choices, least = _cells(first, unit)
    units = sorted({code for one in indicators for code in carried[one.code]}, key=order.__getitem__)
    frequency = min((_frequency(use) for use in uses), key=_FINER.__getitem__)
    return Field(
        series,
        figure,
        name,
        "" if sort in (Sort.TRUTH, Sort.LEVEL, Sort.AMOUNT) else unit or _measured_in(uses),
        sort,
        frequency,
        indicators,
        tuple(units),
        choices,
        least,
        max((one.decimals for one in indicators if one.decimals is not None), default=None),
        optional=any(use.feed.role == "present" for use in uses),
        target=frequency is Frequency.YEAR and any(one.frequency is not Frequency.YEAR for one in indicators),
    )


def _measured_in(uses: list[_Use]) -> str:
    """Give the unit of measure that a figure shares with its indicator; the parts of a quotient share none."""
    whole = (use for use in uses if use.entry.rule.feeds() or not isinstance(use.entry.value, Ratio | GrowthRate))
    return next((use.indicator.unit for use in whole), "")


def standard_name(figure: str, language: Language = Language.CHINESE) -> str:
    """Name a figure for which the scheme gives no printed name."""
    stem = figure.rstrip("0123456789")
    try:
        return text(f"sheets.figure_{stem}", language, number=figure.removeprefix(stem))
    except KeyError:
        return figure


def _frequency(use: _Use) -> Frequency:
    return use.indicator.target.frequency if use.feed.role == "target" else use.indicator.frequency


def _cells(use: _Use, unit: str) -> tuple[Sort, Mapping[str, Decimal], Decimal | None]:
    """Say what the cells hold, what they may hold, and the least number."""
    rule = use.entry.rule
    if isinstance(rule, LevelTable) and use.asked == "actual":
        return Sort.LEVEL, {level: Decimal(n) for n, level in enumerate(rule.levels, 1)}, None
    if isinstance(rule, Checklist):
        return Sort.AMOUNT, {plain(level): level for level in rule.levels}, rule.levels[0]
    if isinstance(rule, (Ballot, BallotRate)):
        return Sort.VOTES, {}, _ZERO
    if not unit and use.indicator.unit in TRUTH_UNITS:
        return Sort.TRUTH, {"是": _ONE, "否": _ZERO}, None
    if isinstance(rule, PerCaseDeduct):
        return Sort.NUMBER, {}, _ZERO
    return Sort.NUMBER, {}, _ONE if isinstance(rule, RankTable) and use.asked == "actual" else None
