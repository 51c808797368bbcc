"""The sheet of one unit, from its standing down to every sum."""

from collections.abc import Iterator

from baton.documents.excel import Fact, Link, Places, Sheet, Table
from baton.engine.explain import Explanation
from baton.reports.results import LightLevels, Results
from baton.reports.results.handled import flag_sentence, flag_word
from baton.reports.workbook.unit.adjusted import adjusted
from baton.reports.workbook.unit.composition import composition, rows_of
from baton.reports.workbook.unit.parts import Section, sections
from baton.reports.workbook.unit.periodic import Periodic
from baton.reports.workbook.unit.yearly import yearly
from baton.reports.workbook.words import flags_of


def unit_key(unit: str) -> str:
    """Give the key under which links find a unit's sheet."""
    return f"unit:{unit}"


def league_key(group: str) -> str:
    """Give the key under which links find a group's league table."""
    return f"league:{group}"


def unit_sheet(results: Results, explained: Explanation, levels: LightLevels) -> Sheet:
    """Make the sheet of a unit."""
    facts = tuple(_facts(results, explained))
    parts = tuple(sections(results, explained))
    return Sheet(
        results.short_name(explained.unit),
        results.say("reports.unit_title", unit=explained.unit_name, year=explained.year),
        facts=facts,
        tables=tuple(_tables(results, explained, parts, levels, Places(facts=facts))),
        notes=tuple(_notes(results, explained, parts)),
        key=unit_key(explained.unit),
        paper="A3",
    )


def _facts(results: Results, explained: Explanation) -> Iterator[Fact]:
    say, one = results.say, explained.standing
    yield Fact(say("reports.back"), Link(explained.group_name, league_key(explained.group)))
    rank = (
        say("reports.none")
        if one.rank is None
        else say("reports.rank_of", rank=f"{one.rank:f}", units=explained.ranked)
    )
    yield Fact(say("reports.rank"), rank)
    yield Fact(say("reports.total"), results.shown(one.compared))
    yield Fact(say("reports.suggested_grade"), results.grade(one.grade))


def _tables(
    results: Results, explained: Explanation, parts: tuple[Section, ...], levels: LightLevels, places: Places
) -> Iterator[Table]:
    yield composition(results, explained, places.table(rows_of(explained, results), caption=True))
    for part in parts:
        if part.periodic:
            periodic = Periodic(results, explained, part, levels)
            yield periodic.table(places.table(periodic.rows(), caption=True))
        if part.yearly:
            yield yearly(results, explained, part, levels, places.table(len(part.yearly), caption=True))
    if explained.adjustments:
        yield adjusted(results, explained)


def _notes(results: Results, explained: Explanation, parts: tuple[Section, ...]) -> Iterator[str]:
    if explained.reasons:
        yield results.say(
            "reports.why_grade", reasons=results.joined([r.text(results.language) for r in explained.reasons])
        )
    for node in explained.nodes:
        if node.depth < 2 and node.score is not None:
            how = results.joined([line.text(results.language) for line in node.combine])
            yield results.say("reports.how_combined", node=node.name, how=how)
    flags = {
        flag
        for part in parts
        for entry in (*part.yearly, *part.periodic)
        for leaf in entry.periods
        for flag in flags_of(leaf)
    }
    for flag in sorted(flags):
        yield results.say("reports.flag_says", word=flag_word(results, flag), sentence=flag_sentence(results, flag))
    yield results.say("reports.grade_is_suggestion")
