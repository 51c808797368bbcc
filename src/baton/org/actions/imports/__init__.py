"""Workbooks that come in: tried, taken in one transaction, taken back in one transaction."""

from baton.org.actions.imports.steps import take_back, take_import, try_import

__all__ = ["take_back", "take_import", "try_import"]
