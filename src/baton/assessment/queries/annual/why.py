"""Why totals differ between two annual runs: what may be put beside each other, and the change as it is kept."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from baton.assessment.choices import RunKind, RunState
from baton.assessment.models import (
    AnnualChange,
    AnnualPublication,
    AnnualResult,
    AnnualRun,
    AnnualUnitChange,
    ResultReader,
)
from baton.assessment.models.annual_change import was_out
from baton.core import clock
from baton.core.models import Job, User
from baton.engine.compare.attribution import PieceParts, Step, UnitParts
from baton.engine.compare.attribution.parts import Factor
from baton.org.models import Unit
from baton.words import Problem

WHY = "annual.job_why"
_NEWEST = 60
"""Runs that are not out which readers are offered; older ones have been replaced many times."""


@dataclass(frozen=True, slots=True)
class AnnualEdition:
    """A result of a year. `key` names it in addresses; `publication`: None where it is not out."""

    key: str
    run: AnnualRun
    publication: AnnualPublication | None = None

    @property
    def year(self) -> int:
        """The year."""
        return self.run.annual.year


@dataclass(frozen=True, slots=True)
class AnnualMoved:
    """A unit with its change, its group, and its places before and after (None: without one, or of another group)."""

    unit: Unit
    group: str
    change: UnitParts
    before: Decimal | None
    after: Decimal | None

    @property
    def places_won(self) -> Decimal | None:
        """Places moved up."""
        return None if self.before is None or self.after is None else self.before - self.after


@dataclass(frozen=True, slots=True)
class Summary:
    """What changed between two runs of a year, in short: how many units, and the largest change (None: none did).

    `known`: whether that was worked out.
    """

    before: AnnualRun
    known: bool
    changed: int
    largest: Decimal | None


def annual_editions(user: User) -> list[AnnualEdition]:
    """Give the results of years that a person may put beside each other, newest year and issue first.

    An issue that was withdrawn was out once: it may be looked at again as soon as another is in force beside it. What
    was never out is for the list of readers.
    """
    rows = AnnualPublication.objects.visible_to(user).select_related("decision__run__annual", "decision__run__scheme")
    seen = set(AnnualRun.objects.filter(was_out("pk")).values_list("pk", flat=True))
    out = [one for one in rows.order_by("-annual__year", "-issue") if one.decision.run_id in seen]
    found = [AnnualEdition(f"{one.decision.run.annual.year}.{one.issue}", one.decision.run, one) for one in out]
    if not ResultReader.objects.reads(user, clock.today()):
        return found
    runs = AnnualRun.objects.visible_to(user).filter(state=RunState.DONE).exclude(pk__in=seen)
    found += [AnnualEdition(f"r{one.pk}", one) for one in runs.select_related("annual", "scheme")[:_NEWEST]]
    return sorted(found, key=lambda one: (one.year, one.publication is not None, one.run.pk), reverse=True)


def annual_edition_of(known: Sequence[AnnualEdition], key: str) -> AnnualEdition | None:
    """Find a result by its key (`2025.1`), or by the number of its run (`r12`)."""
    return next((one for one in known if key in (one.key, f"r{one.run.pk}")), None)


def before_of(known: Sequence[AnnualEdition], second: AnnualEdition) -> AnnualEdition | None:
    """Give what a result is held against where nobody says: what it replaced, or else the year before."""
    others = [one for one in known if one.run.pk != second.run.pk]
    out = [one for one in others if one.publication is not None]
    same = [one for one in (out if second.publication is not None else others) if one.year == second.year]
    earlier = next((one for one in same if one.run.pk < second.run.pk), None)
    return earlier or next((one for one in (*out, *others) if one.year < second.year), None)


def change_for(user: User, first: AnnualEdition, second: AnnualEdition) -> AnnualChange | None:
    """Give the change between two results; None where it was not worked out yet, or is not this person's to see."""
    return AnnualChange.objects.visible_to(user).filter(before=first.run, after=second.run).first()


def annual_moved(
    change: AnnualChange, runs: tuple[AnnualRun, AnnualRun], only: str = "", whole: bool = False
) -> list[AnnualMoved]:
    """Give every unit of a change (or `only` one), group by group, who rose most first. Three queries.

    Its pieces come with one unit, and with all where they are wanted (`whole`); else a unit is one piece.
    """
    whole = whole or bool(only)
    rows = change.units.select_related("unit")
    rows = rows.filter(unit__code=only) if only else rows
    rows = rows if whole else rows.defer("pieces")
    before, after = _places(runs[0], only), _places(runs[1], only)
    found = []
    for row in rows:
        code = row.unit.code
        (group, place), (earlier, stood) = after[code], before[code]
        told = group == earlier
        pieces = tuple(_pieces(row.pieces)) if whole else (_as_a_whole(row.before, row.after, row.parts),)
        parts = UnitParts(code, row.unit.name, Decimal(row.before), Decimal(row.after), pieces)
        found.append(AnnualMoved(row.unit, group, parts, stood if told else None, place if told else None))
    order = {group.code: place for place, group in enumerate(runs[1].scheme.scheme.groups)}
    return sorted(found, key=lambda one: (order.get(one.group, len(order)), -one.change.difference, one.unit.code))


def only_one_side(runs: tuple[AnnualRun, AnnualRun]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Name the units that only the first result has, and those that only the second has."""
    sides = [dict(AnnualResult.objects.filter(run=run).values_list("unit__code", "unit__name")) for run in runs]
    first, second = (tuple(name for code, name in one.items() if code not in two) for one, two in (sides, sides[::-1]))
    return first, second


def job_of(first: int, second: int) -> Job | None:
    """Give the newest job that works or worked the change between two runs (numbers) out."""
    return Job.objects.filter(kind=WHY, params__first=first, params__second=second).order_by("-pk").first()


def under_way(first: int, second: int) -> bool:
    """Whether the change between two runs is being worked out."""
    return Job.objects.unfinished().filter(kind=WHY, params__first=first, params__second=second).exists()


def steps_of(change: AnnualChange) -> tuple[Step, ...]:
    """Give the steps of a change."""
    return tuple(tuple(Factor(name) for name in step) for step in change.steps)


def problems_of(change: AnnualChange) -> tuple[Problem, ...]:
    """Give why factors share a step."""
    return tuple(Problem(one["code"], one["params"]) for one in change.problems)


def run_before(run: AnnualRun) -> AnnualRun | None:
    """Give the result of the same year that a run came after."""
    rows = AnnualRun.objects.filter(annual=run.annual_id, state=RunState.DONE, pk__lt=run.pk)
    return rows.select_related("annual").first()


def year_before(run: AnnualRun) -> AnnualRun | None:
    """Give the result of the year before: the one in force, or else the newest official one."""
    earlier = AnnualRun.objects.filter(annual__year=run.annual.year - 1, state=RunState.DONE)
    out = AnnualPublication.objects.in_force().filter(annual__year=run.annual.year - 1)
    in_force = earlier.filter(pk__in=out.values("decision__run")).first()
    return in_force or earlier.filter(kind=RunKind.OFFICIAL).first()


def summary_of(runs: Sequence[AnnualRun]) -> Summary | None:
    """Say in short what the newest result of a year changed against the one before it; None where it is the first.

    `runs`: those of the year that the person sees who is told, newest first. One query.
    """
    done = iter([one for one in runs if one.state == RunState.DONE])
    run, before = next(done, None), next(done, None)
    if run is None or before is None:
        return None
    rows = AnnualUnitChange.objects.filter(change__before=before, change__after=run)
    moves = [Decimal(after) - Decimal(one) for one, after in rows.values_list("before", "after")]
    largest = max(moves, key=abs, default=None)
    return Summary(before, bool(moves), sum(one != 0 for one in moves), largest or None)


def _places(run: AnnualRun, only: str) -> Mapping[str, tuple[str, Decimal | None]]:
    rows = AnnualResult.objects.filter(run=run)
    rows = rows.filter(unit__code=only) if only else rows
    return {unit: (group, rank) for unit, group, rank in rows.values_list("unit__code", "group", "rank")}


def _as_a_whole(before: str, after: str, parts: Sequence[str]) -> PieceParts:
    """Give a unit's parts without its pieces."""
    return PieceParts("indicator", "", "", Decimal(before), Decimal(after), tuple(map(Decimal, parts)))


def _pieces(rows: Sequence[Mapping[str, object]]) -> Iterator[PieceParts]:
    for row in rows:
        numbers = Decimal(str(row["before"])), Decimal(str(row["after"]))
        parts = tuple(Decimal(part) for part in row["parts"])  # type: ignore[attr-defined]
        yield PieceParts(row["kind"], str(row["code"]), str(row["name"]), *numbers, parts)  # type: ignore[arg-type]
