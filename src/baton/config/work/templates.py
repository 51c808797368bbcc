"""Blank reporting workbooks of a scheme, each with the name of its file."""

from collections.abc import Iterator
from difflib import get_close_matches

from baton.engine.scheme.model import Scheme
from baton.engine.terms import Frequency
from baton.sheets.forms import grain_of, period_words
from baton.sheets.templates import (
    ballots_template,
    events_template,
    lead_template,
    leads_of,
    records_template,
    unit_template,
    units_reporting,
)
from baton.words import Language, Problem, Refused, text

type Form = tuple[str, bytes]
"""The name of a file and its bytes."""


def unit_code(scheme: Scheme, given: str) -> str:
    """Find a unit's code by code, name or short name; raises `Refused` with what is near."""
    for unit in scheme.units:
        if given in (unit.code, unit.name, unit.short_name, *unit.aliases):
            return unit.code
    names = [name for unit in scheme.units for name in (unit.code, unit.name, unit.short_name) if name]
    near = "、".join(get_close_matches(given, names, cutoff=0.5)) or "—"
    raise Refused([Problem("config.no_such_unit", {"given": given, "near": near})])


def lead_form(scheme: Scheme, lead: str, period: str, language: Language) -> Form:
    """Give the workbook of a lead department."""
    code = unit_code(scheme, lead)
    return _file(scheme, period, code, language), lead_template(scheme, code, period, language)


def unit_form(scheme: Scheme, unit: str, period: str, language: Language) -> Form:
    """Give the workbook of a unit that reports for itself."""
    code = unit_code(scheme, unit)
    return _file(scheme, period, code, language), unit_template(scheme, code, period, language)


def records_form(scheme: Scheme, period: str, language: Language) -> Form:
    """Give the table of records of entry for `baton targets`, of a month or of all months of a year.

    Raises `Refused` where nothing is reported by month.
    """
    if grain_of(period) is Frequency.QUARTER or all(one.frequency is not Frequency.MONTH for one in scheme.indicators):
        raise Refused([Problem("config.nothing_in_period", {"period": period_words(period)})])
    return _named(period, text("config.file_records", language)), records_template(scheme, period, language)


def all_forms(scheme: Scheme, period: str, language: Language) -> Iterator[Form]:
    """Give every workbook of a period; those of a year include the tally of ballots and the list of events.

    Raises `Refused` where nothing is reported for the period.
    """
    leads, units = leads_of(scheme, period), units_reporting(scheme, period)
    yearly = grain_of(period) is Frequency.YEAR
    ballots = yearly and any(indicator.rule.kind in ("ballot", "ballot_rate") for indicator in scheme.indicators)
    events = yearly and bool(scheme.bonuses or scheme.deductions or scheme.vetoes)
    if not (leads or units or ballots or events):
        raise Refused([Problem("config.nothing_in_period", {"period": period_words(period)})])
    for lead in leads:
        yield _file(scheme, period, lead, language), lead_template(scheme, lead, period, language)
    for unit in units:
        yield _file(scheme, period, unit, language), unit_template(scheme, unit, period, language)
    if ballots:
        yield _named(period, text("config.file_ballots", language)), ballots_template(scheme, int(period), language)
    if events:
        yield _named(period, text("config.file_events", language)), events_template(scheme, int(period), language)


def _file(scheme: Scheme, period: str, code: str, language: Language) -> str:
    unit = next(unit for unit in scheme.units if unit.code == code)
    return _named(period, unit.short_name or unit.name)


def _named(period: str, who: str) -> str:
    """Write a file name that every system takes."""
    return f"{period}_{''.join('-' if sign in '<>:/|?*' or sign == chr(92) else sign for sign in who)}.xlsx"
