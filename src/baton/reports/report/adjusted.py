"""Bonuses, deductions and vetoes: a short count in the text, the cases that count in an annex.

Listed is only what counts and may be shown: confirmed, in force, not withheld by the office; without remarks, which
may name persons.
"""

from collections.abc import Iterator

from baton.documents.content import Align, Block, Column, Heading, Paragraph, Table
from baton.engine.result import Adjustment
from baton.reports.report.terms import ReportTerms
from baton.reports.results import Results

KINDS = ("bonus", "deduction", "veto")


def counting(results: Results, terms: ReportTerms, kind: str) -> list[Adjustment]:
    """Give the cases of a kind that count, in the order of groups, ranks and items."""
    order = {standing.unit: place for place, standing in enumerate(results.sheet.standings)}
    found = [
        one
        for one in results.sheet.adjustments
        if one.kind == kind and one.item not in terms.withheld and (one.points or (kind == "veto" and not one.reason))
    ]
    return sorted(found, key=lambda one: order[one.unit])


def adjusted_in_short(results: Results, terms: ReportTerms) -> Iterator[Block]:
    """Say how many cases of each kind count, for how many units."""
    said = []
    for kind in KINDS:
        found = counting(results, terms, kind)
        if found:
            units = len({one.unit for one in found})
            said.append(results.say(f"reports.in_short_{kind}", cases=len(found), units=units))
    if said:
        yield Paragraph(results.run_on([*said, results.say("reports.in_annex")]))


def adjusted(results: Results, terms: ReportTerms) -> Iterator[Block]:
    """Give a table per kind."""
    for kind in KINDS:
        found = counting(results, terms, kind)
        if found:
            yield Heading(results.say(f"reports.kind_{kind}"), 2)
            yield _table(results, found, with_points=kind != "veto")


def _table(results: Results, found: list[Adjustment], *, with_points: bool) -> Table:
    say = results.say
    points = (Column(say("reports.counted"), Align.RIGHT, 18),) if with_points else ()
    columns = (
        Column(say("reports.unit"), width_mm=40),
        Column(say("reports.item"), width_mm=52 if with_points else 64),
        Column(say("reports.document"), width_mm=46 if with_points else 52),
        *points,
    )
    rows = tuple(
        (
            results.unit_name(one.unit),
            results.items.get(one.item, one.item),
            one.document,
            *((results.shown(one.points),) if with_points else ()),
        )
        for one in found
    )
    return Table(columns, rows)
