"""The first sheet: which scheme, which data, what came out, what was missing."""

from collections import Counter
from collections.abc import Iterator

from baton.documents.excel import Column, Kind, Link, Sheet, Table, Value
from baton.engine.explain.line import percent
from baton.reports.results import LightLevels, Results, leagues, tallied
from baton.reports.results.handled import flag_sentence, flag_word
from baton.reports.results.league import League
from baton.reports.workbook.unit.sheet import league_key

LABEL_WIDTH = 30.0
WORDS_WIDTH = 70.0
NUMBER_WIDTH = 13.0


def matrix_key(group: str) -> str:
    """Give the key under which links find a group's matrix of indicators."""
    return f"matrix:{group}"


def overview(results: Results, *, matrices: bool, levels: LightLevels, notes: tuple[str, ...]) -> Sheet:
    """Make the sheet; `notes` say what was left out of this workbook."""
    how = ("reports.read_precision", "reports.read_share", "reports.grade_is_suggestion")
    lights = results.say("reports.read_lights", normal=percent(levels.normal), near=percent(levels.near))
    return Sheet(
        results.say("reports.overview"),
        results.say("reports.workbook_title", scheme=results.sheet.scheme.name),
        tables=tuple(_tables(results, matrices=matrices)),
        notes=(*notes, *(results.say(code) for code in how), lights, results.say("reports.read_digest")),
        key="overview",
    )


def _tables(results: Results, *, matrices: bool) -> Iterator[Table]:
    say = results.say
    label, words = (
        Column(say("reports.matter_of"), width=LABEL_WIDTH),
        Column(say("reports.content"), width=WORDS_WIDTH),
    )
    yield Table((label, words), list(_about(results)), caption=say("reports.about"))
    yield _groups(results, matrices=matrices)
    found = tallied(results)
    columns = (
        Column(say("reports.treatment"), width=LABEL_WIDTH),
        Column(say("reports.meaning"), width=WORDS_WIDTH),
        Column(say("reports.scores"), Kind.INTEGER, width=NUMBER_WIDTH),
        Column(say("reports.units"), Kind.INTEGER, width=NUMBER_WIDTH),
    )
    rows = [(flag_word(results, f), flag_sentence(results, f), scores, units) for f, (scores, units) in found.items()]
    yield Table(
        columns,
        rows or [(say("reports.nothing"), say("reports.nothing_special"), 0, 0)],
        caption=say("reports.special_treatment"),
    )


def _about(results: Results) -> Iterator[tuple[Value, ...]]:
    sheet, say = results.sheet, results.say
    scheme = sheet.scheme
    yield say("reports.scheme"), scheme.name
    if scheme.organisation:
        yield say("reports.organisation"), scheme.organisation
    if scheme.document_number:
        yield say("reports.document_number"), scheme.document_number
    yield (
        say("reports.version"),
        say("reports.version_from", version=scheme.version, date=scheme.effective_from.isoformat()),
    )
    yield say("reports.year_title"), f"{sheet.year}"
    yield say("reports.counts"), _counts(results)
    yield say("reports.scheme_digest"), sheet.scheme_digest
    yield say("reports.data_digest"), sheet.data_digest
    yield say("reports.result_digest"), sheet.digest
    yield say("reports.engine"), say("reports.engine_version", engine=sheet.engine, version=sheet.engine_version)


def _counts(results: Results) -> str:
    sheet = results.sheet
    carried = {leaf.indicator.code: bool(leaf.indicator.units) for leaf in results.plan.leaves}
    own = sum(carried.values())
    numbers = {
        "units": len(sheet.standings),
        "groups": len(results.groups),
        "indicators": len(carried) - own,
        "own": own,
    }
    return results.say("reports.counts_of", **numbers, scores=len(sheet.leaves), adjustments=len(sheet.adjustments))


def _groups(results: Results, *, matrices: bool) -> Table:
    say = results.say
    columns = (
        Column(say("reports.group"), width=LABEL_WIDTH),
        Column(say("reports.grades_in_group"), width=WORDS_WIDTH),
        Column(say("reports.units"), Kind.INTEGER, width=NUMBER_WIDTH),
        Column(say("reports.scored"), Kind.INTEGER, width=NUMBER_WIDTH),
        Column(say("reports.highest"), Kind.DECIMAL, width=NUMBER_WIDTH),
        Column(say("reports.lowest"), Kind.DECIMAL, width=NUMBER_WIDTH),
        *((Column(say("reports.matrix"), width=NUMBER_WIDTH, centred=True),) if matrices else ()),
    )
    return Table(
        columns, [_group(results, one, matrices=matrices) for one in leagues(results)], caption=say("reports.groups")
    )


def _group(results: Results, league: League, *, matrices: bool) -> tuple[Value, ...]:
    scored = [one.compared for one in league.standings if one.compared is not None]
    cells: tuple[Value, ...] = (
        Link(league.group.name, league_key(league.group.code)),
        grades_in_words(results, league),
        len(league.standings),
        len(scored),
        max(scored, default=None),
        min(scored, default=None),
    )
    return (*cells, Link(results.say("reports.open"), matrix_key(league.group.code))) if matrices else cells


def grades_in_words(results: Results, league: League) -> str:
    """Say how many units of a group have which suggested grade."""
    if not league.group.graded or not results.grades:
        return results.say("reports.not_graded")
    counts = Counter(one.grade for one in league.standings)
    found = [
        results.say("reports.grade_count", grade=name, units=counts[code]) for code, name in results.grades.items()
    ]
    if counts[None]:
        found.append(results.say("reports.grade_count", grade=results.say("reports.no_grade"), units=counts[None]))
    return results.joined(found)
