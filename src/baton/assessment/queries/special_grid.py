"""The grid in which a unit reports for a special assessment: figures side by side, units below each other."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from baton.assessment.actions.below.cells import place_of
from baton.assessment.actions.below.special_desk import Key, SpecialDesk
from baton.assessment.choices import SpecialVerdictState
from baton.assessment.models import Batch, DraftCell, Figure, Special, SpecialVerdict
from baton.assessment.queries.desk.cells import name_of, words_of
from baton.assessment.queries.special_days import late_figures, newest_verdicts
from baton.assessment.queries.special_scoring import figures_of
from baton.assessment.queries.specials import reporters_by_unit, specials
from baton.assessment.rules.expected import Ask, Cell
from baton.core.acting import Actor
from baton.core.models import StoredFile, User
from baton.engine.terms import Evidence
from baton.org.models import Unit
from baton.words import Problem


@dataclass(frozen=True, slots=True)
class SpecialCell:
    """A figure about a unit. `locked`: why it cannot be entered here, None where it can. `late`: it came late."""

    cell: Cell
    figure: Figure | None
    stands: str
    draft: str | None
    locked: Problem | None
    late: bool = False

    @property
    def shown(self) -> str:
        """What its input holds: what is being typed, else what stands."""
        return self.stands if self.draft is None or self.locked is not None else self.draft

    @property
    def name(self) -> str:
        """Its name in forms."""
        return name_of(self.cell)

    @property
    def seen(self) -> int:
        """Number of the figure that stands there, 0 none."""
        return 0 if self.figure is None else self.figure.pk

    @property
    def held(self) -> bool:
        """Whether the house has it already, or gets it monthly."""
        return self.locked is not None and self.locked.code == "plans.held_already"


@dataclass(frozen=True, slots=True)
class SpecialRow:
    """A unit with its cells, None where a figure is not asked of it."""

    unit: Unit
    cells: tuple[SpecialCell | None, ...]


@dataclass(frozen=True, slots=True)
class SpecialGrid:
    """What a unit reports for a special assessment; `open`: this person may enter something.

    `until`: its last day. `returned`: what was said of reports that were sent back and are to be put right.
    """

    row: Special
    unit: Unit
    columns: tuple[Ask, ...]
    rows: tuple[SpecialRow, ...]
    until: date
    returned: tuple[SpecialVerdict, ...]

    @property
    def cells(self) -> list[SpecialCell]:
        """All cells that are asked for."""
        return [cell for row in self.rows for cell in row.cells if cell is not None]

    @property
    def open(self) -> bool:
        """Whether this person may enter something."""
        return any(cell.locked is None for cell in self.cells)

    @property
    def held(self) -> int:
        """How many figures are not asked for again."""
        return sum(cell.held for cell in self.cells)

    @property
    def needs_evidence(self) -> bool:
        """Whether the scheme requires a file for some of the figures."""
        return any(column.field.indicator.evidence is Evidence.REQUIRED for column in self.columns)

    @property
    def there(self) -> int:
        """How many figures are there."""
        return sum(cell.figure is not None and bool(cell.figure.value) for cell in self.cells)


def special_grid(user: User, number: int, code: str) -> SpecialGrid | None:
    """Give the grid of a unit that reports; None where it reports nothing there, or this person may not see it."""
    row = specials(user).filter(pk=number).first()
    if row is None:
        return None
    desk = SpecialDesk(row, Actor(user))
    unit = desk.units.get(code)
    duties = reporters_by_unit(row)
    mine = {key for key, duty in duties.items() if unit is not None and duty.reporter_id == unit.pk}
    if unit is None or not mine or not desk.reports(unit):
        return None
    stands = {
        (one.unit_id, one.series, one.figure, one.period): one
        for one in figures_of(row).filter(series__in={series for series, _ in mine}).order_by()
    }
    kept = DraftCell.objects.filter(by=user, series__in={series for series, _ in mine})
    drafts = {(one.unit_id, one.series, one.figure, one.period): one.typed for one in kept}
    columns = [ask for ask in desk.asks.values() if any((ask.field.series, about) in mine for about in ask.units)]
    order = {about.code: place for place, about in enumerate(desk.form.scheme.units)}
    about = sorted({about for _, about in mine}, key=lambda one: order[one])
    known = mine, stands, drafts, late_figures(row)
    rows = [SpecialRow(desk.units[one], tuple(_cell(desk, ask, one, known) for ask in columns)) for one in about]
    until = desk.days.reports_until(unit.pk)
    return SpecialGrid(row, unit, tuple(columns), tuple(rows), until, tuple(_returned(row, mine)))


def _returned(row: Special, mine: set[tuple[str, str]]) -> Iterator[SpecialVerdict]:
    for one in newest_verdicts(row).values():
        if one.state == SpecialVerdictState.RETURNED and (one.series, one.unit.code) in mine:
            yield one


def _cell(
    desk: SpecialDesk,
    ask: Ask,
    code: str,
    known: tuple[set[tuple[str, str]], dict[Key, Figure], dict[Key, str], frozenset[Key]],
) -> SpecialCell | None:
    mine, stands, drafts, late = known
    if code not in ask.among or (ask.field.series, code) not in mine:
        return None
    unit, cell = desk.units[code], ask.cell(code)
    figure = stands.get((unit.pk, *ask.key))
    said = "" if figure is None else words_of(ask.field, figure.value)
    typed = drafts.get((unit.pk, *ask.key))
    locked = desk.problem_of(cell, place_of(cell, unit.name, ask.field), figure)
    return SpecialCell(cell, figure, said, typed, locked, (unit.pk, *ask.key) in late)


def special_files(user: User, found: SpecialGrid) -> QuerySet[StoredFile]:
    """Give the files that came with the figures of a unit, to whoever may read them."""
    batches = Batch.objects.visible_to(user).filter(specials=found.row, unit=found.unit)
    numbers = [str(number) for number in batches.values_list("pk", flat=True)]
    return StoredFile.objects.filter(owner_type=Batch._meta.label_lower, owner_id__in=numbers)
