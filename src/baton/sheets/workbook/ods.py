"""The second pass over an OpenDocument sheet (ods, ISO/IEC 26300): repeats, hidden rows, spans, errors, percentages.

A few bytes can ask for a million repeated cells, so the extents are counted before the value reader repeats them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from baton.sheets.limits import Limits, refuse_wide
from baton.sheets.workbook.model import Area, Facts, Position
from baton.sheets.workbook.package import Package
from baton.words import Place, Problem, Refused

_HIDDEN = ("collapse", "filter")


@dataclass(slots=True)
class _Table:
    name: str
    row: int = 0
    column: int = 0
    repeat: int = 1
    top: int = -1
    bottom: int = -1
    left: int = 1 << 20
    right: int = -1
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    declared_columns: int = 0
    merged: list[Area] = field(default_factory=list)
    formats: dict[Position, str] = field(default_factory=dict)
    errors: dict[Position, str] = field(default_factory=dict)
    uncalculated: set[Position] = field(default_factory=set)

    def facts(self) -> Facts:
        """Give what was seen."""
        return Facts(
            frozenset(self.hidden_rows), frozenset(self.hidden_columns), self.merged, self.formats, self.errors,
            frozenset(self.uncalculated),
        )  # fmt: skip


class _Walk:
    """One walk through content.xml; prefixes are those that every office program writes."""

    def __init__(self) -> None:
        self.tables: list[_Table] = []
        self.error_at: Position | None = None
        self.text = ""

    def start(self, tag: str, given: dict[str, str]) -> None:
        """Take note of an opening tag."""
        if tag == "table:table":
            self.tables.append(_Table(given.get("table:name", "")))
        elif not self.tables:
            return
        elif tag == "table:table-column":
            self._column(self.tables[-1], given)
        elif tag == "table:table-row":
            table = self.tables[-1]
            table.repeat = int(given.get("table:number-rows-repeated", "1"))
            table.column = 0
            if given.get("table:visibility") in _HIDDEN:
                table.hidden_rows.update(range(table.row, table.row + min(table.repeat, 100_000)))
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self._cell(self.tables[-1], given)

    def _column(self, table: _Table, given: dict[str, str]) -> None:
        repeat = int(given.get("table:number-columns-repeated", "1"))
        if given.get("table:visibility") in _HIDDEN:
            table.hidden_columns.update(range(table.declared_columns, table.declared_columns + min(repeat, 16_384)))
        table.declared_columns += repeat

    def _cell(self, table: _Table, given: dict[str, str]) -> None:
        repeat = int(given.get("table:number-columns-repeated", "1"))
        spot = (table.row, table.column)
        down, right = (int(given.get(f"table:number-{n}-spanned", "1")) for n in ("rows", "columns"))
        if down > 1 or right > 1:
            table.merged.append((*spot, table.row + down - 1, table.column + right - 1))
        kind = given.get("office:value-type", "")
        if kind or "table:formula" in given:
            table.top = table.row if table.top < 0 else table.top
            table.bottom = table.row + table.repeat - 1
            table.left = min(table.left, table.column)
            table.right = max(table.right, table.column + repeat - 1)
        if kind == "percentage" and repeat * table.repeat <= 100_000:
            spots = ((r, c) for r in range(table.repeat) for c in range(repeat))
            table.formats.update({(spot[0] + r, spot[1] + c): "0.00%" for r, c in spots})
        if given.get("calcext:value-type") == "error":
            self.error_at, self.text = spot, ""
        elif "table:formula" in given and not kind:
            table.uncalculated.add(spot)
        table.column += repeat

    def data(self, text: str) -> None:
        """Take note of text inside an error cell."""
        if self.error_at is not None:
            self.text += text

    def end(self, tag: str) -> None:
        """Take note of a closing tag."""
        if tag == "table:table-row" and self.tables:
            self.tables[-1].row += self.tables[-1].repeat
        elif tag == "table:table-cell" and self.error_at is not None:
            self.tables[-1].errors[self.error_at] = self.text or "#ERROR!"
            self.error_at = None


def second_pass(package: Package, limits: Limits) -> Mapping[str, Facts]:
    """Give the facts of every sheet by name; raises Refused when one is too large, or the content is damaged."""
    walk = _Walk()
    parser = expat.ParserCreate()
    parser.StartElementHandler = walk.start
    parser.EndElementHandler = walk.end
    parser.CharacterDataHandler = walk.data
    for name in package.names & {"META-INF/manifest.xml", "settings.xml", "styles.xml", "mimetype"}:
        if b"encryption-data" in package.read(name):
            raise Refused([Problem("sheets.password", {}, package.place)])
    try:
        parser.Parse(package.read(package.find("content.xml") or ""), True)
    except (expat.ExpatError, ValueError) as error:
        raise Refused([Problem("sheets.broken_file", {"reason": str(error)}, package.place)]) from error
    for table in walk.tables:
        if table.bottom >= 0:
            size = table.bottom - table.top + 1, table.right - table.left + 1
            refuse_wide(size, limits, Place(package.place.file, table.name))
    return {table.name: table.facts() for table in walk.tables}
