"""Where tables will come to stand on a sheet, so that formulas can name their cells before anything is written."""

from xlsxwriter.utility import xl_col_to_name

from baton.documents.excel.content import Fact, Table


def letters(column: int) -> str:
    """Give the letters of a column counted from 0: 0 is A, 26 is AA."""
    return str(xl_col_to_name(column))


class Places:
    """Counts rows as the sheet's writer will fill them: title, facts, tables one below the other."""

    def __init__(self, *, title: bool = True, facts: tuple[Fact, ...] = ()) -> None:
        self._row = int(title) + len(facts) + bool(facts)

    def table(self, rows: int, *, caption: bool = False, groups: bool = False) -> int:
        """Give the number (from 1) of the first row of data of the next table, which has so many rows."""
        first = self._row + caption + groups + 1
        self._row = first + rows + 1
        return first + 1

    def take(self, table: Table) -> int:
        """Do the same for a finished table."""
        rows = len(table.rows) + table.blank_rows
        return self.table(rows, caption=bool(table.caption), groups=bool(table.groups))
