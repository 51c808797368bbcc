"""The rooms of who reports: a grid or a workbook for the whole county, a unit's own few figures, the running ledger."""
