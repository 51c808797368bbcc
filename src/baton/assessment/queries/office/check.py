"""What a unit checks: the figures that others reported about it, what it said to each, and its receipts."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from baton.assessment.choices import ContestState, Stage
from baton.assessment.models import Check, Contest, Figure, Month, Window
from baton.assessment.models.sight import sight_of
from baton.assessment.queries.desk.cells import words_of
from baton.assessment.queries.desk.windows import Until, until_of
from baton.assessment.queries.office.expected import Asked, asked_of, due_of, figures_of, values_of, windows_of
from baton.assessment.rules.expected import Cell
from baton.assessment.rules.month_scheme import month_before
from baton.assessment.rules.receipts import digest_of_figures
from baton.core import clock
from baton.core.models import User
from baton.engine.terms import Evidence
from baton.org.choices import Role
from baton.org.models import Unit

SIGNERS = (Role.LEADER_IN_CHARGE, Role.UNIT_HEAD)
CHECKERS = (Role.REPORTER, *SIGNERS)


@dataclass(frozen=True, slots=True)
class Line:
    """A figure that a unit checks, the one of the month before, and what it contested of it, newest first."""

    asked: Asked
    before: Figure | None
    contests: tuple[Contest, ...]
    until: Until | None

    @property
    def contest(self) -> Contest | None:
        """The newest contest of this cell."""
        return self.contests[0] if self.contests else None

    @property
    def said(self) -> str:
        """The figure as people write it: the word of a level or of yes and no, else the number."""
        figure = self.asked.figure
        return "" if figure is None else words_of(self.asked.field, figure.value)

    @property
    def corrected(self) -> str | None:
        """What stood there before a correction, as people write it; None where none was made."""
        before = None if self.asked.figure is None else self.asked.figure.corrected_from
        return None if before is None else words_of(self.asked.field, before.value)

    @property
    def said_before(self) -> str:
        """The figure of the month before as people write it."""
        return "" if self.before is None else words_of(self.asked.field, self.before.value)

    @property
    def contested(self) -> bool:
        """Whether an answer is awaited."""
        return self.contest is not None and self.contest.state == ContestState.OPEN

    @property
    def needs_evidence(self) -> bool:
        """Whether the scheme requires evidence for this indicator."""
        return self.asked.field.indicator.evidence is Evidence.REQUIRED


@dataclass(frozen=True, slots=True)
class CheckSheet:
    """A unit's sheet of a month; `windows` are those in which it is checked. After the last day silence counts.

    `seen` is the digest of the figures, which the signature hands on: what changes meanwhile is looked at again.
    """

    month: Month
    unit: Unit
    lines: tuple[Line, ...]
    windows: tuple[Window, ...]
    receipts: tuple[Check, ...]
    seen: str
    today: date

    @property
    def there(self) -> tuple[Line, ...]:
        """The lines that have a figure."""
        return tuple(line for line in self.lines if line.asked.figure is not None)

    @property
    def awaited(self) -> tuple[Line, ...]:
        """The lines whose figure has not come yet."""
        return tuple(line for line in self.lines if line.asked.figure is None)

    @property
    def contested(self) -> tuple[Line, ...]:
        """The lines with an open contest."""
        return tuple(line for line in self.lines if line.contested)

    @property
    def open_until(self) -> date | None:
        """The day on which the next open window closes; None where none is open today."""
        return min((one.closes for one in map(until_of, self.windows) if one.closed is None), default=None)

    @property
    def opens(self) -> date | None:
        """The day on which the next window opens; None where none is ahead."""
        return min((one.opens for one in self.windows if one.opens > self.today), default=None)

    @property
    def closed(self) -> date | None:
        """The day on which the last window closed or closes."""
        return max((until_of(one).closes for one in self.windows), default=None)

    @property
    def receipt(self) -> Check | None:
        """The newest receipt."""
        return self.receipts[0] if self.receipts else None

    @property
    def changed(self) -> bool:
        """Whether figures came or changed after the newest receipt, so that a further round is due."""
        return self.receipt is not None and self.receipt.seen != self.seen

    @property
    def to_sign(self) -> bool:
        """Whether something stands there that no receipt covers, in a window that is open."""
        return self.open_until is not None and bool(self.there) and (self.receipt is None or self.changed)


def units_to_check(user: User, numbers: Collection[int]) -> list[Unit]:
    """Give the units, by their numbers, for which a person checks."""
    return list(Unit.objects.visible_to(user).filter(pk__in=numbers))


def may_look(user: User, unit: Unit) -> bool:
    """Whether a person may open a unit's sheet: who works there, the office, readers of the whole county."""
    sight = sight_of(user)
    return sight.everything or unit.pk in sight.units


def check_sheet(user: User, month: Month, unit: Unit) -> CheckSheet:
    """Give a unit's sheet of a month: what others reported about it, annual targets left out."""
    windows = tuple(windows_of(user, month, unit, Stage.CHECK))
    receipts = Check.objects.visible_to(user).filter(month=month, unit=unit).select_related("by", "unit", "month")
    periods = {month.period, *(cell.period for cell, _ in due_of(month, unit))}
    earlier = {month_before(month.period)} - periods
    figures = figures_of(user, periods, unit) | (values_of(user, earlier, unit) if earlier else {})
    lines = tuple(_lines(user, month, unit, windows, figures))
    return CheckSheet(month, unit, lines, windows, tuple(receipts), _seen(month, figures), clock.today())


def _seen(month: Month, figures: Mapping[Cell, Figure]) -> str:
    """The digest that `actions.checks` makes of the figures of the month, own ones too."""
    rows = [one for one in figures.values() if one.period == month.period]
    return digest_of_figures((one.series, one.figure, one.period, one.version, one.value) for one in rows)


def _lines(
    user: User, month: Month, unit: Unit, windows: tuple[Window, ...], figures: Mapping[Cell, Figure]
) -> Iterator[Line]:
    contests: dict[Cell, list[Contest]] = {}
    found = Contest.objects.visible_to(user).filter(month=month, unit=unit).select_related("about", "by", "answered_by")
    for one in found.select_related("corrected").order_by("-pk"):
        key = Cell(unit.code, one.about.series, one.about.figure, one.about.period)
        contests.setdefault(key, []).append(one)
    by_source = {one.release.source: until_of(one) for one in windows if one.release is not None}
    plain = next((until_of(one) for one in windows if one.release is None), None)
    for asked in asked_of(user, month, unit, figures):
        if asked.duty.reporter_id == unit.pk or asked.field.target:
            continue
        cell = asked.cell
        before = figures.get(Cell(cell.unit, cell.series, cell.figure, month_before(month.period)))
        yield Line(asked, before, tuple(contests.get(cell, ())), by_source.get(asked.duty.source, plain))
