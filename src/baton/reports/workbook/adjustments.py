"""A sheet with every bonus, deduction and veto of the year: asked for, counted, and why not in full."""

from baton.documents.excel import Column, Fact, Kind, Link, Sheet, Table, Value
from baton.engine.result import Adjustment
from baton.reports.results import Results
from baton.reports.results.results import bare
from baton.reports.workbook.unit.sheet import unit_key


def adjustments_sheet(results: Results, *, linked: bool) -> Sheet:
    """Make the sheet; rows in the order of groups, ranks and items."""
    say = results.say
    columns = (
        Column(say("reports.unit")),
        Column(say("reports.kind"), width=10, centred=True),
        Column(say("reports.item"), width=40),
        Column(say("reports.level"), width=9, centred=True),
        Column(say("reports.quantity"), Kind.DECIMAL, width=11),
        Column(say("reports.asked"), Kind.DECIMAL, width=10, note=say("reports.asked_note")),
        Column(say("reports.counted"), Kind.DECIMAL, width=10),
        Column(say("reports.why_not"), width=30),
        Column(say("reports.document"), width=26),
        Column(say("reports.matter"), width=12, centred=True, note=say("reports.matter_note")),
        Column(say("reports.remark"), width=30),
    )
    order = {standing.unit: place for place, standing in enumerate(results.sheet.standings)}
    found = sorted(results.sheet.adjustments, key=lambda one: order[one.unit])
    return Sheet(
        say("reports.adjustments"),
        say("reports.adjustments_title", year=results.sheet.year),
        facts=(Fact(say("reports.back"), Link(say("reports.overview"), "overview")),),
        tables=(Table(columns, [_row(results, one, linked=linked) for one in found]),),
        key="adjustments",
        frozen_columns=1,
    )


def _row(results: Results, one: Adjustment, *, linked: bool) -> tuple[Value, ...]:
    name, veto = results.unit_name(one.unit), one.kind == "veto"
    return (
        Link(name, unit_key(one.unit)) if linked else name,
        results.say(f"reports.kind_{one.kind}"),
        f"{one.item} {results.items.get(one.item, '')}",
        one.level,
        None if one.quantity is None else bare(one.quantity),
        None if veto else bare(one.asked),
        None if veto else bare(one.points),
        results.why_not(one),
        one.document,
        one.matter,
        one.note,
    )
