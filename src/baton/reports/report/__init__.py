"""The annual report of a result as an official document (公文): league tables, charts, missing figures."""

from baton.reports.report.build import annual_report, report_docx
from baton.reports.report.terms import Appeal, ReportTerms

__all__ = ["Appeal", "ReportTerms", "annual_report", "report_docx"]
