"""The third part: on which indicators each group lost most, on the average of its units."""

from collections.abc import Iterator

from baton.documents.charts import PointsBar, PointsBars
from baton.documents.content import Block, Chart, Paragraph
from baton.reports.results import Got, Results, by_indicator

MOST_BARS = 8
_FEWEST_BARS = 3


def losses(results: Results) -> Iterator[Block]:
    """Give a chart per group: mean points out of mean full points where the smallest share was got.

    Goals of single units are left out, for they are no measure of a group; so are indicators fully got by all, and,
    where others have points of their own, those that count by weight: their full marks cannot be drawn beside points.
    """
    got = by_indicator(results)
    charts = []
    for group in results.groups:
        weighed = {leaf.indicator.code for leaf in results.plan.by_group[group.code] if leaf.weight is not None}
        found = [
            (code, one)
            for (of, code), one in got.items()
            if of == group.code and one.full and one.points < one.full and not results.indicators[code].units
        ]
        found = [item for item in found if item[0] not in weighed] or found
        if len(found) >= _FEWEST_BARS:
            worst = sorted(found, key=lambda item: (item[1].points / item[1].full, item[0]))[:MOST_BARS]
            charts.append(Chart(_bars(results, group.name, worst), caption=_caption(results, group.name, len(worst))))
    if charts:
        yield Paragraph(results.say("reports.losses_opening"))
        yield from charts


def _caption(results: Results, group: str, bars: int) -> str:
    return results.say("reports.caption_losses", group=group, count=bars)


def _bars(results: Results, group: str, worst: list[tuple[str, Got]]) -> PointsBars:
    return PointsBars(
        _caption(results, group, len(worst)),
        results.say("reports.indicator"),
        results.say("reports.mean_points"),
        results.say("reports.mean_full"),
        tuple(
            PointsBar(
                f"{code} {results.indicators[code].name}",
                results.precise(one.mean_points),
                results.precise(one.mean_full),
            )
            for code, one in worst
        ),
    )
