"""Workbooks as offices really produce them, read into typed rows, with every problem named by cell.

The doors, in the order a file passes them: `workbook.read_workbook` (any kind of file, limits), `table.find_table_in`
(headers to columns, one mapping file per office), `Table.numbers` / `periods` / `texts` (typed, exact, with a record of
every conversion), `units.find_units` (names to codes), `annotate.annotate` (the file back with every problem marked).
Refusals are `baton.words.Refused`; what can be read past is a `Problem` beside the result. Nothing is guessed silently.
"""
