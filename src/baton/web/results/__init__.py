"""Results: the county at a glance, league tables, a unit, an indicator, and the way down to a cell of a workbook."""
