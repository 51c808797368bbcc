"""Which figures a month asks for, of whom."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from baton.assessment.rules.duties import DutyOf, duties_of
from baton.engine.scheme.model import Scheme
from baton.engine.scheme.units import Unit
from baton.engine.terms import Reporter
from baton.sheets.forms import Field, fields_of, grain_of, periods_due
from baton.sheets.reports.context import Context, last_day


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """The key of a figure: unit by code, series, figure, period."""

    unit: str
    series: str
    figure: str
    period: str


@dataclass(frozen=True, slots=True)
class Ask:
    """One figure that is asked for, for one period: about which units, by code in the scheme's order."""

    field: Field
    period: str
    units: tuple[str, ...]
    among: frozenset[str]

    @property
    def key(self) -> tuple[str, str, str]:
        """Series, figure, period."""
        return self.field.series, self.field.figure, self.period

    def cell(self, unit: str) -> Cell:
        """Give the key of the figure about a unit."""
        return Cell(unit, self.field.series, self.field.figure, self.period)


@dataclass(frozen=True, slots=True)
class Portion:
    """The part of what is asked for that one unit reports and that waits for one source.

    `over_desks`: it goes over the desks of the unit it is about.
    """

    ask: Ask
    reporter: str
    source: str
    over_desks: bool
    units: tuple[str, ...]


class Form:
    """What a scheme asks to be reported: fields by series and figure, units by code, duties."""

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self.fields = fields_of(scheme)
        self.units = {unit.code: unit for unit in scheme.units}
        self._asks: dict[str, tuple[Ask, ...]] = {}
        self._portions: dict[str, tuple[Portion, ...]] = {}

    @cached_property
    def _of_series(self) -> dict[str, list[Field]]:
        found: dict[str, list[Field]] = {}
        for field in self.fields.values():
            found.setdefault(field.series, []).append(field)
        return found

    def fields_in(self, series: str) -> list[Field]:
        """Give the fields of a series."""
        return self._of_series.get(series, [])

    @cached_property
    def reading(self) -> Context:
        """What workbooks of the scheme are read with."""
        return Context(self.scheme)

    @cached_property
    def duties(self) -> dict[tuple[str, str], DutyOf]:
        """Duties by series and unit."""
        return {(duty.series, duty.unit): duty for duty in duties_of(self.scheme)}

    @cached_property
    def _reported_by(self) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for duty in self.duties.values():
            found.setdefault(duty.reporter, set()).add(duty.series)
        return {unit: frozenset(series) for unit, series in found.items()}

    def reported_by(self, units: Iterable[str]) -> frozenset[str]:
        """Give the series that some units (by code) report, about whomever."""
        return frozenset().union(*(self._reported_by.get(unit, frozenset()) for unit in units))

    def over_desks(self, duty: DutyOf) -> bool:
        """Whether a figure goes over the desks of the unit it is about, and then to whoever verifies it."""
        return duty.of_itself and (self.fields_in(duty.series)[0].reporter is Reporter.UNIT or bool(duty.verifier))

    def asks(self, month: str) -> tuple[Ask, ...]:
        """Give what a month asks for: its own figures, those of the quarter it ends, in December the year's.

        An annual target that monthly figures are held against is asked for with the first month of the year. Of units
        that have ended nothing is asked any more; items of lists that differ by unit are never asked for one by one.
        Worked out once a month: a county asks for some ten thousand figures.
        """
        if month not in self._asks:
            self._asks[month] = tuple(self._asked(month))
        return self._asks[month]

    def portions(self, month: str) -> tuple[Portion, ...]:
        """Give what a month asks for by whom it is reported; what comes from other modules and systems is left out."""
        if month not in self._portions:
            self._portions[month] = tuple(portion for ask in self.asks(month) for portion in self._portions_of(ask))
        return self._portions[month]

    def _portions_of(self, ask: Ask) -> Iterator[Portion]:
        found: dict[tuple[str, str, bool], list[str]] = {}
        for code in ask.units:
            duty = self.duties.get((ask.field.series, code))
            if duty is not None and duty.reporter:
                found.setdefault((duty.reporter, duty.source, self.over_desks(duty)), []).append(code)
        for (reporter, source, over_desks), units in found.items():
            yield Portion(ask, reporter, source, over_desks, tuple(units))

    def _asked(self, month: str) -> Iterator[Ask]:
        due = periods_due(month)
        for field in self.fields.values():
            for period in (month[:4],) if field.target else due:
                if grain_of(period) is field.frequency and not field.optional:
                    units = tuple(self._there(field, period))
                    if units:
                        yield Ask(field, period, units, frozenset(units))

    def expected(self, month: str) -> Iterator[tuple[Cell, Field]]:
        """Give every figure that a month asks for, one by one."""
        for ask in self.asks(month):
            yield from ((ask.cell(unit), ask.field) for unit in ask.units)

    def _there(self, field: Field, period: str) -> Iterator[str]:
        for code in field.units:
            if exists_in(self.units[code], period):
                yield code


def exists_in(unit: Unit, period: str) -> bool:
    """Whether a unit still exists at the end of a period."""
    day = last_day(period)
    return day is None or unit.valid_to is None or unit.valid_to >= day or len(period) == len("2026")
