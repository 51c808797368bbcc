"""A sheet with the file and cell every figure came from, what was converted, and what was corrected."""

from collections.abc import Iterator

from baton.documents.excel import Column, Fact, Kind, Link, Sheet, Table, Value
from baton.engine.panel import Observation
from baton.reports.results import Results
from baton.reports.results.results import bare
from baton.reports.workbook.unit.sheet import unit_key

MOST_ROWS = 200_000


def origins_sheet(results: Results, *, linked: bool) -> Sheet:
    """Make the sheet; with more than 200,000 figures only those that were corrected or converted."""
    say = results.say
    columns = (
        Column(say("reports.unit"), width=18),
        Column(say("reports.series"), width=10, centred=True),
        Column(say("reports.figure"), width=14),
        Column(say("reports.period_title"), width=11, centred=True),
        Column(say("reports.value"), Kind.DECIMAL, width=14),
        Column(say("reports.state"), width=12, centred=True, note=say("reports.state_note")),
        Column(say("reports.file"), width=44),
        Column(say("reports.worksheet"), width=16),
        Column(say("reports.cell"), width=8, centred=True),
        Column(say("reports.conversion"), width=24),
    )
    many = len(results.observations) > MOST_ROWS
    wanted = [one for one in results.observations if not many or one.version or one.origin.conversion]
    rows = [tuple(_row(results, one, linked=linked)) for one in wanted[:MOST_ROWS]]
    return Sheet(
        say("reports.origins"),
        say("reports.origins_title", year=results.sheet.year),
        facts=(Fact(say("reports.back"), Link(say("reports.overview"), "overview")),),
        tables=(Table(columns, rows),),
        notes=(say("reports.origins_cut", most=MOST_ROWS),) if many else (),
        key="origins",
        frozen_columns=1,
    )


def _row(results: Results, one: Observation, *, linked: bool) -> Iterator[Value]:
    unit = results.units.get(one.unit)
    name = one.unit if unit is None else unit.short_name or unit.name
    scored = unit is not None and unit.group is not None
    yield Link(name, unit_key(one.unit)) if linked and scored else name
    yield one.series
    yield one.figure
    yield one.period
    yield None if one.value is None else bare(one.value)
    yield _state(results, one)
    yield one.origin.file
    yield one.origin.sheet
    yield one.origin.cell
    yield one.origin.conversion


def _state(results: Results, one: Observation) -> str:
    if one.version:
        return results.say("reports.corrected")
    return results.say("reports.preliminary") if one.preliminary else results.say("reports.final")
