"""The plan of visits as sheets to be filled in on the spot, and what was found as a workbook."""

import math
from datetime import date
from decimal import Decimal

from baton.documents import excel
from baton.documents.excel import Column, Fact, Kind, Sheet, Table, Value, Workbook
from baton.engine.integrity.visits import Corrected, Stop, VisitForm
from baton.engine.scheme.model import Scheme
from baton.reports.targets.names import Names
from baton.reports.targets.wording import number
from baton.sheets.visits import FACTS, GROUP, INDICATOR, UNIT, VisitsMade
from baton.words import Language


def visit_sheets(form: VisitForm, names: Names) -> list[Sheet]:
    """Write the plan: a row per visit and indicator, open for the figure found and a remark; and what all reported.

    Codes stand in hidden columns; the sheet is locked but for what is to be filled in, without a password.
    """
    say = names.say
    columns = (
        *_stop_columns(names),
        Column(say("integrity.head_found"), Kind.DECIMAL, width=16, unlocked=True),
        Column(say("integrity.head_note"), width=30, unlocked=True),
        *(Column(code, hidden=True) for code in (GROUP, UNIT, INDICATOR)),
    )
    rows: list[list[Value]] = [
        [*_stop(one, names), None, None, one.stratum, one.unit, one.indicator] for one in form.stops
    ]
    title = say("integrity.sheet_visits_title", year=form.year)
    notes = (say("integrity.note_visits"),)
    plan = Sheet(
        say("integrity.sheet_visits"), title, _facts(form, names), (Table(columns, rows),), notes, protected=True
    )
    return [plan, _totals(form, names)]


def corrected_workbook(scheme: Scheme, made: VisitsMade, found: tuple[Corrected, ...], language: Language) -> bytes:
    """Write what the visits say of the county, and every figure found; the same findings give the same bytes."""
    names, form = Names(scheme, language), made.form
    title = names.say("integrity.corrected_title", year=form.year)
    sheets = (_corrected(form, found, names, title), _findings(made, names))
    content = Workbook(sheets, title, scheme.organisation, date(form.year, 12, 31), language)
    return excel.write(content)


def indicator_words(one: Corrected, names: Names) -> str:
    """Name an indicator, and say where its figure is an average over units."""
    name = names.indicators.get(one.indicator, one.indicator)
    return names.say("integrity.averaged", indicator=name) if one.averaged else name


def shown(value: float) -> Decimal | None:
    """Write an estimate with six digits that count; nothing where it is not known."""
    if not math.isfinite(value):
        return None
    return Decimal(format(Decimal(f"{value:.6g}"), "f"))


def span_words(one: Corrected) -> str:
    """Write the interval; a dash where there is none."""
    if one.estimate is None or not math.isfinite(one.estimate.error):
        return "—"
    return f"{shown(one.estimate.low):f} – {shown(one.estimate.high):f}"


def _facts(form: VisitForm, names: Names) -> tuple[Fact, ...]:
    given = {"scheme": form.scheme, "year": str(form.year), "seed": str(form.seed), "digest": form.digest}
    return tuple(Fact(names.say(code), given[name]) for name, code in FACTS.items())


def _stop_columns(names: Names) -> tuple[Column, ...]:
    return (
        Column(names.say("integrity.head_group"), width=20),
        Column(names.say("integrity.head_unit"), width=22),
        Column(names.say("integrity.head_indicator"), width=28),
        Column(names.say("integrity.head_inclusion"), Kind.DECIMAL, width=12),
        Column(names.say("integrity.head_reported"), Kind.DECIMAL, width=16),
    )


def _stop(one: Stop, names: Names) -> list[Value]:
    return [
        names.groups.get(one.stratum, one.stratum),
        names.units.get(one.unit, one.unit),
        names.indicators.get(one.indicator, one.indicator),
        one.chance,
        one.reported,
    ]


def _totals(form: VisitForm, names: Names) -> Sheet:
    say = names.say
    columns = (
        Column(say("integrity.head_indicator"), width=28),
        Column(say("integrity.head_carriers"), Kind.INTEGER, width=12),
        Column(say("integrity.head_silent"), Kind.INTEGER, width=14),
        Column(say("integrity.head_reported_total"), Kind.DECIMAL, width=18),
        Column(INDICATOR, hidden=True),
    )
    rows: list[list[Value]] = [
        [names.indicators.get(one.indicator, one.indicator), one.units, one.silent, one.total, one.indicator]
        for one in form.totals
    ]
    notes = (say("integrity.note_totals"),)
    title = say("integrity.sheet_totals_title", year=form.year)
    return Sheet(say("integrity.sheet_totals"), title, (), (Table(columns, rows),), notes, protected=True)


def _corrected(form: VisitForm, found: tuple[Corrected, ...], names: Names, title: str) -> Sheet:
    say = names.say
    columns = (
        Column(say("integrity.head_indicator"), width=30),
        Column(say("integrity.head_reported_total"), Kind.DECIMAL, width=18),
        Column(say("integrity.head_corrected"), Kind.DECIMAL, width=16),
        Column(say("integrity.head_error"), Kind.DECIMAL, width=14),
        Column(say("integrity.head_span"), width=26, centred=True),
        Column(say("integrity.head_visited"), width=12, centred=True),
        Column(say("integrity.head_missing"), width=40),
    )
    rows: list[list[Value]] = [
        [
            indicator_words(one, names),
            number(float(one.reported)) if one.averaged else one.reported,
            None if one.estimate is None else shown(one.estimate.total),
            None if one.estimate is None else shown(one.estimate.error),
            span_words(one),
            f"{one.visits - len(one.missing)} / {one.visits}",
            "、".join(names.units.get(unit, unit) for unit in one.missing),
        ]
        for one in found
    ]
    notes = (say("integrity.note_corrected"), say("integrity.note_silent"))
    return Sheet(
        say("integrity.sheet_corrected"), title, _facts(form, names), (Table(columns, rows),), notes, frozen_columns=1
    )


def _findings(made: VisitsMade, names: Names) -> Sheet:
    say = names.say
    columns = (
        *_stop_columns(names),
        Column(say("integrity.head_found"), Kind.DECIMAL, width=16),
        Column(say("integrity.head_difference"), Kind.DECIMAL, width=14),
        Column(say("integrity.head_note"), width=40),
    )
    rows: list[list[Value]] = []
    for one in made.form.stops:
        found = made.found.get((one.unit, one.indicator))
        difference = None if found is None else found - (one.reported or Decimal(0))
        rows.append([*_stop(one, names), found, difference, made.notes.get((one.unit, one.indicator))])
    return Sheet(say("integrity.sheet_findings"), say("integrity.sheet_findings"), (), (Table(columns, rows),))
