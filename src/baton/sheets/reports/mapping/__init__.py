"""The mapping file that lies beside an office's own workbooks and says what their headings mean."""

from baton.sheets.reports.mapping.load import read_report_mapping
from baton.sheets.reports.mapping.model import NO_MAPPING, ColumnRule, ReportMapping, TableRule

__all__ = ["NO_MAPPING", "ColumnRule", "ReportMapping", "TableRule", "read_report_mapping"]
