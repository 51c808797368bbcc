"""Target checks for people: flags in words with their ordinary explanations, and a workbook to work from."""

from baton.reports.targets.book import targets_workbook
from baton.reports.targets.wording import in_words, number, percent

__all__ = ["in_words", "number", "percent", "targets_workbook"]
