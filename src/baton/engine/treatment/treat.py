"""All steps of a scheme's treatment, in their order, over the figures of one year."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from baton.engine.flags import Happened
from baton.engine.plan import Plan
from baton.engine.quantum import half_up
from baton.engine.scheme.treatment import Outliers, Screen
from baton.engine.steps.parameters import scaled
from baton.engine.steps.room import ROOM
from baton.engine.terms import plain
from baton.engine.treatment.cells import Cell, Known, Scope, Spot
from baton.engine.treatment.denominate import denominated
from baton.engine.treatment.impute import imputed
from baton.engine.treatment.outliers import Treatment, treat_column
from baton.engine.treatment.screen import Availability, screened
from baton.words import Place, Problem, Refused


@dataclass(frozen=True)
class Tested:
    """What became of one indicator in one period; `group` is empty where all groups were taken together."""

    indicator: str
    group: str
    at: int
    found: Treatment[Spot]


@dataclass(frozen=True)
class Treated:
    """The figures after each step, and what was done.

    Figures are whole numbers of the leaf's decimals; what is missing is not there. `values` are those that rules see.
    `marks`: what happened to a cell. `availability`: per unit, where there is a screen; `left_out`: the numbers of the
    units that it leaves out.
    """

    scope: Scope
    denominated: Known
    imputed: Known
    screened: Known
    values: Known
    marks: Mapping[Spot, Happened]
    availability: tuple[Availability, ...]
    left_out: frozenset[int]
    tested: tuple[Tested, ...]

    @cached_property
    def plan(self) -> Plan:
        """The plan of treated values, with the units that the screen leaves out."""
        return replace(self.scope.plan, screened=self.left_out)


def treat(scope: Scope, cells: Mapping[Spot, Cell]) -> Treated:
    """Denominate, impute, screen and treat outliers.

    Raises `Refused` with every denominator of zero and every indicator without enough values that the scheme does not
    cover, and with every value that 64 bits do not hold at its decimals.
    """
    first, problems = denominated(scope, cells)
    problems += _fixed_too_large(scope)
    gaps = {spot for spot, cell in cells.items() if spot[1] in scope.leaves and spot not in first and _open(cell)}
    screen = next((step for step in scope.plan.scheme.treatment if isinstance(step, Screen)), None)
    availability: tuple[Availability, ...] = ()
    if screen is not None and screen.counted == "reported":
        availability = screened(scope, screen, first, gaps)
    out = _left_out(scope, availability)
    base = {spot: x for spot, x in first.items() if spot[0] not in out}
    filled = imputed(scope, base, {spot for spot in gaps if spot[0] not in out})
    second = first | filled
    if screen is not None and screen.counted == "imputed":
        availability = screened(scope, screen, second, gaps)
        out = _left_out(scope, availability)
    third = {spot: x for spot, x in second.items() if spot[0] not in out}
    tested = _tested(scope, third, problems)
    last = third | {spot: x for one in tested for spot, x in one.found.values.items()}
    problems += _too_large(scope, last)
    if problems:
        raise Refused(problems)
    marks = _marks(tested, set(filled) & set(last))
    return Treated(scope, first, second, third, last, marks, availability, out, tested)


def _open(cell: Cell) -> bool:
    """Whether a value is due that is not there: a gap as it came, or one left by a missing denominator."""
    return cell.gap or cell.x is not None


def _left_out(scope: Scope, availability: tuple[Availability, ...]) -> frozenset[int]:
    return frozenset(scope.plan.unit_numbers[one.unit] for one in availability if not one.kept)


def _tested(scope: Scope, known: Known, problems: list[Problem]) -> tuple[Tested, ...]:
    """Test every column that a step is for; those that cannot be tested are refused where the step says so."""
    found = []
    by_step: dict[bool, list[Spot]] = {True: [], False: []}
    for spot in known:
        step = scope.step(Outliers, scope.leaves[spot[1]])
        if step is not None:
            by_step[step.within == "group"].append(spot)
    for apart, spots in by_step.items():
        for code, column in scope.columns(spots, apart_by_group=apart):
            leaf = scope.leaves[column[0][1]]
            step = scope.step(Outliers, leaf)
            assert step is not None
            one = treat_column({spot: known[spot] for spot in column}, leaf.decimals, step)
            if not one.before.testable and step.untestable == "required":
                params = {"count": one.before.count, "group": leaf.group if apart else "*"}
                problems.append(scope.problem("engine.treatment_untestable", column[0], **params))
            found.append(Tested(code, leaf.group if apart else "", column[0][2], one))
    return tuple(sorted(found, key=lambda one: (one.indicator, one.group, one.at)))


def _marks(tested: tuple[Tested, ...], filled: set[Spot]) -> dict[Spot, Happened]:
    marks = dict.fromkeys(sorted(filled), Happened.IMPUTED)
    for one in tested:
        for spot in one.found.values:
            mark = marks.get(spot, Happened.NOTHING)
            if spot in one.found.changed:
                mark |= Happened.WINSORISED
            if one.found.transform:
                mark |= Happened.TRANSFORMED
            if not one.found.before.testable:
                mark |= Happened.UNTESTABLE
            if mark:
                marks[spot] = mark
    return marks


def _too_large(scope: Scope, known: Known) -> list[Problem]:
    """The largest value of every indicator of which 64 bits do not hold some."""
    beyond: dict[str, Spot] = {}
    for spot, x in sorted(known.items()):
        code = scope.leaves[spot[1]].indicator.code
        if abs(x) >= ROOM and (code not in beyond or abs(x) > abs(known[beyond[code]])):
            beyond[code] = spot
    return [too_large(scope, spot, known[spot]) for spot in beyond.values()]


def too_large(scope: Scope, spot: Spot, whole: int) -> Problem:
    """Say that a value does not fit 64 bits at its decimals."""
    decimals = scope.leaves[spot[1]].decimals
    value = plain(Decimal(half_up(Fraction(whole, 10**decimals))))
    return scope.problem("engine.treatment_too_large", spot, value=value, decimals=decimals)


def _fixed_too_large(scope: Scope) -> list[Problem]:
    """Targets and assumed values of the scheme that 64 bits do not hold at the decimals of treated values."""
    found = {}
    for leaf in scope.leaves.values():
        for number in (leaf.indicator.target.value, leaf.indicator.assumed):
            if abs(scaled(number, leaf.decimals) or 0) >= ROOM and number is not None:
                params = {
                    "indicator": f"{leaf.indicator.code} {leaf.indicator.name}",
                    "value": plain(number),
                    "decimals": leaf.decimals,
                }
                found[leaf.indicator.code] = Problem(
                    "engine.too_large_to_add", params, Place(field=leaf.indicator.code)
                )
    return list(found.values())
