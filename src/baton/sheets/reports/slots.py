"""Cells that hold figures, read one by one into observations with their origin."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from baton.engine.panel import Observation, Origin
from baton.sheets.address import a1
from baton.sheets.cells import Absent, Figure, Percent, Wanted, absent, read_number
from baton.sheets.cells.convert import converted
from baton.sheets.cells.text import close
from baton.sheets.forms import Field, read_cell
from baton.sheets.reports.context import Context
from baton.sheets.reports.mapping import ColumnRule
from baton.sheets.reports.model import Absence, FileTaken
from baton.sheets.workbook import Sheet, Value
from baton.words import Place, Problem, Severity

_NO_WORDS: Mapping[str, Decimal] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell that holds a figure: 0-based row and column, what it is of, and how it is to be understood."""

    row: int
    column: int
    field: Field
    unit: str
    period: str
    stated: str = ""
    percent: Percent = Percent.AS_SHOWN
    words: Mapping[str, Decimal] = _NO_WORDS
    times: Decimal = Decimal(1)
    decimals: int | None = None

    @classmethod
    def ruled(
        cls, row: int, column: int, field: Field, unit: str, period: str, rule: ColumnRule, stated: str = ""
    ) -> "Slot":
        """Make a slot of a column as a mapping file describes it; `stated` is what the header says."""
        words = {close(word): value for word, value in rule.words.items()} if rule.words else _NO_WORDS
        return cls(
            *(row, column, field, unit, period, stated or rule.stated, rule.percent, words, rule.times, rule.decimals)
        )


class SlotReader:
    """Reads the slots of a sheet into what a file gave."""

    def __init__(self, context: Context, sheet: Sheet, taken: FileTaken, *, preliminary: bool = False) -> None:
        self.context, self.sheet, self.taken, self.preliminary = context, sheet, taken, preliminary
        self._origins = (taken.name, taken.digest, sheet.name)

    def read(self, slots: Sequence[Slot]) -> dict[tuple[int, int], Decimal]:
        """Read slots; gives the figures by row and column, for checks. Problems go to the file."""
        spread = self._spread_out(slots)
        figures: dict[tuple[int, int], Decimal] = {}
        for slot in slots:
            spot = (slot.row, slot.column)
            if spot in spread:
                continue
            value = self._slot(slot)
            if value is not None:
                figures[spot] = value
        return figures

    def cell(self, row: int, column: int) -> Value | Problem:
        """Give the value of a cell, or what keeps it from being one."""
        facts = self.sheet.facts
        if (row, column) in facts.errors:
            return Problem("sheets.error_value", {"given": facts.errors[row, column]}, self.sheet.place(row, column))
        if (row, column) in facts.uncalculated:
            return Problem("sheets.formula_without_value", {}, self.sheet.place(row, column))
        return self.sheet.value(row, column)

    def count(self, row: int, column: int) -> Decimal | None:
        """Read a number that is only checked and not taken; None where there is none or it is refused."""
        raw = self.cell(row, column)
        read = raw if isinstance(raw, Problem) else read_number(raw, Wanted(), "", self.sheet.place(row, column))
        if isinstance(read, Problem):
            self.taken.problems.append(read)
            return None
        return read.value

    def total(self, row: int, column: int, field: Field, stated: str, percent: Percent) -> Decimal | None:
        """Read a total in the unit of its column; None where there is none or it is refused."""
        raw = self.cell(row, column)
        if isinstance(raw, Problem):
            self.taken.problems.append(raw)
            return None
        shown = self.sheet.facts.formats.get((row, column), "")
        read = read_number(raw, Wanted(field.unit, stated, percent), shown, self.sheet.place(row, column))
        if isinstance(read, Problem):
            self.taken.problems.append(read)
            return None
        return read.value

    def _slot(self, slot: Slot) -> Decimal | None:
        raw = self.cell(slot.row, slot.column)
        if isinstance(raw, Problem):
            self.taken.problems.append(raw)
            return None
        if not self.context.asked(slot.field, slot.unit):
            self._not_asked(slot, raw)
            return None
        read = read_cell(
            raw,
            slot.field,
            self.sheet.place(slot.row, slot.column),
            number_format=self.sheet.facts.formats.get((slot.row, slot.column), ""),
            stated=slot.stated,
            percent=slot.percent,
            words=slot.words,
            rounded=slot.decimals is not None,
        )
        if isinstance(read, Problem):
            self.taken.problems.append(read)
            return None
        return self._take(slot, converted(read, slot.times, slot.decimals))

    def _not_asked(self, slot: Slot, raw: Value) -> None:
        """Pass over a cell that does not apply; a figure in it is worth a warning."""
        if isinstance(raw, str) and absent(raw) is not None:
            return
        params = {"given": raw, "unit": self.context.label(slot.unit), "field": slot.field.name}
        place = self.sheet.place(slot.row, slot.column)
        self.taken.problems.append(Problem("sheets.not_asked", params, place, Severity.WARNING))

    def _take(self, slot: Slot, read: Figure) -> Decimal | None:
        field_, taken = slot.field, self.taken
        taken.fields.add(field_.key)
        cell = a1(slot.row, slot.column)
        file, digest, sheet = self._origins
        if read.absent is not None:
            kind, place = read.absent, Place(file, sheet, cell)
            taken.absences.append(Absence(slot.unit, field_.series, field_.figure, slot.period, kind, place))
            if kind is Absent.BLANK:
                return None
        steps = "；".join(step.words() for step in read.conversions)
        origin = Origin(file, digest, sheet, cell, steps)
        key = (slot.unit, field_.series, field_.figure, slot.period)
        taken.observations.append(Observation(*key, read.value, self.preliminary, taken.version, origin))
        return read.value

    def _spread_out(self, slots: Sequence[Slot]) -> set[tuple[int, int]]:
        """Find figures in cells merged over several slots: nobody can say whose they are."""
        merged = self.sheet.facts.merged
        if not merged or not slots:
            return set()
        spots = {(slot.row, slot.column) for slot in slots}
        top = min(row for row, _ in spots)
        found: set[tuple[int, int]] = set()
        for first, left, last, right in merged:
            if last < top or self.sheet.value(first, left) == "":
                continue
            covered = {(row, column) for row in range(first, last + 1) for column in range(left, right + 1)} & spots
            if len(covered) > 1:
                params = {"range": f"{a1(first, left)}:{a1(last, right)}"}
                self.taken.problems.append(Problem("sheets.merged_figure", params, self.sheet.place(first, left)))
                found |= covered
        return found


def twice(
    context: Context, taken: FileTaken, rows: Iterable[tuple[int, str, str]], sheet: Sheet, column: int
) -> list[tuple[int, str, str]]:
    """Leave out rows whose unit and period stood in an earlier row, with a problem; rows are (row, unit, period)."""
    first: dict[tuple[str, str], int] = {}
    kept = []
    for row, unit, period in rows:
        if (unit, period) in first:
            params = {"given": context.label(unit), "first": a1(first[unit, period], column)}
            taken.problems.append(Problem("sheets.unit_twice", params, sheet.place(row, column)))
        else:
            first[unit, period] = row
            kept.append((row, unit, period))
    taken.units.update(unit for _, unit, _ in kept)
    return kept
