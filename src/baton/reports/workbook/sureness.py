"""A sheet that says how sure ranks and grades are."""

from collections.abc import Iterator

from baton.documents.excel import Column, Fact, Group, Kind, Link, Sheet, Table, Value
from baton.engine.robustness.result import GroupRobustness, Robustness, UnitRobustness
from baton.reports.results import Results
from baton.reports.results.sureness import (
    alike,
    covered_words,
    groups_with_names,
    in_percent,
    range_of,
    share,
)
from baton.reports.workbook.unit.sheet import unit_key
from baton.words import render

_PLACES = 11.0
_NAMES = 40.0


def sureness_sheet(results: Results, found: Robustness, *, linked: bool) -> Sheet:
    """Make the sheet of units: rank, the ranges it could as well be in, how sure the grade is, who is on a par."""
    say = results.say
    graded = bool(results.grades)
    columns = (
        Column(say("reports.group"), width=26),
        Column(say("reports.rank"), Kind.DECIMAL, width=8),
        Column(say("reports.unit")),
        Column(say("reports.total"), Kind.DECIMAL, places=results.sheet.scheme.ranking.decimals, width=_PLACES),
        Column(say("reports.sure_everyday"), width=_PLACES, centred=True, note=say("reports.sure_everyday_note")),
        Column(say("reports.sure_choices"), width=_PLACES, centred=True, note=say("reports.sure_choices_note")),
        Column(say("reports.sure_alike"), width=_NAMES, note=say("reports.sure_alike_note")),
        *(_grade_columns(results) if graded else ()),
    )
    rows = [row for name, group in groups_with_names(results, found) for row in _units(results, name, group, linked)]
    groups = (
        Group("", 4),
        Group(say("reports.sure_ranges"), 2),
        Group("", 1),
        *((Group("", 2), Group(say("reports.sure_grades"), len(results.grades))) if graded else ()),
    )
    return Sheet(
        say("reports.sureness"),
        say("reports.sureness_title", year=found.year),
        facts=(Fact(say("reports.back"), Link(say("reports.overview"), "overview")), *_covered(results, found)),
        tables=(Table(columns, rows, groups=groups),),
        notes=tuple(_notes(results, found)),
        key="sureness",
        frozen_columns=3,
    )


def _covered(results: Results, found: Robustness) -> Iterator[Fact]:
    """Say of every group how many of its points the everyday interval covers."""
    for name, group in groups_with_names(results, found):
        if group.covered is not None:
            said = results.say("reports.sure_covers", group=name, **covered_words(group.covered))
            yield Fact(results.say("reports.sure_everyday"), said)


def _grade_columns(results: Results) -> Iterator[Column]:
    say = results.say
    yield Column(say("reports.suggested_grade"), width=_PLACES, centred=True)
    yield Column(
        say("reports.sure_of_grade"), Kind.PERCENT, places=0, width=_PLACES, note=say("reports.sure_grade_note")
    )
    for name in results.grades.values():
        yield Column(name, Kind.PERCENT, places=0, width=9)


def _units(results: Results, name: str, group: GroupRobustness, linked: bool) -> Iterator[tuple[Value, ...]]:
    standings = {one.unit: one for one in results.sheet.standings}
    joined = results.say("reports.words_joined_by")
    for one in group.units:
        unit = results.unit_name(one.unit)
        standing = standings[one.unit]
        yield (
            name,
            standing.rank,
            Link(unit, unit_key(one.unit)) if linked else unit,
            standing.compared,
            range_of(results, one.everyday),
            range_of(results, one.choices),
            joined.join(results.short_name(other) for other in alike(group, one.unit)) or None,
            *(_grades(results, one) if results.grades else ()),
        )


def _grades(results: Results, one: UnitRobustness) -> Iterator[Value]:
    chances = one.grades_everyday or one.grades_by_choice
    sure = one.sure_of_grade
    yield results.grade(one.grade)
    yield None if sure is None else share(sure)
    for code in results.grades:
        yield share(chances.get(code, 0.0)) if chances else None


def _notes(results: Results, found: Robustness) -> Iterator[str]:
    settings = found.settings
    params = {"draws": settings.draws, "level": in_percent(settings.level), "seed": settings.seed}
    yield results.say("reports.sure_read", **params)
    yield results.say("reports.sure_everyday_note")
    yield results.say("reports.sure_choices_note")
    yield results.say("reports.sure_estimates", **params)
    notices = [notice for group in found.groups for notice in group.notices]
    yield from dict.fromkeys(render(problem, results.language).what for problem in (*found.problems, *notices))
