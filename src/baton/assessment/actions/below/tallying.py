"""A year's evaluations as somebody finds them who enters counted sheets: groups of voters, units, what is held."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from baton.assessment.actions.below.cells import Key, Wish, current_figures
from baton.assessment.actions.below.doors import OFFICE, require_office
from baton.assessment.choices import Absent
from baton.assessment.models import AnnualAssessment, AnnualPublication, Figure, ResultReader, Tally, TallyLine
from baton.assessment.queries.numbers import numbers
from baton.assessment.rules.annual.tally import Line, Voters, is_count, lacking, left_out, line_of, sums, voters_of
from baton.assessment.rules.expected import Cell, Form
from baton.assessment.rules.figures import Read
from baton.core import clock
from baton.core.acting import Actor
from baton.org.models import Unit
from baton.org.queries import may
from baton.sheets.address import parse_a1
from baton.sheets.forms import Sort
from baton.sheets.forms.mark import COUNTS
from baton.sheets.reports import Import, read_reports
from baton.words import Place, Problem, Refused

type Lines = Mapping[str, Sequence[Line]]
"""Lines by series."""


def require_counter(by: Actor) -> None:
    """Let only people of the office pass who stand on the list of readers, or the system. Raises `Refused`."""
    require_office(by)
    if by.user is not None and not ResultReader.objects.reads(by.user, clock.today()):
        raise Refused([Problem("tallies.readers_only")])


def counts(by: Actor) -> bool:
    """Whether somebody may enter counted sheets."""
    return may(by.user, *OFFICE) and (by.user is None or ResultReader.objects.reads(by.user, clock.today()))


def require_unknown(annual: AnnualAssessment) -> None:
    """Refuse to change what a result rests on that is made known; it is withdrawn first."""
    made = AnnualPublication.objects.in_force().filter(annual=annual).first()
    if made is not None:
        raise Refused([Problem("annual.made_known_already", {"year": annual.year, "issue": made.issue})])


@dataclass
class TallyDesk:
    """A year's evaluations, looked up once for many lines. `least`: the county's fewest valid sheets."""

    annual: AnnualAssessment
    form: Form = field(init=False)
    voters: dict[str, Voters] = field(init=False)
    units: dict[str, Unit] = field(init=False)
    least: int = field(init=False)

    def __post_init__(self) -> None:
        self.form = self.annual.scheme.form
        self.voters = voters_of(self.form, self.annual.year)
        self.units = {unit.code: unit for unit in Unit.objects.filter(code__in=self.form.units)}
        self.least = numbers()["least_sheets"]
        self.period = str(self.annual.year)
        self.batches = set(
            Tally.objects.filter(annual=self.annual, batch__isnull=False).values_list("batch", flat=True)
        )

    def group(self, series: str) -> Voters:
        """Give a group of voters. Raises `Refused` for a series that is no evaluation."""
        found = self.voters.get(series)
        if found is None:
            raise Refused([Problem("tallies.no_evaluation", {"series": series, "year": self.annual.year})])
        return found

    def wishes(self, series: str, lines: Iterable[Line]) -> list[Wish]:
        """Give what lines become: figures of the series, or that there is none where too few sheets are valid."""
        voters, found = self.voters[series], []
        for line in lines:
            unit = self.units[line.unit]
            values = numbers_of(line)
            for one in voters.fields:
                value = None if left_out(voters, line, self.least) else values[one.figure]
                sheet, at = line.cells.get(one.figure, ("", ""))
                cell = Cell(line.unit, series, one.figure, self.period)
                found.append(Wish(cell, Read(value), one, unit, sheet=sheet, at=at))
        return found

    def foreign(self, figure: Figure | None) -> bool:
        """Whether a figure came in another way than by counted sheets, so that nobody is asked for it again."""
        return figure is not None and figure.absent != Absent.WITHDRAWN and figure.batch_id not in self.batches

    def held(self, wishes: Iterable[Wish], current: Mapping[Key, Figure]) -> Iterator[Problem]:
        """Say of each figure that came in another way, and is another one, that it stands."""
        for wish in wishes:
            stands = current.get(wish.key)
            if stands is None or not self.foreign(stands) or stands.value == wish.read.text:
                continue
            params = {"given": wish.read.text or "—", "held": stands.value or "—", "what": wish.field.name}
            place = Place(
                sheet=wish.sheet or wish.unit.name, cell=wish.at, field=f"{wish.cell.unit}:{wish.cell.figure}"
            )
            yield Problem("tallies.held_already", params, place)

    def new(self, series: str, lines: Iterable[Line]) -> list[Line]:
        """Leave out lines that stand already as they are."""
        rows = TallyLine.objects.standing().filter(tally__annual=self.annual, tally__series=series)
        stands = {one.unit.code: same_as(one) for one in rows.select_related("unit")}
        return [one for one in lines if stands.get(one.unit) != (dict(one.counts), numbers_of(one))]


def numbers_of(line: Line) -> dict[str, Decimal]:
    """Give the figures of a line by their names."""
    found = {name: Decimal(count) for name, count in line.votes.items()}
    found |= {} if line.due is None else {"due": Decimal(line.due)}
    return found | ({} if line.mean is None else {"actual": line.mean})


def same_as(row: TallyLine) -> tuple[dict[str, int], dict[str, Decimal]]:
    """Give counts and figures of a row, as lines are held against."""
    return {one: getattr(row, one) for one in COUNTS}, row.figures


@dataclass(frozen=True, slots=True)
class TallyTrial:
    """What a workbook of counts would do: problems by cell, new lines by series, how many stand already.

    `agreed` names it: taken is only what was looked at.
    """

    problems: tuple[Problem, ...]
    lines: Lines
    same: int
    agreed: str

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What keeps it from being taken."""
        return tuple(one for one in self.problems if one.severity == "error")

    @property
    def count(self) -> int:
        """How many lines are new."""
        return sum(len(lines) for lines in self.lines.values())

    @property
    def fine(self) -> bool:
        """Whether it can be taken."""
        return not self.errors and self.count > 0


def tried(desk: TallyDesk, name: str, content: bytes) -> TallyTrial:
    """Read a workbook of counts; nothing is written."""
    # Of rows that are in order the figures are wanted even where others are not, to find all that is wrong at once.
    sources, reading = [(name, content)], desk.form.reading
    found = read_reports(sources, desk.form.scheme, periods=(), context=reading, accept_good_rows=True)
    problems, read = list(found.problems), dict[str, list[Line]]()
    for series, lines, wrong in _read(desk, found):
        problems += wrong
        if lines:
            read[series] = lines
    new, same = {}, 0
    for series, lines in read.items():
        wishes = desk.wishes(series, lines)
        problems += desk.held(wishes, current_figures(wish.key for wish in wishes))
        kept = desk.new(series, lines)
        same += len(lines) - len(kept)
        if kept:
            new[series] = kept
    waiting = Tally.objects.filter(annual=desk.annual).order_by("-pk").values_list("pk", "state")
    told = [content, repr(new).encode(), repr(list(waiting[:1])).encode()]
    return TallyTrial(tuple(problems), new, same, hashlib.sha256(b"\n".join(told)).hexdigest())


_NO_ROW = ("", -1)


def _row_of(place: Place) -> tuple[str, int]:
    """Give sheet and row of a cell; what concerns more than a row is nowhere."""
    return (place.sheet, parse_a1(place.cell)[0]) if place.cell else _NO_ROW


type _Row = dict[str, tuple[Decimal | None, Place]]


def _read(desk: TallyDesk, found: Import) -> Iterator[tuple[str, list[Line], list[Problem]]]:
    """Give lines and what is wrong with them, series by series."""
    rows: dict[tuple[str, str, str], _Row] = {}
    for one in found.observations:
        place = Place(one.origin.file, one.origin.sheet, one.origin.cell)
        rows.setdefault((one.series, one.unit, one.period), {})[one.figure] = (one.value, place)
    for gap in found.absences:
        rows.setdefault((gap.series, gap.unit, gap.period), {}).setdefault(gap.figure, (None, gap.place))
    for counted in found.counted:
        row = rows.setdefault((counted.series, counted.unit, counted.period), {})
        row |= {f"={name}": (value, counted.places[name]) for name, value in counted.counts.items()}
    told = {_row_of(one.place) for one in found.errors}
    for series in dict.fromkeys(key[0] for key in rows):
        lines, problems = [], []
        for (of, unit, period), row in rows.items():
            # The reader has said what is wrong with a row, and left out its figures.
            refused = _NO_ROW in told or any(_row_of(place) in told for _, place in row.values())
            if of == series and not refused and any(value is not None for value, _ in row.values()):
                line, wrong = _line(desk, series, unit, period, row)
                problems += wrong
                if line is not None:
                    problems += sums(desk.voters[series], line, desk.units[unit].name)
                    lines.append(line)
        yield series, lines, problems


def _line(desk: TallyDesk, series: str, unit: str, period: str, row: _Row) -> tuple[Line | None, list[Problem]]:
    first = next(place for _, place in row.values())
    voters = desk.voters.get(series)
    if voters is None:
        params = {"series": series, "year": desk.annual.year}
        return None, [Problem("tallies.no_evaluation", params, first)]
    if period != desk.period:
        return None, [Problem("tallies.other_year", {"given": period, "year": desk.annual.year}, first)]
    if unit not in voters.units or unit not in desk.units:
        return None, [Problem("tallies.unit_not_asked", {"unit": unit}, first)]
    fields = {one.figure: one for one in voters.fields}
    named = {one: row.get(f"={one}") for one in COUNTS} | {one: row.get(one) for one in fields}
    read, wrong, cells, label = {}, [], {}, desk.units[unit].name
    for name, one in named.items():
        value, place = one or (None, Place(first.file, first.sheet, first.cell))
        if value is None:
            wrong.append(lacking(name, fields, place, label))
        elif (name in COUNTS or fields[name].sort is Sort.VOTES) and not is_count(value):
            wrong.append(Problem("tallies.not_whole", {"given": str(value), "unit": label}, place))
        else:
            read[name], cells[name] = value, (place.sheet, place.cell)
    if wrong:
        return None, wrong
    return line_of(voters, unit, read, cells=cells), []
