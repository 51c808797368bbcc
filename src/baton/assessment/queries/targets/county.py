"""Whether all targets together reach the county's own: by figure, with the gap and who asks less of himself."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from baton.assessment.choices import Adding, TargetState
from baton.assessment.models import CountyTarget, Target
from baton.assessment.models.sight import sight_of
from baton.assessment.queries.targets.judging import Held, Judging, Key, held_before, judging_of
from baton.assessment.rules.targets import below_trend, gap_of, reaches, suggested, whole_of
from baton.core.models import User
from baton.engine.integrity.stretch import CountyPlan, county_plan
from baton.engine.terms import Direction
from baton.sheets.forms import AnnualTarget, annual_targets, rates_of
from baton.words import Problem


@dataclass(frozen=True, slots=True)
class Share:
    """A unit's part: its target with the number on the table, what may be expected of it, whether it asks less."""

    row: Target
    last: float | None
    expected: float | None
    chance: float | None
    below: bool


@dataclass(frozen=True, slots=True)
class Whole:
    """A figure of the county. `whole`, `fixed`: what is on the tables and what is fixed, made one; None: nothing yet.

    `reached`: whether `whole` reaches the county's own target (None: none was entered, or it is too early to say).
    """

    annual: AnnualTarget
    adding: Adding
    own: CountyTarget | None
    shares: Sequence[Share]
    whole: Decimal | None
    fixed: Decimal | None
    plan: CountyPlan | None
    chance: float | None
    expected: float | None
    why: Sequence[Problem]

    @property
    def key(self) -> Key:
        """Series and figure."""
        return self.annual.field.series, self.annual.field.figure

    @property
    def told(self) -> int:
        """Of how many units a number is on the table."""
        return sum(bool(one.row.table) for one in self.shares)

    @property
    def lacking(self) -> int:
        """Of how many units no number is on the table yet."""
        return len(self.shares) - self.told

    @property
    def complete(self) -> bool:
        """Whether every unit has a number on the table, so that what lacks will not come from others."""
        return not self.lacking

    @property
    def settled(self) -> int:
        """Of how many units the target is fixed."""
        return sum(one.row.state == TargetState.FIXED for one in self.shares)

    @property
    def below(self) -> Sequence[Share]:
        """The units whose number asks less than their own course lets expect."""
        return [one for one in self.shares if one.below]

    @property
    def reached(self) -> bool | None:
        """Whether all together reach the county's own target.

        Before all have told theirs that is known only of amounts of which more is better: what comes can but add to it.
        """
        if self.own is None or self.whole is None or not (self.complete or self._grows):
            return None
        return reaches(self.whole, Decimal(self.own.value), self.higher)

    @property
    def _grows(self) -> bool:
        return self.adding is Adding.SUM and self.higher

    @property
    def gap(self) -> Decimal | None:
        """What is lacking to the county's own target, as far as `reached` is known."""
        if self.own is None or self.whole is None or self.reached is None:
            return None
        return gap_of(self.whole, Decimal(self.own.value), self.higher)

    @property
    def higher(self) -> bool:
        """Whether more is better."""
        return self.annual.field.indicator.direction is Direction.HIGHER


def county_of(user: User, year: int, only: Key | None = None) -> list[Whole]:
    """Give the county's figures of a year in the scheme's order; to the office and county readers all of them.

    To others those of which their department leads every target: a department answers for the whole of its own.
    """
    rows = Target.objects.filter(year=year).select_related("unit", "figure", "call__scheme", "department")
    if only is not None:
        rows = rows.filter(series=only[0], figure_name=only[1])
    by_key: dict[Key, list[Target]] = {}
    for row in rows.order_by("unit__order", "pk"):
        by_key.setdefault((row.series, row.figure_name), []).append(row)
    sight = sight_of(user)
    if not sight.everything:
        led = set(rows.filter(department__in=sight.units).order_by().values_list("series", "figure_name"))
        by_key = {key: found for key, found in by_key.items() if key in led and _leads(found, sight.units)}
    owns = _owns(year)
    held = _held(by_key, year)
    return [_whole(key, year, found, owns.get(key), held) for key, found in by_key.items()]


def _held(by_key: Mapping[Key, Sequence[Target]], year: int) -> Held:
    """Give the figures of the years before, of all that one scheme knows at once."""
    schemes = {found[0].call.scheme_id: found[0].call.scheme for found in by_key.values()}
    found: dict[Key, Mapping[str, Mapping[str, float]]] = {}
    for number, version in schemes.items():
        keys = {key for key, rows in by_key.items() if rows[0].call.scheme_id == number}
        found |= held_before(version, keys, year)
    return found


def sees_whole(user: User, row: Target) -> bool:
    """Whether a person may see all units' targets of a figure beside each other, fixed or not."""
    sight = sight_of(user)
    if sight.everything:
        return True
    same = Target.objects.filter(year=row.year, series=row.series, figure_name=row.figure_name)
    leads = row.department_id in sight.units
    return leads and _leads(list(same.only("department", "unit")), sight.units)


def _leads(rows: Collection[Target], units: frozenset[int]) -> bool:
    """Whether the department leads; a target of the department itself is answered by another one."""
    return all(row.department_id in units or row.unit_id in units for row in rows)


def _owns(year: int) -> Mapping[Key, CountyTarget]:
    rows = CountyTarget.objects.filter(year=year).order_by("pk")
    return {(one.series, one.figure_name): one for one in rows}


def _whole(key: Key, year: int, rows: Sequence[Target], own: CountyTarget | None, held: Held) -> Whole:
    scheme = rows[0].call.scheme
    annual = annual_targets(scheme.scheme)[key]
    judged = judging_of(scheme, key, year, {row.unit.code: row.table for row in rows}, held)
    rate = annual.field.indicator.code in rates_of(scheme.scheme)
    adding = Adding(own.adding) if own is not None else suggested(annual.field.unit, rate)
    numbers = {row.unit.code: Decimal(row.table) for row in rows if row.table}
    settled = [Decimal(row.table) for row in rows if row.state == TargetState.FIXED]
    plan = _plan(judged, {unit: float(value) for unit, value in numbers.items()}, own, adding, rows)
    chance = None if plan is None else plan.chance if judged.higher else 1 - plan.chance
    return Whole(
        annual=annual,
        adding=adding,
        own=own,
        shares=[_share(judged, row, year) for row in rows],
        whole=whole_of(list(numbers.values()), adding),
        fixed=whole_of(settled, adding),
        plan=plan,
        chance=chance,
        expected=None if plan is None else plan.expected / (len(rows) if adding is Adding.MEAN else 1),
        why=judged.why,
    )


def _plan(
    judged: Judging, numbers: Mapping[str, float], own: CountyTarget | None, adding: Adding, rows: Sequence[Target]
) -> CountyPlan | None:
    """Hold what may be expected of all units against the county's own; only where each of them can be foretold."""
    codes = [row.unit.code for row in rows]
    if own is None or any(code not in judged.outlooks for code in codes):
        return None
    times = len(codes) if adding is Adding.MEAN else 1
    return county_plan([judged.outlooks[code] for code in codes], numbers, float(own.value) * times)


def _share(judged: Judging, row: Target, year: int) -> Share:
    code = row.unit.code
    outlook, asked = judged.outlooks.get(code), judged.asked.get(code)
    expected = None if outlook is None else outlook.expected
    low = bool(row.table) and expected is not None and below_trend(float(row.table), expected, judged.higher)
    last = judged.actual.get(code, {}).get(year - 1)
    return Share(row, last, expected, None if asked is None else asked.chance, low)
