"""Workbooks of earlier years before they are taken: every problem by its cell, and what would come, change or stay."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, QuerySet

from baton.assessment.choices import BatchKind
from baton.assessment.models import Batch, Month, PastImport, PastResult, SchemeVersion
from baton.assessment.models.sight import sight_of
from baton.assessment.rules.earlier import Earlier, read_earlier_figures, read_earlier_results
from baton.core import clock
from baton.core.models import User
from baton.engine.panel import Observation
from baton.org.models import Unit
from baton.words import Place, Problem, Severity


@dataclass(frozen=True, slots=True)
class ResultChange:
    """A row of a table of results, by the unit's name; `before`: what is held under it (None: nothing yet)."""

    unit: str
    after: Earlier
    before: PastResult | None

    @property
    def same(self) -> bool:
        """Whether it is held already as it is."""
        one, now = self.before, self.after
        held = None if one is None else (one.score, one.full, one.rank, one.group, one.grade)
        return held == (now.score, now.full, now.rank, now.group, now.grade)


@dataclass(frozen=True, slots=True)
class ResultsTrial:
    """What a table of results would do."""

    changes: Sequence[ResultChange]
    same: int
    problems: Sequence[Problem]
    results: Sequence[Earlier]
    digest: str

    @property
    def replaced(self) -> int:
        """How many results would be replaced."""
        return sum(one.before is not None for one in self.changes)

    @property
    def fine(self) -> bool:
        """Whether it can be taken."""
        return not self.problems and bool(self.changes)


@dataclass(frozen=True, slots=True)
class Held:
    """How many figures of a period a workbook brings."""

    period: str
    figures: int
    units: int


@dataclass(frozen=True, slots=True)
class FiguresTrial:
    """What a workbook of figures would do."""

    observations: Sequence[Observation]
    periods: Sequence[Held]
    problems: Sequence[Problem]

    @property
    def errors(self) -> int:
        """How many problems stand against taking it."""
        return sum(one.severity is Severity.ERROR for one in self.problems)

    @property
    def fine(self) -> bool:
        """Whether it can be taken."""
        return not self.errors and bool(self.observations)


def newest_scheme(user: User) -> SchemeVersion | None:
    """Give the scheme by whose names workbooks are read: the one in force, else the newest."""
    rows = SchemeVersion.objects.visible_to(user)
    return rows.on(clock.today()).first() or rows.first()


def try_results(version: SchemeVersion, name: str, content: bytes) -> ResultsTrial:
    """Say what a table of results would do; nothing is kept."""
    read = read_earlier_results(version.scheme, name, content)
    names = dict(Unit.objects.values_list("code", "name"))
    held = {
        (one.unit.code, one.period): one
        for one in PastResult.objects.filter(period__in={one.period for one in read.results}).select_related("unit")
    }
    lacking = dict.fromkeys(one.unit for one in read.results if one.unit not in names)
    problems = [
        *read.problems,
        *(Problem("assessment.unit_not_in_list", {"code": one, "name": one}) for one in lacking),
    ]
    rows = [ResultChange(names.get(one.unit, one.unit), one, held.get((one.unit, one.period))) for one in read.results]
    changes = [one for one in rows if not one.same]
    return ResultsTrial(changes, len(rows) - len(changes), problems, read.results, read.digest)


def try_figures(version: SchemeVersion, name: str, content: bytes) -> FiguresTrial:
    """Say what a workbook of figures would do; nothing is kept."""
    observations, problems = read_earlier_figures(version.scheme, [(name, content)])
    opened = set(Month.objects.values_list("period", flat=True))
    known = set(Unit.objects.values_list("code", flat=True))
    found = list(problems)
    for one in observations:
        place = Place(one.origin.file, one.origin.sheet, one.origin.cell)
        if one.period in opened:
            found.append(Problem("assessment.month_is_open", {"period": one.period}, place))
        if one.unit not in known:
            found.append(Problem("assessment.unit_not_in_list", {"code": one.unit, "name": one.unit}, place))
    figures = Counter(one.period for one in observations)
    units = {period: len({one.unit for one in observations if one.period == period}) for period in figures}
    return FiguresTrial(observations, [Held(one, figures[one], units[one]) for one in sorted(figures)], found)


def past_results(user: User) -> QuerySet[PastResult]:
    """Give the results of earlier years that are held; to whoever has any business here, for they were made known."""
    rows = PastResult.objects.select_related("unit")
    return rows if sight_of(user).anything else rows.none()


def past_imports(user: User) -> QuerySet[PastImport]:
    """Give the tables of results that were taken, newest first; to the office and readers of the whole county."""
    rows = PastImport.objects.select_related("by", "undone_by")
    return rows if sight_of(user).everything else rows.none()


def past_batches(user: User) -> QuerySet[Batch]:
    """Give the workbooks of earlier figures that were taken, newest first."""
    rows = Batch.objects.visible_to(user).filter(kind=BatchKind.EARLIER).select_related("by", "undone_by")
    return rows.annotate(count=Count("figures"))


def past_of_unit(unit: Unit, before: str) -> list[PastResult]:
    """Give what is held of a unit before a month: years and months, oldest first."""
    rows = PastResult.objects.filter(unit=unit, period__lt=before, score__isnull=False).order_by("period")
    return list(rows)


def same_month_last_year(period: str) -> str:
    """Give the same month of the year before: of `2026-09` it is `2025-09`."""
    return f"{int(period[:4]) - 1}{period[4:]}"


def as_share(one: PastResult) -> Decimal | None:
    """Give a result in points of a hundred, whatever its full marks were."""
    return None if one.score is None or not one.full else one.score / one.full * 100
