"""Target checks for people: flags in words with their ordinary explanations, and a workbook to work from."""

from baton.reports.targets.book import targets_workbook
from baton.reports.targets.names import Names
from baton.reports.targets.visits import corrected_workbook, indicator_words, shown, span_words
from baton.reports.targets.wording import in_words, number, percent

__all__ = [
    "Names",
    "corrected_workbook",
    "in_words",
    "indicator_words",
    "number",
    "percent",
    "shown",
    "span_words",
    "targets_workbook",
]
