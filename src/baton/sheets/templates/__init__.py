"""Blank reporting workbooks: fixed names, drop-downs, checked numbers, and codes by which the import knows them."""

from baton.sheets.templates.ballots import ballots_template
from baton.sheets.templates.events import events_template
from baton.sheets.templates.lead import lead_template, leads_of
from baton.sheets.templates.records import records_template
from baton.sheets.templates.unit import unit_template, units_reporting

__all__ = [
    "ballots_template",
    "events_template",
    "lead_template",
    "leads_of",
    "records_template",
    "unit_template",
    "units_reporting",
]
