"""A unit's year, whole: every node and indicator down from the total, months, events, and the figures behind them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count

from baton.assessment.models import (
    AnnualLeaf,
    AnnualNode,
    AnnualPublication,
    AnnualResult,
    AnnualRun,
    DecidedGrade,
    Figure,
)
from baton.assessment.queries.annual.run import AnnualRow
from baton.core.models import User
from baton.engine.scheme.indicators import Indicator
from baton.engine.scheme.model import Scheme


@dataclass(frozen=True, slots=True)
class YearLine:
    """A line of the calculation: a node with its score, or an indicator (or part of one) with its points.

    `depth`: 0 right below the total. `indicator` and `leaf`: of an indicator only.
    """

    depth: int
    code: str
    name: str
    score: Decimal | None
    full: Decimal
    indicator: Indicator | None = None
    leaf: AnnualLeaf | None = None


@dataclass(frozen=True, slots=True)
class Month:
    """A month's score of the monthly part."""

    period: str
    score: Decimal | None
    full: Decimal


@dataclass(frozen=True, slots=True)
class AnnualUnit:
    """A unit's year. `lines`: its calculation in `period`, the year or a month; `months`: scores of the monthly part.

    `items`: names of bonuses, deductions and vetoes by code. `of`: how many units its group has.
    """

    row: AnnualRow
    group_name: str
    of: int
    period: str
    lines: tuple[YearLine, ...]
    months: tuple[Month, ...]
    items: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class AnnualTrace:
    """What an indicator gave a unit in every period, and the figures that a person may see of it, newest first."""

    result: AnnualResult
    indicator: Indicator
    leaves: tuple[AnnualLeaf, ...]
    figures: tuple[Figure, ...]
    names: Mapping[str, str]


def shown_run(user: User, year: int) -> tuple[AnnualRun, AnnualPublication | None] | None:
    """Give the run of a year that is shown: the one made known, else the newest that this person may see; else None."""
    rows = AnnualPublication.objects.visible_to(user).in_force().filter(annual__year=year)
    out = rows.select_related("annual", "decision__run__annual", "decision__run__scheme").first()
    if out is not None and AnnualRun.objects.visible_to(user).filter(pk=out.decision.run_id).exists():
        return out.decision.run, out
    runs = AnnualRun.objects.visible_to(user).filter(annual__year=year, state="done")
    run = runs.select_related("annual", "scheme").first()
    return None if run is None else (run, None)


def decided_of(run: AnnualRun, publication: AnnualPublication | None) -> dict[int, DecidedGrade]:
    """Give the decided grades by unit: of what is made known, else of the newest decision on the run."""
    rows = DecidedGrade.objects.filter(decision__run=run)
    if publication is not None:
        rows = rows.filter(decision=publication.decision_id)
    return {one.unit_id: one for one in rows.order_by("decision_id")}


def annual_unit(run: AnnualRun, out: AnnualPublication | None, code: str, period: str) -> AnnualUnit | None:
    """Give a unit's year in a run that the caller may see; None where the unit, or the period, is not in it."""
    result = run.units.select_related("unit").filter(unit__code=code).first()
    if result is None:
        return None
    scheme, year = run.scheme.scheme, str(run.annual.year)
    nodes = list(AnnualNode.objects.filter(run=run, unit=result.unit_id))
    asked = period or year
    leaves = list(AnnualLeaf.objects.filter(run=run, unit=result.unit_id, period=asked).order_by("indicator", "part"))
    if asked != year and not leaves:
        return None
    group = next(one for one in scheme.groups if one.code == result.group)
    lines = tuple(_lines(scheme, group.root, [one for one in nodes if one.period == asked], leaves))
    items = {one.code: one.name for one in scheme.bonuses}
    items |= {one.code: one.name for one in scheme.deductions} | {one.code: one.name for one in scheme.vetoes}
    of = run.units.filter(group=result.group, rank__isnull=False).aggregate(of=Count("pk"))["of"]
    decided = decided_of(run, out).get(result.unit_id)
    return AnnualUnit(AnnualRow(result, decided), group.name, of, asked, lines, tuple(_months(scheme, nodes)), items)


def _lines(scheme: Scheme, root: str, nodes: Sequence[AnnualNode], leaves: Sequence[AnnualLeaf]) -> Iterator[YearLine]:
    scores = {one.node: one for one in nodes}
    below: dict[str | None, list[str]] = defaultdict(list)
    for node in scheme.nodes:
        below[node.parent].append(node.code)
    names = {node.code: node.name for node in scheme.nodes}
    hung: dict[str, list[tuple[Indicator, AnnualLeaf]]] = defaultdict(list)
    known = {one.code: one for one in scheme.indicators}
    order = {code: number for number, code in enumerate(known)}
    for leaf in sorted(leaves, key=lambda one: (order.get(one.indicator, 0), one.part)):
        indicator = known[leaf.indicator]
        hung[indicator.parent].append((indicator, leaf))

    def walk(code: str, depth: int) -> Iterator[YearLine]:
        for child in below[code]:
            found = scores.get(child)
            if found is not None:
                yield YearLine(depth, child, names[child], found.score, found.full)
            yield from walk(child, depth + (found is not None))
        for indicator, leaf in hung[code]:
            name = f"{indicator.name} · {indicator.rule.part_name(leaf.part)}" if leaf.part else indicator.name
            yield YearLine(depth, indicator.code, name, leaf.points, leaf.full, indicator, leaf)

    yield from walk(root, 0)


def _months(scheme: Scheme, nodes: Sequence[AnnualNode]) -> Iterator[Month]:
    """Give the months of the highest nodes that are scored monthly; where there are several, added up."""
    parents = {node.code: node.parent for node in scheme.nodes}
    by_month: dict[str, dict[str, AnnualNode]] = defaultdict(dict)
    for one in nodes:
        if "-" in one.period and "Q" not in one.period:
            by_month[one.period][one.node] = one
    for period in sorted(by_month):
        found = by_month[period]
        tops = [one for code, one in found.items() if parents.get(code) not in found]
        known = [one.score for one in tops if one.score is not None]
        yield Month(period, sum(known, Decimal(0)) if known else None, sum((one.full for one in tops), Decimal(0)))


def annual_trace(user: User, run: AnnualRun, code: str, indicator: str) -> AnnualTrace | None:
    """Give what is behind a unit's points on an indicator, with the figures that may be seen; None: there are none."""
    scheme = run.scheme.scheme
    found = next((one for one in scheme.indicators if one.code == indicator), None)
    result = run.units.select_related("unit").filter(unit__code=code).first()
    if found is None or result is None:
        return None
    leaves = AnnualLeaf.objects.filter(run=run, unit=result.unit_id, indicator=indicator).order_by("period", "part")
    if not leaves:
        return None
    rows = Figure.objects.visible_to(user).as_of(run.until).of_year(run.annual.year)
    figures = rows.filter(unit=result.unit_id, series=found.series_code)
    figures = figures.select_related("batch__by", "batch__unit", "supersedes", "unit").order_by("-period", "figure")
    names = {
        figure: field.name for (series, figure), field in run.scheme.form.fields.items() if series == found.series_code
    }
    return AnnualTrace(result, found, tuple(leaves), tuple(figures), names)
