"""Leaders' and public evaluation of a year as pages read it: groups of voters, counts, each unit's own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import QuerySet

from baton.assessment.actions.annual.tallies import line_from
from baton.assessment.actions.below.tallying import TallyDesk, TallyTrial, numbers_of
from baton.assessment.choices import TallyState
from baton.assessment.models import (
    AnnualAssessment,
    AnnualPublication,
    AnnualRun,
    Figure,
    ResultReader,
    Tally,
    TallyLine,
)
from baton.assessment.rules.annual.tally import Line, Voters, too_few, voters_of, worth
from baton.core import clock
from baton.core.models import User
from baton.engine.terms import plain
from baton.org.models import Unit
from baton.sheets.forms.mark import COUNTS


@dataclass(frozen=True, slots=True)
class VoteLine:
    """A unit's sheets. `own` None: its figures came in another way (`held`, by figure), or there are none yet.

    `worth`: of a hundred; `few`: too few sheets for the group to count.
    """

    unit: Unit
    voters: Voters
    own: Line | None = None
    held: Mapping[str, str] = field(default_factory=dict)
    worth: Decimal | None = None
    few: bool = False

    @property
    def asks_counts_only(self) -> bool:
        """Whether every figure came in another way, so that only sheets are left to be noted."""
        return self.own is None and all(self.held.get(one.figure) for one in self.voters.fields)

    @property
    def counts(self) -> tuple[int | None, ...]:
        """The five counts of sheets."""
        return tuple(None if self.own is None else self.own.counts[one] for one in COUNTS)

    @property
    def values(self) -> tuple[str, ...]:
        """What its figures hold, in the order of the group's fields; empty where there is none."""
        own = {} if self.own is None else {name: plain(value) for name, value in numbers_of(self.own).items()}
        return tuple(own.get(one.figure, self.held.get(one.figure, "")) for one in self.voters.fields)


@dataclass(frozen=True, slots=True)
class VoteGroup:
    """A group of voters: whose lines are there, counted (`counted`) or by another way (`other`), and what waits."""

    voters: Voters
    least: int
    counted: int
    other: int
    few: int
    waiting: Tally | None

    @property
    def all(self) -> int:
        """How many units it votes on."""
        return len(self.voters.units)

    @property
    def done(self) -> int:
        """Of how many units there are figures."""
        return self.counted + self.other

    @property
    def turnout(self) -> str:
        """The least share of those entitled, as people write it."""
        share = self.voters.turnout
        return "" if share is None else f"{(share * 100).normalize():f}%"


@dataclass(frozen=True, slots=True)
class VotesBoard:
    """The evaluations of a year. `surveys`: indicators that may be entered as a survey and are not yet."""

    annual: AnnualAssessment
    groups: tuple[VoteGroup, ...]
    surveys: tuple[Voters, ...]
    tallies: tuple[Tally, ...]
    voters: Mapping[str, Voters]

    @property
    def known(self) -> bool:
        """Whether the result is made known, and nothing is entered any more; one query."""
        return is_known(self.annual)

    @property
    def names(self) -> dict[str, str]:
        """Names of the groups by series."""
        return {series: one.indicator.name for series, one in self.voters.items()}

    @property
    def means(self) -> list[Voters]:
        """What may have a sheet of means in the form."""
        begun = [one.voters for one in self.groups if one.voters.is_mean]
        return [*begun, *self.surveys]

    @property
    def others(self) -> bool:
        """Whether something came in another way."""
        return any(one.other for one in self.groups)

    @property
    def waiting(self) -> int:
        """How many counts wait for a second person."""
        return sum(one.waiting is not None for one in self.groups)

    @property
    def complete(self) -> int:
        """How many groups have every unit."""
        return sum(one.done == one.all for one in self.groups)


def is_known(annual: AnnualAssessment) -> bool:
    """Whether the result of a year is made known, so that nothing of it changes before it is withdrawn."""
    return AnnualPublication.objects.in_force().filter(annual=annual).exists()


def reads_votes(user: User) -> bool:
    """Whether a person may see evaluations before the result is made known."""
    return ResultReader.objects.reads(user, clock.today())


def _tallies(annual: AnnualAssessment) -> "QuerySet[Tally]":
    rows = Tally.objects.filter(annual=annual)
    return rows.select_related("annual__scheme", "by", "confirmed_by", "ended_by")


def votes_board(user: User, annual: AnnualAssessment) -> VotesBoard | None:
    """Give the evaluations of a year; None to whoever is no listed reader."""
    if not reads_votes(user):
        return None
    rows, desk = list(_tallies(annual)), TallyDesk(annual)
    waiting = {one.series: one for one in rows if one.state == TallyState.WAITING}
    lines = TallyLine.objects.standing().filter(tally__annual=annual)
    counted: dict[str, dict[str, TallyLine]] = {}
    for one in lines.select_related("unit", "tally"):
        counted.setdefault(one.tally.series, {})[one.unit.code] = one
    held = _held(annual, desk, desk.voters)
    begun = {one.series for one in rows if one.state != TallyState.TAKEN_BACK}
    groups = [
        _group(desk, voters, counted.get(series, {}), held.get(series, {}), waiting.get(series))
        for series, voters in desk.voters.items()
        if not voters.is_mean or series in begun
    ]
    chosen = {one.voters.series for one in groups}
    surveys = tuple(one for series, one in desk.voters.items() if series not in chosen and not held.get(series))
    return VotesBoard(annual, tuple(groups), surveys, tuple(rows), desk.voters)


def _group(
    desk: TallyDesk,
    voters: Voters,
    counted: Mapping[str, TallyLine],
    held: Mapping[str, Mapping[str, str]],
    waiting: Tally | None,
) -> VoteGroup:
    few = sum(too_few(voters, line_from(row), desk.least) for row in counted.values())
    other = sum(unit in held and unit not in counted for unit in voters.units)
    least = desk.least if voters.least is None else voters.least
    return VoteGroup(voters, least, len(counted), other, few, waiting)


def _held(
    annual: AnnualAssessment, desk: TallyDesk, series: Mapping[str, Voters]
) -> dict[str, dict[str, dict[str, str]]]:
    """Give the figures that came in another way, by series, unit and figure; a listed reader sees them all."""
    rows = Figure.objects.counting().filter(series__in=list(series), period=str(annual.year))
    found: dict[str, dict[str, dict[str, str]]] = {}
    for one in rows.select_related("unit").order_by():
        if desk.foreign(one):
            found.setdefault(one.series, {}).setdefault(one.unit.code, {})[one.figure] = one.value
    return found


def _own(row: TallyLine | None) -> Line | None:
    return None if row is None else line_from(row)


@dataclass(frozen=True, slots=True)
class VotesSheet:
    """Lines of a group of voters: what stands, or what one count holds."""

    annual: AnnualAssessment
    group: VoteGroup
    lines: tuple[VoteLine, ...]

    @property
    def voters(self) -> Voters:
        """The group of voters."""
        return self.group.voters


def votes_sheet(user: User, annual: AnnualAssessment, series: str) -> VotesSheet | None:
    """Give every unit of a group with what stands of it; None for a series that is no evaluation, and no reader."""
    desk = TallyDesk(annual)
    voters = desk.voters.get(series)
    if voters is None or not reads_votes(user):
        return None
    rows = TallyLine.objects.standing().filter(tally__annual=annual, tally__series=series)
    counted = {one.unit.code: one for one in rows.select_related("unit")}
    held = _held(annual, desk, {series: voters}).get(series, {})
    waiting = _tallies(annual).filter(series=series, state=TallyState.WAITING).first()
    lines = [
        _line(desk, voters, desk.units[code], _own(counted.get(code)), held.get(code, {}))
        for code in voters.units
        if code in desk.units
    ]
    return VotesSheet(annual, _group(desk, voters, counted, held, waiting), tuple(lines))


def tally_sheet(user: User, annual: AnnualAssessment, number: int) -> tuple[Tally, VotesSheet] | None:
    """Give a count with its lines; None where there is none that this person may see."""
    row = _tallies(annual).filter(pk__in=Tally.objects.visible_to(user).filter(pk=number)).first()
    desk = TallyDesk(annual)
    voters = None if row is None else desk.voters.get(row.series)
    if row is None or voters is None:
        return None
    own = list(row.lines.select_related("unit"))
    lines = tuple(_line(desk, voters, one.unit, line_from(one), {}) for one in own)
    waiting = row if row.state == TallyState.WAITING else None
    return row, VotesSheet(annual, _group(desk, voters, {one.unit.code: one for one in own}, {}, waiting), lines)


def _line(desk: TallyDesk, voters: Voters, unit: Unit, own: Line | None, held: Mapping[str, str]) -> VoteLine:
    if own is None:
        return VoteLine(unit, voters, None, held)
    few = too_few(voters, own, desk.least)
    return VoteLine(unit, voters, own, held, worth(voters, own), few)


def trial_lines(annual: AnnualAssessment, trial: TallyTrial) -> list[tuple[Voters, list[VoteLine]]]:
    """Give what a trial would enter, group by group."""
    desk = TallyDesk(annual)
    found = []
    for series, lines in trial.lines.items():
        voters = desk.voters[series]
        found.append((voters, [_line(desk, voters, desk.units[one.unit], one, {}) for one in lines]))
    return found


def votes_of_unit(user: User, run: AnnualRun, unit: int) -> list[tuple[Voters, VoteLine]]:
    """Give a unit's own counts, group by group, to those who may see them; of a result that they may see."""
    rows = TallyLine.objects.visible_to(user).standing().filter(tally__annual=run.annual_id, unit=unit)
    own = {one.tally.series: one for one in rows.select_related("unit", "tally")}
    return list(_of_unit(run, own)) if own else []


def _of_unit(run: AnnualRun, own: Mapping[str, TallyLine]) -> Iterator[tuple[Voters, VoteLine]]:
    desk = TallyDesk(run.annual)
    for series, voters in voters_of(desk.form, run.annual.year).items():
        if series in own:
            yield voters, _line(desk, voters, own[series].unit, line_from(own[series]), {})


def chosen_surveys(annual: AnnualAssessment, given: Sequence[str]) -> list[str]:
    """Give those of some series that may be entered as a survey."""
    known = voters_of(annual.scheme.form, annual.year)
    return [one for one in given if one in known and known[one].is_mean]
