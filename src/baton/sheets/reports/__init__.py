"""Reports of offices read into observations and events: every problem of every file at once, by cell."""

from baton.sheets.reports.context import Context
from baton.sheets.reports.folder import Folder, reports_in
from baton.sheets.reports.mapping import NO_MAPPING, ReportMapping, read_report_mapping
from baton.sheets.reports.model import Absence, Correction, FileTaken, Import, Missing, Receipt
from baton.sheets.reports.read import read_reports
from baton.sheets.reports.register import Arrival, read_register

__all__ = [
    "NO_MAPPING",
    "Absence",
    "Arrival",
    "Context",
    "Correction",
    "FileTaken",
    "Folder",
    "Import",
    "Missing",
    "Receipt",
    "ReportMapping",
    "read_register",
    "read_report_mapping",
    "read_reports",
    "reports_in",
]
