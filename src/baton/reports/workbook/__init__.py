"""The results of a year as a workbook that an office can hand out and check by hand."""

from baton.reports.workbook.book import results_workbook

__all__ = ["results_workbook"]
