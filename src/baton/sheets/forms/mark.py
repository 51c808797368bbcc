"""The mark by which our own forms are known again: a hidden row of codes that travels with a copied sheet."""

from dataclasses import dataclass
from enum import StrEnum

_HEAD = "baton"
_VERSION = "1"
_SEPARATOR = "|"
SEARCHED_ROWS = 12
"""The mark stands in the first column of one of the first rows; officers may put lines above it."""

UNIT_CODE, UNIT_NAME, FIELD_CODE, FIELD_ENTRY = "=unit", "=name", "=field", "=entry"
"""Codes of columns without figures: code and name of a unit; in a unit's own form the fields and their entries."""
COUNT_PREFIX = "=count."
COUNTS = ("issued", "returned", "valid", "spoilt", "abstained")
"""Counts of ballots that are checked and not scored, in the order of the columns."""


class Shape(StrEnum):
    """How a form is laid out: units in rows, the fields of one unit in rows, votes, or events."""

    UNITS = "units"
    FIELDS = "fields"
    BALLOTS = "ballots"
    EVENTS = "events"


@dataclass(frozen=True, slots=True)
class Mark:
    """What a form says of itself; `unit` only where one unit fills it in, `series` only on a sheet of votes."""

    shape: Shape
    scheme: str
    period: str
    unit: str = ""
    series: str = ""

    def text(self) -> str:
        """Write the mark as it stands in the sheet; codes contain no bar."""
        parts = (_HEAD, _VERSION, self.shape, self.scheme, self.period, self.unit, self.series)
        return _SEPARATOR.join(parts)


def parse_mark(text: object) -> Mark | None:
    """Read a mark; None for any other text."""
    if not isinstance(text, str) or not text.startswith(f"{_HEAD}{_SEPARATOR}{_VERSION}{_SEPARATOR}"):
        return None
    parts = text.split(_SEPARATOR)[2:]
    if len(parts) != len(Mark.__dataclass_fields__) or parts[0] not in set(Shape):
        return None
    return Mark(Shape(parts[0]), *parts[1:])


def field_code(series: str, figure: str) -> str:
    """Write the code of a column or row of figures."""
    return f"{series}{_SEPARATOR}{figure}"


def parse_field_code(text: object) -> tuple[str, str] | None:
    """Read the code of a column or row: series and figure; None for any other text."""
    if not isinstance(text, str) or text.count(_SEPARATOR) != 1:
        return None
    series, _, figure = text.partition(_SEPARATOR)
    return (series, figure) if series and figure else None
