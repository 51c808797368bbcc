"""The second look at one xlsx sheet part by an XML parser, for parts that are written in an unusual way."""

from dataclasses import dataclass, field
from xml.parsers import expat

from baton.sheets.address import MAX_COLUMNS, MAX_ROWS, parse_a1
from baton.sheets.workbook.model import Facts, Position
from baton.sheets.workbook.xlsx_styles import Styles

_YES = ("1", "true")


@dataclass(slots=True)
class _Walk:
    """The state of one walk through a sheet part, cell by cell."""

    row: int = -1
    column: int = -1
    filled: bool = False
    top: int = MAX_ROWS
    bottom: int = -1
    left: int = MAX_COLUMNS
    right: int = -1
    inside: str = ""
    cell_type: str = ""
    text: str = ""
    has_formula: bool = False
    has_value: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    styles: dict[Position, int] = field(default_factory=dict)
    errors: dict[Position, str] = field(default_factory=dict)
    uncalculated: set[Position] = field(default_factory=set)
    any_formula: bool = False

    def start(self, tag: str, given: dict[str, str]) -> None:
        """Take note of an opening tag."""
        name = self.inside = tag.rpartition(":")[2]
        if name == "row":
            self.row = int(given["r"]) - 1 if "r" in given else self.row + 1
            self.column = -1
            if given.get("hidden") in _YES or ("ht" in given and float(given["ht"]) == 0):
                self.hidden_rows.add(self.row)
        elif name == "c":
            self._open_cell(given)
        elif name == "col" and given.get("hidden") in _YES:
            self.hidden_columns.update(range(int(given["min"]) - 1, min(int(given["max"]), 16_384)))
        elif name == "f":
            self.has_formula = self.any_formula = True
        elif name == "v":
            self.has_value = True

    def _open_cell(self, given: dict[str, str]) -> None:
        self.row, self.column = parse_a1(given["r"]) if "r" in given else (max(self.row, 0), self.column + 1)
        self.filled = False
        self.cell_type, self.text, self.has_formula, self.has_value = given.get("t", ""), "", False, False
        if given.get("s"):
            self.styles[self.row, self.column] = int(given["s"])

    def data(self, text: str) -> None:
        """Take note of text inside a value."""
        if self.inside == "v":
            self.text += text

    def end(self, tag: str) -> None:
        """Take note of a closing tag."""
        self.inside = ""
        if tag.rpartition(":")[2] != "c":
            self.filled = True
            return
        if self.filled:
            self.top, self.bottom = min(self.top, self.row), max(self.bottom, self.row)
            self.left, self.right = min(self.left, self.column), max(self.right, self.column)
        if self.cell_type == "e":
            self.errors[self.row, self.column] = self.text or "#ERROR!"
        if self.has_formula and not self.text and not (self.has_value and self.cell_type == "str"):
            self.uncalculated.add((self.row, self.column))


def parse(data: bytes, styles: Styles) -> tuple[Facts, tuple[int, int]]:
    """Collect the facts of a sheet part and the height and width of its filled rectangle.

    Raises expat.ExpatError, ValueError or KeyError when the part is damaged.
    """
    walk = _Walk()
    parser = expat.ParserCreate()
    parser.StartElementHandler = walk.start
    parser.EndElementHandler = walk.end
    parser.CharacterDataHandler = walk.data
    parser.Parse(data, True)
    formats = {spot: styles.formats.get(style, "") for spot, style in walk.styles.items()}
    found = Facts(
        hidden_rows=frozenset(walk.hidden_rows),
        hidden_columns=frozenset(walk.hidden_columns),
        formats={spot: code for spot, code in formats.items() if walk.styles[spot] in styles.telling},
        errors=walk.errors,
        uncalculated=frozenset(walk.uncalculated),
        has_formulas=walk.any_formula,
        format_at=lambda row, column: formats.get((row, column), ""),
    )
    return found, (max(walk.bottom - walk.top + 1, 0), max(walk.right - walk.left + 1, 0))
