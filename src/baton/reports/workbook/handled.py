"""A sheet with every figure that was missing, left out, filled in or otherwise treated specially."""

from baton.documents.excel import Column, Fact, Kind, Link, Sheet, Table, Value
from baton.reports.results import Handled, Results, handled
from baton.reports.results.handled import flag_word
from baton.reports.workbook.unit.sheet import unit_key

MOST_ROWS = 100_000


def handled_sheet(results: Results, *, linked: bool) -> Sheet:
    """Make the sheet: one row per unit, indicator and treatment, with the periods it concerns."""
    say = results.say
    columns = (
        Column(say("reports.group"), width=24),
        Column(say("reports.unit")),
        Column(say("reports.indicator"), width=44),
        Column(say("reports.periods"), width=40),
        Column(say("reports.times"), Kind.INTEGER, width=8),
        Column(say("reports.treatment"), width=22),
        Column(say("reports.lead"), width=18),
        Column(say("reports.source"), width=34),
    )
    order = {standing.unit: place for place, standing in enumerate(results.sheet.standings)}
    found = sorted(handled(results), key=lambda one: (order[one.unit], one.indicator, one.part))
    return Sheet(
        say("reports.special_treatment"),
        say("reports.special_title", year=results.sheet.year),
        facts=(Fact(say("reports.back"), Link(say("reports.overview"), "overview")),),
        tables=(Table(columns, [_row(results, one, linked=linked) for one in found[:MOST_ROWS]]),),
        notes=(say("reports.special_cut", most=MOST_ROWS),) if len(found) > MOST_ROWS else (),
        key="handled",
        frozen_columns=2,
    )


def _row(results: Results, one: Handled, *, linked: bool) -> tuple[Value, ...]:
    indicator, name = results.indicators[one.indicator], results.unit_name(one.unit)
    groups = {group.code: group.name for group in results.groups}
    return (
        groups[one.group],
        Link(name, unit_key(one.unit)) if linked else name,
        _indicator(results, one),
        results.say("reports.words_joined_by").join(results.period(period) for period in one.periods),
        len(one.periods),
        results.say("reports.words_joined_by").join(flag_word(results, flag) for flag in one.flags),
        results.short_name(indicator.lead) if indicator.lead in results.units else "",
        indicator.source,
    )


def _indicator(results: Results, one: Handled) -> str:
    indicator = results.indicators[one.indicator]
    parts = {part.code: part.name for part in indicator.rule.parts()}
    return f"{one.indicator} {indicator.name}" + (
        results.say("reports.of_part", part=parts[one.part]) if one.part else ""
    )
