"""Why scores changed: two results of months, every unit's change taken apart, as table, chart and workbook."""
