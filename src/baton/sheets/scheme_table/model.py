"""The mapping file that says how a table of indicators becomes a scheme."""

from fnmatch import fnmatchcase
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from baton.engine.scheme.model import Language, Task
from baton.engine.terms import Code, Day, Name, Number, Record
from baton.sheets.cells.text import close
from baton.sheets.mapping_file import read_mapping_file

Texts = Annotated[tuple[str, ...], BeforeValidator(lambda given: (given,) if isinstance(given, str) else given)]


class Level(Record):
    """A level of the tree above the indicators: the heading of its names, and of its weights or of its full points.

    With `weight` the level above is the weighted mean of these nodes; without, the sum of their points.
    """

    name: str
    weight: str = ""
    points: str = ""


class Leaf(Record):
    """The headings of an indicator's name, points, unit of measure, target and source of data.

    `without_points`: whether a row with a name and no points is an `error`, or no part of this scheme (`leave_out`).
    """

    name: str
    points: str
    unit: str = ""
    target: str = ""
    source: str = ""
    without_points: Literal["error", "leave_out"] = "error"


class RowRule(Record):
    """What holds for rows whose cells look so: `when` by heading (one of these patterns, `*` stands for anything).

    `use` are fields of an indicator of the scheme language, such as `rule`, `direction` or `missing`.
    """

    when: dict[str, Texts] = Field(default_factory=dict)
    use: dict[str, Any] = Field(min_length=1)

    def holds(self, row: dict[str, str]) -> bool:
        """Tell whether it is meant for a row, given as texts by heading."""
        return all(
            any(fnmatchcase(close(row[heading]), close(pattern)) for pattern in patterns)
            for heading, patterns in self.when.items()
        )


class SchemeTable(Record):
    """The whole file.

    `each`: heading by whose values the table falls into several schemes (empty: one scheme), and whose values are
    their codes; `name_from`: heading of the scheme's name, `name` where it has none. `units`: who is assessed; empty:
    one unit that is called as the scheme is. `full`: what all points must add up to. `passed_rows`: rows with these
    words under a heading are left out. `rules`: the first that holds for a row decides its rule. `tasks`: what the
    indicators hang on; `hooks` names those that all of them do.
    """

    language: Language = 1
    each: str = ""
    code: Code = "S"
    name: Name = "-"
    name_from: str = ""
    organisation: str = ""
    document_number: str = ""
    effective_from: Day
    full: Number = Field(default=100, gt=0, validate_default=True)
    units: tuple[Name, ...] = ()
    levels: tuple[Level, ...] = ()
    leaf: Leaf
    passed_rows: dict[str, Texts] = Field(default_factory=dict)
    tasks: tuple[Task, ...] = ()
    hooks: tuple[Code, ...] = ()
    rules: tuple[RowRule, ...] = Field(min_length=1)

    def headings(self) -> tuple[str, ...]:
        """Give every heading that is read, each once."""
        levels = [name for level in self.levels for name in (level.name, level.weight, level.points)]
        leaf = [self.leaf.name, self.leaf.points, self.leaf.unit, self.leaf.target, self.leaf.source]
        asked = [heading for rule in self.rules for heading in rule.when]
        named = [self.each, self.name_from, *levels, *leaf, *self.passed_rows, *asked]
        return tuple(dict.fromkeys(filter(None, named)))


def read_scheme_table_mapping(text: str, name: str) -> SchemeTable:
    """Read the file; raises `Refused` with every problem by line."""
    return read_mapping_file(text, name, SchemeTable)[0]
