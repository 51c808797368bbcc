"""An annex: scores of parts that are scored more often than once a year, a map per group."""

from collections.abc import Iterator
from decimal import Decimal

import narwhals as nw

from baton.documents.charts import HeatMap
from baton.documents.content import Block, Chart
from baton.engine.quantum import to_points
from baton.reports.report.groups import MOST_ROWS_DRAWN
from baton.reports.results import League, Results, leagues


def months(results: Results) -> Iterator[Block]:
    """Give a heat map per group and part; units in the order of ranks, groups of more than 40 units left out."""
    for league in leagues(results):
        if len(league.standings) > MOST_ROWS_DRAWN:
            continue
        for code, name in league.parts:
            figure = _heat_map(results, league, code, name)
            if figure is not None:
                yield Chart(figure, caption=figure.title)


def _heat_map(results: Results, league: League, code: str, name: str) -> HeatMap | None:
    nodes = results.sheet.nodes.filter((nw.col("node") == code) & (nw.col("group") == league.group.code))
    known: dict[tuple[str, str], Decimal | None] = {}
    for unit, period, score in nodes.select("unit", "period", "score").iter_rows():
        if "-" in period:
            points = None if score is None else to_points(score, results.sheet.scheme.decimals)
            known[unit, period] = None if points is None else results.precise(points)
    periods = sorted({period for _, period in known})
    if len(periods) < 2:
        return None
    rows = (
        (results.short_name(one.unit), tuple(known.get((one.unit, period)) for period in periods))
        for one in league.standings
    )
    return HeatMap(
        results.say("reports.caption_months", group=league.group.name, part=name),
        results.say("reports.unit"),
        results.say("reports.points"),
        tuple(results.period(period) for period in periods),
        tuple(rows),
    )
