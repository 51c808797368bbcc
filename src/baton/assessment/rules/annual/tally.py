"""Counted sheets: which indicators are evaluations, what one line must hold, and what it becomes in the scheme."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from baton.assessment.rules.expected import Form, exists_in
from baton.engine.rules import Ballot, BallotRate
from baton.engine.scheme.indicators import Indicator
from baton.engine.terms import Frequency, Reporter
from baton.sheets.cells import Wanted, read_number
from baton.sheets.forms import Field, Sort, read_cell
from baton.sheets.forms.mark import COUNTS
from baton.words import Place, Problem, Word

DUE, MEAN = "due", "actual"
_HUNDRED, _CENT = Decimal(100), Decimal("0.01")
_MOST = 10_000_000
"""More sheets than people live in any county."""
_IN_POINTS = frozenset({"分", "%"})


@dataclass(frozen=True, slots=True)
class Voters:
    """A group of voters as the scheme has it: a series whose figures are votes, or the mean of a survey.

    `options`: the fields of its votes, best first as the scheme lists them, or the one of its mean; `due`: the field of
    those entitled, where the rule asks for a turnout; `units`: codes, in the scheme's order. `least`: the fewest valid
    sheets by the scheme's own rule (None: it says nothing, then the county's number holds); `turnout`: the least share.
    """

    series: str
    indicator: Indicator
    options: tuple[Field, ...]
    due: Field | None
    units: tuple[str, ...]
    least: int | None = None
    turnout: Decimal | None = None

    @property
    def is_mean(self) -> bool:
        """Whether it is reported as a mean."""
        return self.options[0].sort is not Sort.VOTES

    @property
    def fields(self) -> tuple[Field, ...]:
        """All fields of its figures."""
        return (*((self.due,) if self.due else ()), *self.options)


@dataclass(frozen=True, slots=True)
class Line:
    """The sheets about a unit. `cells`: sheet and cell of each number by its name, where it came by workbook."""

    unit: str
    counts: Mapping[str, int]
    due: int | None = None
    votes: Mapping[str, int] = field(default_factory=dict)
    mean: Decimal | None = None
    cells: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def valid(self) -> int:
        """How many sheets are valid."""
        return self.counts["valid"]


def voters_of(form: Form, year: int) -> dict[str, Voters]:
    """Give every group of voters by its series, in the scheme's order: votes, then what may be a survey's mean.

    A mean is a single figure of the whole year, in points or percent, that no unit reports about itself.
    """
    votes, means = {}, {}
    for series in dict.fromkeys(one.series for one in form.fields.values()):
        fields = form.fields_in(series)
        if any(one.frequency is not Frequency.YEAR or one.target for one in fields):
            continue
        units = tuple(code for code in fields[-1].units if exists_in(form.units[code], str(year)))
        if fields[0].sort is Sort.VOTES and units:
            votes[series] = _votes(series, fields, units)
        elif _may_be_mean(fields) and units:
            means[series] = Voters(series, fields[0].indicator, (fields[0],), None, units)
    return votes | means


def _votes(series: str, fields: Sequence[Field], units: tuple[str, ...]) -> Voters:
    indicator = fields[0].indicator
    rule = indicator.rule
    least, turnout = (
        (rule.minimum_valid, rule.minimum_turnout) if isinstance(rule, Ballot | BallotRate) else (None, None)
    )
    return Voters(
        series,
        indicator,
        tuple(one for one in fields if one.figure != DUE),
        next((one for one in fields if one.figure == DUE), None),
        units,
        least,
        turnout,
    )


def _may_be_mean(fields: Sequence[Field]) -> bool:
    only = fields[0]
    alone = len(fields) == 1 and only.figure == MEAN and only.sort is Sort.NUMBER
    return alone and only.unit in _IN_POINTS and only.reporter is not Reporter.UNIT


def read_line(voters: Voters, unit: str, name: str, typed: Mapping[str, str]) -> tuple[Line | None, list[Problem]]:
    """Read what was typed about a unit, by the names of counts and figures; None: nothing was, or it is wrong.

    `name`: the unit's. Problems stand at `unit:name` of their field.
    """
    if not any(value.strip() for value in typed.values()):
        return None, []
    problems: list[Problem] = []
    numbers: dict[str, Decimal] = {}
    fields = {one.figure: one for one in voters.fields}
    for what in (*COUNTS, *fields):
        place = Place(sheet=name, field=f"{unit}:{what}", column=fields[what].name if what in fields else "")
        given = typed.get(what, "").strip()
        read = _typed(given, fields.get(what), place)
        if isinstance(read, Problem):
            problems.append(read)
        elif read is None:
            problems.append(lacking(what, fields, place, name))
        else:
            numbers[what] = read
    if problems:
        return None, problems
    line = line_of(voters, unit, numbers)
    return line, list(sums(voters, line, name))


def _typed(given: str, one: Field | None, place: Place) -> Decimal | Problem | None:
    if not given:
        return None
    read = read_number(given, Wanted(), "", place) if one is None else read_cell(given, one, place)
    if isinstance(read, Problem) or read.value is None:
        return read if isinstance(read, Problem) else None
    counted = one is None or one.sort is Sort.VOTES
    return (
        read.value
        if not counted or is_count(read.value)
        else Problem("tallies.not_whole", {"given": given, "unit": place.sheet}, place)
    )


def is_count(value: Decimal) -> bool:
    """Whether a number can be one of sheets or people."""
    return 0 <= value <= _MOST and value == value.to_integral_value()


def lacking(what: str, fields: Mapping[str, Field], place: Place, unit: str) -> Problem:
    """Say that a number of a line about a unit (name) is not there."""
    named = fields[what].name if what in fields else Word(f"sheets.count_{what}")
    return Problem("tallies.number_lacking", {"what": named, "unit": unit}, place)


def line_of(voters: Voters, unit: str, numbers: Mapping[str, Decimal], **given: Mapping[str, tuple[str, str]]) -> Line:
    """Make a line of numbers that are all there."""
    options = [one.figure for one in voters.options]
    return Line(
        unit,
        {one: int(numbers[one]) for one in COUNTS},
        int(numbers[DUE]) if voters.due else None,
        {} if voters.is_mean else {one: int(numbers[one]) for one in options},
        numbers[MEAN] if voters.is_mean else None,
        **given,
    )


def sums(voters: Voters, line: Line, name: str) -> Iterator[Problem]:
    """Give every sum that does not agree, with its arithmetic.

    Given out >= come back = valid + spoilt + without a mark; valid = the votes of all options; nobody is asked twice.
    """

    def at(what: str) -> Place:
        sheet, cell = line.cells.get(what, (name, ""))
        return Place(sheet=sheet, cell=cell, field=f"{line.unit}:{what}")

    issued, returned, valid, spoilt, abstained = (line.counts[one] for one in COUNTS)
    if returned > issued:
        yield Problem("tallies.more_returned", {"unit": name, "returned": returned, "issued": issued}, at("returned"))
    if returned != valid + spoilt + abstained:
        total = valid + spoilt + abstained
        params = {"unit": name, "returned": returned, "valid": valid, "spoilt": spoilt}
        params |= {"abstained": abstained, "sum": total}
        yield Problem("tallies.returned_differ", params, at("returned"))
    if line.votes and valid != sum(line.votes.values()):
        parts = " ＋ ".join(f"{one.name} {line.votes[one.figure]}" for one in voters.options)
        added = sum(line.votes.values())
        yield Problem("tallies.votes_differ", {"unit": name, "valid": valid, "parts": parts, "sum": added}, at("valid"))
    if line.due is not None and issued > line.due:
        yield Problem("tallies.more_issued", {"unit": name, "issued": issued, "due": line.due}, at("issued"))


def too_few(voters: Voters, line: Line, least: int) -> bool:
    """Whether so few sheets are valid that the group does not count for the unit; `least`: the county's number.

    The scheme's own number goes before the county's.
    """
    short = line.valid < (least if voters.least is None else voters.least)
    return short or (voters.turnout is not None and bool(line.due) and line.valid < voters.turnout * (line.due or 0))


def left_out(voters: Voters, line: Line, least: int) -> bool:
    """Whether the figures are reported as not there: too few sheets by the county's number, which no rule knows."""
    return voters.least is None and line.valid < least


def worth(voters: Voters, line: Line) -> Decimal | None:
    """Give what the votes come to of a hundred, two decimals, as people check it by hand; None without a valid sheet.

    Votes by the value of each option over the greatest; by rates the share of best votes; a mean as it is.
    """
    rule = voters.indicator.rule
    if not line.valid:
        return None
    if isinstance(rule, Ballot) and line.votes:
        total = sum((rule.options[one] * count for one, count in line.votes.items()), Decimal(0))
        return (_HUNDRED * total / (line.valid * max(rule.options.values()))).quantize(_CENT)
    if isinstance(rule, BallotRate) and line.votes:
        return (_HUNDRED * line.votes[rule.best] / line.valid).quantize(_CENT)
    return line.mean
