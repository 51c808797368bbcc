"""The second part: a chart and the league table of every group, and in words why grades are what they are."""

from collections.abc import Iterator

from baton.documents.charts import Bar, RankedBars
from baton.documents.content import Align, Block, Chart, Column, Heading, Table
from baton.reports.results import League, Results, leagues

MOST_ROWS_DRAWN = 40


def groups(results: Results) -> Iterator[Block]:
    """Give heading, chart and table of every group; groups of more than 40 units have no chart."""
    found = list(leagues(results))
    for league in found:
        if len(found) > 1:
            yield Heading(league.group.name, 2)
        if 1 < len(league.standings) <= MOST_ROWS_DRAWN:
            yield Chart(bars(results, league), caption=results.say("reports.caption_bars", group=league.group.name))
        yield table(results, league)


def bars(results: Results, league: League) -> RankedBars:
    """Give the group's totals in the order of ranks."""
    graded = league.group.graded
    return RankedBars(
        results.say("reports.caption_bars", group=league.group.name),
        results.say("reports.unit"),
        results.say("reports.total"),
        tuple(
            Bar(results.short_name(one.unit), one.compared, results.grades.get(one.grade or "", "") if graded else "")
            for one in league.standings
        ),
        tuple(results.grades.values()) if graded else (),
        results.say("reports.suggested_grade"),
    )


def table(results: Results, league: League) -> Table:
    """Give the league table as texts, with the reasons of grades below it."""
    say = results.say
    graded = bool(league.group.graded and results.grades)
    number = Align.RIGHT
    columns = (
        Column(say("reports.rank"), Align.CENTRE),
        Column(say("reports.unit")),
        *(Column(name, number) for _, name in league.parts),
        *((Column(say("reports.bonus"), number), Column(say("reports.deduction"), number)) * league.has_adjustments),
        Column(say("reports.total"), number),
        *((Column(say("reports.suggested_grade"), Align.CENTRE),) if graded else ()),
    )
    rows = tuple(
        (
            say("reports.none") if one.rank is None else f"{one.rank:f}",
            results.unit_name(one.unit),
            *(results.shown(one.parts.get(code)) for code, _ in league.parts),
            *((results.shown(one.bonus), results.shown(one.deduction)) * league.has_adjustments),
            results.shown(one.compared),
            *((results.grade(one.grade),) if graded else ()),
        )
        for one in league.standings
    )
    caption = say("reports.caption_league", group=league.group.name)
    return Table(columns, rows, caption=caption, notes=tuple(_notes(results, league)))


def _notes(results: Results, league: League) -> Iterator[str]:
    """Give each reason once, with the units it holds for."""
    said: dict[str, list[str]] = {}
    for one in league.standings:
        if reasons := league.reasons(results, one):
            said.setdefault(reasons, []).append(results.short_name(one.unit))
    for reasons, units in said.items():
        if len(units) == len(league.standings):
            yield results.say("reports.note_all", reasons=reasons)
        else:
            names = results.say("reports.words_joined_by").join(units)
            yield results.say("reports.note_units", units=names, reasons=reasons)
