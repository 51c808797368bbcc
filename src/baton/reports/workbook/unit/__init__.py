"""One sheet per unit: how the total is put together, every indicator with its sum, what was added or taken away."""

from baton.reports.workbook.unit.sheet import unit_sheet

__all__ = ["unit_sheet"]
