"""A sheet with what every indicator gave to every unit of a group; each row adds up to the base score."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from baton.documents.excel import Column, Fact, Formula, Group, Kind, Link, Places, Sheet, Table, Value, letters
from baton.engine.plan.leaf import for_group
from baton.engine.quantum import to_points
from baton.engine.result import Standing
from baton.engine.terms import plain
from baton.reports.results import Results
from baton.reports.results.league import League
from baton.reports.results.results import bare
from baton.reports.workbook.overview import matrix_key
from baton.reports.workbook.unit.sheet import league_key, unit_key

type Shares = Mapping[str, Mapping[str, int]]
"""By unit and indicator, in whole quanta."""

_HEAD = 2
_WIDTH = 10.0


@dataclass(frozen=True, slots=True)
class Spot:
    """A column: an indicator by its code, or the indicators of single units below a node."""

    key: str
    indicators: tuple[str, ...]


def matrix_sheet(results: Results, league: League, shares: Shares, *, linked: bool) -> Sheet:
    """Make the sheet of a group from the contributions of indicators to its units' base scores.

    Indicators of single units (个性指标) stand together in one column per node.
    """
    parts = _by_part(results, league)
    wanted = [spot for part in parts.values() for spot in part]
    facts = (Fact(results.say("reports.back"), Link(league.group.name, league_key(league.group.code))),)
    first = Places(facts=facts).table(len(league.standings), groups=True)
    columns = (
        Column(results.say("reports.rank"), Kind.DECIMAL, width=7),
        Column(results.say("reports.unit")),
        *(_column(results, league, spot) for spot in wanted),
        Column(results.say("reports.base"), Kind.DECIMAL, width=12),
    )
    rows = [
        _row(results, one, wanted, shares.get(one.unit, {}), row, linked=linked)
        for row, one in enumerate(league.standings, first)
    ]
    heads = (Group("", _HEAD), *(Group(name, len(part)) for name, part in parts.items()), Group("", 1))
    return Sheet(
        results.say("reports.matrix_name", group=league.group.name),
        results.say("reports.matrix_title", group=league.group.name, year=results.sheet.year),
        facts=facts,
        tables=(Table(columns, rows, groups=heads),),
        notes=(results.say("reports.read_share"),),
        key=matrix_key(league.group.code),
        frozen_columns=_HEAD,
        paper="A3",
    )


def _row(
    results: Results, one: Standing, wanted: Sequence[Spot], own: Mapping[str, int], row: int, *, linked: bool
) -> tuple[Value, ...]:
    name = results.unit_name(one.unit)
    cells: list[Value] = []
    for spot in wanted:
        quanta = [own[code] for code in spot.indicators if code in own]
        cells.append(bare(to_points(sum(quanta), results.sheet.scheme.decimals)) if quanta else None)
    line = f"=SUM({letters(_HEAD)}{row}:{letters(_HEAD + len(wanted) - 1)}{row})"
    return (
        None if one.rank is None else bare(one.rank),
        Link(name, unit_key(one.unit)) if linked else name,
        *cells,
        None if one.base is None else Formula(line, one.base),
    )


def _by_part(results: Results, league: League) -> dict[str, list[Spot]]:
    """Give the group's columns by the part of the total they belong to, in the scheme's order."""
    carried = {leaf.indicator.code for leaf in results.plan.by_group.get(league.group.code, ())}
    found: dict[str, dict[str, list[str]]] = {}
    for code, indicator in results.indicators.items():
        if code in carried:
            at = indicator.parent
            while results.nodes[at].parent not in (None, league.group.root):
                at = results.nodes[at].parent or at
            key = indicator.parent if indicator.units else code
            found.setdefault(results.nodes[at].name, {}).setdefault(key, []).append(code)
    return {part: [Spot(key, tuple(codes)) for key, codes in spots.items()] for part, spots in found.items()}


def _column(results: Results, league: League, spot: Spot) -> Column:
    places = results.sheet.scheme.ranking.decimals
    indicator = results.indicators[spot.indicators[0]]
    if indicator.units:
        name = results.say("reports.own_indicators", node=results.nodes[indicator.parent].name)
        return Column(name, Kind.DECIMAL, places, width=_WIDTH)
    points = for_group(indicator.points, league.group.code) or Decimal(0)
    kind = results.say(f"engine.kind_{type(indicator.rule).model_fields['kind'].default}")
    note = results.say("reports.matrix_column", points=plain(points), kind=kind, unit=indicator.unit)
    return Column(f"{spot.key} {indicator.name}", Kind.DECIMAL, places, width=_WIDTH, note=note)
