"""What an import gives: figures and events with their cells, receipts by file, what is missing, and every problem."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from baton.engine.panel import Observation
from baton.engine.scheme.adjustments import Event
from baton.sheets.cells import Absent
from baton.words import Place, Problem, Severity


@dataclass(frozen=True, slots=True)
class Absence:
    """A cell that was looked at and has no figure, with the way in which it has none."""

    unit: str
    series: str
    figure: str
    period: str
    kind: Absent
    place: Place


@dataclass(frozen=True, slots=True)
class TakenEvent:
    """An event and its row."""

    event: Event
    place: Place


@dataclass(frozen=True, slots=True)
class Counted:
    """Counts beside a unit's votes or mean, by their names in `sheets.forms.mark.COUNTS`; None: blank or refused.

    `places`: their cells.
    """

    unit: str
    series: str
    period: str
    counts: Mapping[str, Decimal | None]
    places: Mapping[str, Place]


@dataclass
class FileTaken:
    """What one file gave, before files are compared with each other.

    `headers`: the last header row of each sheet's table, 0-based; `units` names the units whose rows were read;
    `fields` the keys of the figures found.
    """

    name: str
    digest: str = ""
    who: str = ""
    version: int = 0
    observations: list[Observation] = field(default_factory=list)
    absences: list[Absence] = field(default_factory=list)
    events: list[TakenEvent] = field(default_factory=list)
    counted: list[Counted] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    headers: dict[str, int] = field(default_factory=dict)
    units: set[str] = field(default_factory=set)
    fields: set[str] = field(default_factory=set)

    @property
    def refused(self) -> bool:
        """Whether it has errors."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a file is acknowledged with: who reported what for when, and whether it was taken.

    `version` 0 is a first report, 1 its correction; `late_days` is known where the register names the file; `headers`
    gives the header row of each sheet (0-based), for the annotated workbook that goes back.
    """

    file: str
    digest: str
    who: str
    periods: tuple[str, ...]
    version: int
    units: int
    figures: int
    events: int
    errors: int
    warnings: int
    taken: bool
    due: date | None = None
    received: date | None = None
    headers: Mapping[str, int] = field(default_factory=dict)

    @property
    def late_days(self) -> int:
        """Days after the due day; 0 if in time or not known."""
        return max(0, (self.received - self.due).days) if self.due and self.received else 0


@dataclass(frozen=True, slots=True)
class Correction:
    """A figure that a later version changed: both observations name their cells."""

    before: Observation
    after: Observation


@dataclass(frozen=True, slots=True)
class Missing:
    """A figure that was expected and is not there; `marked` says what its cell held instead, if there was one."""

    unit: str
    series: str
    figure: str
    period: str
    lead: str
    marked: Absent | None = None


@dataclass(frozen=True)
class Import:
    """The whole of an import; `observations` and `events` hold only what was taken."""

    observations: tuple[Observation, ...]
    events: tuple[Event, ...]
    problems: tuple[Problem, ...]
    receipts: tuple[Receipt, ...]
    missing: tuple[Missing, ...] = ()
    corrections: tuple[Correction, ...] = ()
    absences: tuple[Absence, ...] = ()
    counted: tuple[Counted, ...] = ()
    conversions: int = 0

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that refuse files or rows."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.ERROR)

    def problems_by_file(self) -> Mapping[str, Sequence[Problem]]:
        """Give the problems of each file, files in the order of their names."""
        found: dict[str, list[Problem]] = {}
        for problem in self.problems:
            found.setdefault(problem.place.file, []).append(problem)
        return dict(sorted(found.items()))
