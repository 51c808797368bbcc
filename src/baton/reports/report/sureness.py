"""The part on how sure ranks are: a chart per group, and in words who is on a par and where grades part equals."""

from collections.abc import Iterator

from baton.documents.charts import RangeBar, RangeBars
from baton.documents.content import Align, Block, Chart, Column, Heading, Paragraph, Table
from baton.engine.robustness.result import GroupRobustness, Robustness, UnitRobustness
from baton.reports.report.groups import MOST_ROWS_DRAWN
from baton.reports.report.terms import ReportTerms
from baton.reports.results import Results
from baton.reports.results.advice import boundary_in_words, weight_in_words
from baton.reports.results.sureness import (
    covered_words,
    groups_with_names,
    in_percent,
    range_of,
    shared_bands,
)
from baton.words import render

_WEIGHTS_NAMED = 3


def may_show(results: Results, terms: ReportTerms) -> bool:
    """Whether ranges of places may be printed: always for meetings, in public only if the scheme says so."""
    return not terms.public or results.sheet.scheme.ranking.intervals_in_public


def sureness(results: Results, terms: ReportTerms, found: Robustness | None) -> Iterator[Block]:
    """Give how to read it, then chart and sentences of every group; nothing where there is no analysis to be shown."""
    if found is None or not may_show(results, terms):
        return
    settings = found.settings
    params = {"draws": settings.draws, "level": in_percent(settings.level), "seed": settings.seed}
    say = results.say
    noted = any(one.everyday for group in found.groups for one in group.units)
    yield Paragraph(
        results.run_on(
            [
                say("reports.sure_read", **params),
                *((say("reports.sure_everyday_note"),) if noted else ()),
                say("reports.sure_choices_note"),
                *((say("reports.sure_grade_note"),) if results.grades else ()),
                say("reports.sure_estimates", **params),
            ]
        )
    )
    groups = list(groups_with_names(results, found))
    for name, group in groups:
        if len(groups) > 1:
            yield Heading(name, 2)
        yield from _group(results, name, group)


def _group(results: Results, name: str, group: GroupRobustness) -> Iterator[Block]:
    caption = results.say("reports.caption_ranges", group=name)
    if 1 < len(group.units) <= MOST_ROWS_DRAWN:
        yield Chart(ranges(results, caption, group), caption=caption)
    else:
        yield _table(results, caption, group)
    for said in _said(results, group):
        yield Paragraph(said)


def ranges(results: Results, caption: str, group: GroupRobustness) -> RangeBars:
    """Give the places each unit could as well have, with how sure its grade is."""
    ranks = {one.unit: one.rank for one in results.sheet.standings}
    bars = []
    for one in group.units:
        rank = ranks[one.unit]
        if rank is not None:
            narrow = None if one.everyday is None else (one.everyday.best, one.everyday.worst)
            wide = (one.choices.best, one.choices.worst)
            bars.append(RangeBar(results.short_name(one.unit), rank, wide, narrow, _grade(results, one)))
    return RangeBars(
        caption,
        results.say("reports.unit"),
        results.say("reports.rank"),
        results.say("reports.sure_everyday"),
        results.say("reports.sure_choices"),
        tuple(bars),
    )


def _grade(results: Results, one: UnitRobustness) -> str:
    sure = one.sure_of_grade
    return "" if sure is None else f"{results.grade(one.grade)} {in_percent(sure)}"


def _table(results: Results, caption: str, group: GroupRobustness) -> Table:
    """Give a group that is too large, or too small, for a chart as a table."""
    say = results.say
    titles = ("reports.rank", "reports.unit", "reports.sure_everyday", "reports.sure_choices")
    aligned = (Align.CENTRE, Align.LEFT, Align.CENTRE, Align.CENTRE)
    ranks = {one.unit: one.rank for one in results.sheet.standings}
    rows = tuple(
        (
            f"{ranks[one.unit]:f}",
            results.unit_name(one.unit),
            range_of(results, one.everyday),
            range_of(results, one.choices),
        )
        for one in group.units
        if ranks[one.unit] is not None
    )
    return Table(tuple(map(Column, map(say, titles), aligned)), rows, caption=caption)


def _said(results: Results, group: GroupRobustness) -> Iterator[str]:
    say = results.say
    joined = say("reports.words_joined_by")
    if group.covered is not None and group.covered.whole:
        yield results.run_on([say("reports.sure_covers_all", full=covered_words(group.covered)["full"])])
    bands = [joined.join(map(results.short_name, band)) for band in shared_bands(group)]
    if bands:
        yield say("reports.sure_bands", bands=results.joined(bands))
    for boundary in group.boundaries:
        yield boundary_in_words(results, boundary)
    heavy = [one for one in group.weights if one.shift > 0][:_WEIGHTS_NAMED]
    if heavy:
        yield say("reports.sure_heavy", weights=results.joined([weight_in_words(results, one) for one in heavy]))
    if group.notices:
        yield results.run_on([render(notice, results.language).what for notice in group.notices])
