"""Long tables as text (CSV): every figure and every event with its cell, every problem at once."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from baton.config.inputs.headings import EVENTS, FIGURES, columns_of, holds_events, holds_figures
from baton.engine.panel import Observation, Origin
from baton.engine.scheme.adjustments import Event
from baton.reports.store.provenance import sha256_of
from baton.sheets.address import a1
from baton.sheets.workbook.encoding import decode
from baton.words import Place, Problem, Refused

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,2})?", re.ASCII)
_PERIOD = re.compile(r"[12]\d{3}(-(0[1-9]|1[0-2])|-Q[1-4])?", re.ASCII)
_TRUE = frozenset({"1", "true", "yes", "是", "初步"})
_FALSE = frozenset({"", "0", "false", "no", "否"})
_HEAD_BYTES = 8192


def heads_of(path: Path) -> list[str]:
    """Read the first line of a text table; empty where it cannot be decoded."""
    with path.open("rb") as file:
        start = file.read(_HEAD_BYTES)
    whole = len(start) < _HEAD_BYTES
    decoded = decode(start if whole else start[: start.rfind(b"\n") + 1])
    return next(_rows(decoded.text), []) if decoded and decoded.text.strip() else []


def is_long(path: Path) -> bool:
    """Tell whether a CSV file is a long table and not an office's own report."""
    heads = heads_of(path)
    return holds_figures(heads) or holds_events(heads)


def read_long(path: Path) -> tuple[list[Observation], list[Event]]:
    """Read a long table of figures or of events; raises `Refused` with every problem of the file."""
    decoded = decode(path.read_bytes())
    if decoded is None:
        raise Refused([Problem("config.long_encoding", {}, Place(file=path.name))])
    rows = _rows(decoded.text)
    heads = next(rows)
    reader = _Reader(path, heads, columns_of(heads, FIGURES if holds_figures(heads) else EVENTS))
    made = (reader.observations(rows), []) if holds_figures(heads) else ([], reader.events(rows))
    if reader.problems:
        raise Refused(reader.problems)
    return made


def _rows(content: str) -> Iterator[list[str]]:
    first = content.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    return csv.reader(io.StringIO(content, newline=""), delimiter=delimiter)


class _Reader:
    """One file: what was wrong, and how to name a cell."""

    def __init__(self, path: Path, heads: list[str], columns: Mapping[str, int]) -> None:
        self.path, self.columns, self.width = path, columns, len(heads)
        self.digest = sha256_of(path)
        self.problems: list[Problem] = []

    def observations(self, rows: Iterator[list[str]]) -> list[Observation]:
        made: list[Observation] = []
        for number, row in enumerate(rows, 1):
            found = self._cells(row, number)
            if found:
                made += self._observation(found, number)
        return made

    def events(self, rows: Iterator[list[str]]) -> list[Event]:
        made: list[Event] = []
        for number, row in enumerate(rows, 1):
            found = self._cells(row, number)
            if found:
                made += self._event(found, number)
        return made

    def _cells(self, row: list[str], number: int) -> dict[str, str]:
        if not any(cell.strip() for cell in row):
            return {}
        if len(row) != self.width:
            params = {"found": len(row), "wanted": self.width}
            self.problems.append(Problem("config.long_ragged", params, Place(self.path.name, line=number + 1)))
            return {}
        return {name: row[column].strip() for name, column in self.columns.items()}

    def _place(self, name: str, number: int) -> Place:
        return Place(self.path.name, cell=a1(number, self.columns[name]), line=number + 1)

    def _wrong(self, code: str, name: str, given: str, number: int) -> None:
        self.problems.append(Problem(code, {"given": given, "column": name}, self._place(name, number)))

    def _observation(self, found: Mapping[str, str], number: int) -> Iterator[Observation]:
        before = len(self.problems)
        for name in ("unit", "series"):
            if not found[name]:
                self._wrong("config.long_empty", name, "", number)
        if not _PERIOD.fullmatch(found["period"]):
            self._wrong("config.long_not_a_period", "period", found["period"], number)
        value, version = found["value"], found.get("version") or "0"
        if value and not _NUMBER.fullmatch(value):
            self._wrong("config.long_not_a_number", "value", value, number)
        preliminary = found.get("preliminary", "").lower()
        if preliminary not in _TRUE | _FALSE:
            self._wrong("config.long_not_yes_or_no", "preliminary", preliminary, number)
        if not version.isdecimal():
            self._wrong("config.long_not_a_version", "version", version, number)
        if len(self.problems) == before:
            yield Observation(
                unit=found["unit"],
                series=found["series"],
                figure=found.get("figure") or "actual",
                period=found["period"],
                value=Decimal(value) if value else None,
                preliminary=preliminary in _TRUE,
                version=int(version),
                origin=self._origin(found, number),
            )

    def _origin(self, found: Mapping[str, str], number: int) -> Origin:
        """Give the cell a figure was first read in, where the table tells, or else its cell in the table."""
        if found.get("file"):
            told = (found.get(name, "") for name in ("file", "file_sha256", "sheet", "cell", "conversion"))
            return Origin(*told)
        return Origin(self.path.name, self.digest, "", a1(number, self.columns["value"]))

    def _event(self, found: Mapping[str, str], number: int) -> Iterator[Event]:
        given: dict[str, Any] = {name: cell for name, cell in found.items() if cell}
        if "confirmed" in given:
            given["confirmed"] = given["confirmed"].lower() in _TRUE
        try:
            if "on" in given:
                given["on"] = date.fromisoformat(given["on"])
            yield Event.model_validate(given)
        except ValidationError as error:
            for one in error.errors():
                name = str(one["loc"][0]) if one["loc"] else "unit"
                self._wrong("config.long_event", name if name in self.columns else "unit", one["msg"], number)
        except ValueError:
            self._wrong("config.long_not_a_date", "on", found["on"], number)
