"""An annual run with everything a committee wants to see of it: tables, quotas, sensitive points, doubts."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from baton.assessment.choices import ContestState, Doubt, LedgerState, RunState
from baton.assessment.models import (
    AnnualDecision,
    AnnualNode,
    AnnualResult,
    AnnualRun,
    Contest,
    DecidedGrade,
    LedgerEntry,
)
from baton.assessment.queries.annual.placed import placed
from baton.assessment.queries.numbers import numbers
from baton.assessment.rules.annual.decision import overtaken, weak_months
from baton.assessment.rules.annual.placed import Placed, Pool, pools
from baton.assessment.rules.annual.sensitive import Point, sensitive_points
from baton.assessment.rules.month_scheme import monthly_roots
from baton.core.models import User
from baton.engine.scheme.model import Scheme
from baton.words import Place, Problem

_HUNDREDTHS = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class AnnualRow:
    """A unit's result, with what was decided of it (None: nothing yet) and the reasons of the suggestion."""

    result: AnnualResult
    decided: DecidedGrade | None

    @property
    def reasons(self) -> tuple[Problem, ...]:
        """Why the suggestion is what it is, as sentences of the catalogue."""
        return tuple(Problem(one["code"], one["params"]) for one in self.result.reasons)

    @property
    def departs(self) -> bool:
        """Whether something else was decided than was suggested."""
        return self.decided is not None and self.decided.grade != self.decided.suggested


@dataclass(frozen=True, slots=True)
class AnnualTable:
    """A group's league table of the year."""

    group: str
    name: str
    graded: bool
    rows: tuple[AnnualRow, ...]


@dataclass(frozen=True, slots=True)
class Doubtful:
    """What a consistency check asks to look at again, about which units."""

    kind: Doubt
    units: tuple[str, ...]
    other: str = ""


@dataclass(frozen=True, slots=True)
class AnnualRunPage:
    """A run with its tables, empty where it gave no result. `pools`: the arithmetic of the quotas as it stands."""

    run: AnnualRun
    tables: tuple[AnnualTable, ...]
    pools: tuple[Pool, ...]
    sensitive: tuple[Point, ...]
    doubts: tuple[Doubtful, ...]
    decision: AnnualDecision | None
    problems: tuple[Problem, ...]

    @property
    def scheme(self) -> Scheme:
        """The scheme of the year."""
        return self.run.scheme.scheme

    @property
    def grades(self) -> Mapping[str, str]:
        """Names of the grades by code."""
        return {grade.code: grade.name for grade in self.scheme.grading.grades}


def annual_run(user: User, number: int) -> AnnualRunPage | None:
    """Give a run; None where there is none that this person may see."""
    rows = AnnualRun.objects.visible_to(user).select_related("annual", "scheme", "by")
    run = rows.filter(pk=number).first()
    if run is None:
        return None
    problems = tuple(Problem(one["code"], one["params"], Place(field=one.get("field", ""))) for one in run.problems)
    if run.state != RunState.DONE:
        return AnnualRunPage(run, (), (), (), (), None, problems)
    scheme = run.scheme.scheme
    results = list(run.units.select_related("unit").order_by("group", "rank", "unit__order", "unit"))
    decision = AnnualDecision.objects.filter(run=run).first()
    decided = {} if decision is None else {one.unit_id: one for one in decision.grades.all()}
    units = [placed(row) for row in results]
    chosen = {row.unit.code: decided[row.unit_id].grade if row.unit_id in decided else row.grade for row in results}
    near = numbers()["near_hundredths"] * _HUNDREDTHS
    return AnnualRunPage(
        run,
        tuple(annual_tables(scheme, results, decided)),
        tuple(pools(scheme, units, chosen)),
        tuple(sensitive_points(scheme, units, near)),
        tuple(_doubts(run, scheme, units, chosen)),
        decision,
        problems,
    )


def annual_tables(
    scheme: Scheme, results: Sequence[AnnualResult], decided: Mapping[int, DecidedGrade]
) -> Iterator[AnnualTable]:
    """Give the league tables of a year in the scheme's order of groups."""
    by_group: dict[str, list[AnnualRow]] = defaultdict(list)
    for row in results:
        by_group[row.group].append(AnnualRow(row, decided.get(row.unit_id)))
    for group in scheme.groups:
        if group.code in by_group:
            graded = group.graded and bool(scheme.grading.grades)
            rows = sorted(by_group[group.code], key=lambda one: (one.result.rank is None, one.result.rank or 0))
            yield AnnualTable(group.code, group.name, graded, tuple(rows))


def _doubts(run: AnnualRun, scheme: Scheme, units: Sequence[Placed], chosen: Mapping[str, str]) -> Iterator[Doubtful]:
    names = {one.unit: one.name for one in units}
    for one, other in overtaken(scheme, units, chosen):
        yield Doubtful(Doubt.OVERTAKEN, (one.name,), other.name)
    if scheme.grading.grades:
        weak = weak_months(scheme.grading.grades[0].code, chosen, _monthly(run, scheme))
        yield from _named(Doubt.WEAK_MONTHS, [names[code] for code in chosen if code in weak])
    year = run.annual.year
    events = LedgerEntry.objects.filter(on__year=year, unit__code__in=names)
    open_ = events.exclude(state__in=(LedgerState.CONFIRMED, LedgerState.DROPPED))
    yield from _named(Doubt.OPEN_EVENT, _distinct(open_.values_list("unit__name", flat=True)))
    contests = Contest.objects.filter(month__period__startswith=f"{year}-", state=ContestState.OPEN)
    yield from _named(Doubt.OPEN_CONTEST, _distinct(contests.values_list("unit__name", flat=True)))
    if run.preliminary:
        yield Doubtful(Doubt.PRELIMINARY, (str(run.preliminary),))


def _named(kind: Doubt, units: Sequence[str]) -> Iterator[Doubtful]:
    if units:
        yield Doubtful(kind, tuple(units))


def _distinct(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


def _monthly(run: AnnualRun, scheme: Scheme) -> Mapping[str, Mapping[str, Decimal]]:
    """Give the score of the monthly part by group and unit: the mean over the months of its highest nodes."""
    roots = {(group, top) for group, tops in monthly_roots(scheme).items() for top in tops}
    groups = dict(run.units.values_list("unit", "group"))
    codes = dict(run.units.values_list("unit", "unit__code"))
    nodes = AnnualNode.objects.filter(run=run, node__in={top for _, top in roots}, score__isnull=False)
    sums: dict[tuple[str, str], list[Decimal]] = defaultdict(list)
    for unit, node, score in nodes.values_list("unit", "node", "score"):
        if (groups[unit], node) in roots and score is not None:
            sums[groups[unit], codes[unit]].append(score)
    found: dict[str, dict[str, Decimal]] = defaultdict(dict)
    for (group, code), scores in sums.items():
        found[group][code] = sum(scores, Decimal(0)) / len(scores)
    return found
