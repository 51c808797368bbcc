"""What a letter tells of a unit's year, read from the run that was made known; nothing but means is computed."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from baton.assessment.models import AnnualLeaf, AnnualPublication, AnnualResult, DecidedGrade
from baton.engine.scheme.model import Scheme

_MOST_LOST = 8
_YEAR = len("2025")


@dataclass(frozen=True, slots=True)
class Lost:
    """Points lost on an indicator: of what is scored once a year, or the mean of the months."""

    name: str
    monthly: bool
    got: Decimal
    full: Decimal


@dataclass(frozen=True, slots=True)
class Part:
    """A part right below the total: the unit's score, and the mean of its group."""

    name: str
    score: Decimal | None
    mean: Decimal | None


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """A unit's year for its letter. `grade` and `suggested` are names, empty in groups without grades."""

    year: int
    result: AnnualResult
    group: str
    of: int
    grade: str
    suggested: str
    reason: str
    parts: tuple[Part, ...]
    lost: tuple[Lost, ...]
    events: tuple[Mapping[str, str], ...]
    publication: AnnualPublication
    no_grade: bool


def facts_of(publication: AnnualPublication, results: Sequence[AnnualResult]) -> dict[str, LetterFacts]:
    """Give the facts of some units (by code) of what is made known; `results` are all of its run, units read with them.

    Where points were lost is asked for unit by unit (`lost_of`).
    """
    run = publication.decision.run
    scheme, names = run.scheme.scheme, _names(run.scheme.scheme)
    decided = {one.unit_id: one for one in DecidedGrade.objects.filter(decision=publication.decision_id)}
    means, counts = _means(results), Counter[str]()
    for one in results:
        counts[one.group] += one.rank is not None
    groups = {group.code: group for group in scheme.groups}
    found = {}
    for one in results:
        group, grade = groups[one.group], decided.get(one.unit_id)
        graded = group.graded and bool(scheme.grading.grades) and grade is not None
        found[one.unit.code] = LetterFacts(
            year=run.annual.year,
            result=one,
            group=group.name,
            of=counts[one.group],
            grade=names.get(grade.grade, "") if graded and grade is not None else "",
            suggested=names.get(grade.suggested, "") if graded and grade is not None else "",
            reason=grade.reason if graded and grade is not None else "",
            parts=tuple(
                Part(names.get(code, code), None if score is None else Decimal(score), means[one.group].get(code))
                for code, score in one.parts.items()
            ),
            lost=(),
            events=tuple({**event, "name": names.get(event["item"], event["item"])} for event in one.adjustments),
            publication=publication,
            no_grade=graded and grade is not None and not grade.grade,
        )
    return found


def _names(scheme: Scheme) -> dict[str, str]:
    found = {one.code: one.name for one in scheme.nodes} | {one.code: one.name for one in scheme.indicators}
    found |= {one.code: one.name for one in scheme.bonuses} | {one.code: one.name for one in scheme.deductions}
    found |= {one.code: one.name for one in scheme.vetoes}
    return found | {one.code: one.name for one in scheme.grading.grades}


def _means(results: Iterable[AnnualResult]) -> dict[str, dict[str, Decimal]]:
    scores: dict[tuple[str, str], list[Decimal]] = defaultdict(list)
    for one in results:
        for code, score in one.parts.items():
            if score is not None:
                scores[one.group, code].append(Decimal(score))
    found: dict[str, dict[str, Decimal]] = defaultdict(dict)
    for (group, code), several in scores.items():
        found[group][code] = sum(several, Decimal(0)) / len(several)
    return found


def lost_of(publication: AnnualPublication, unit: int) -> tuple[Lost, ...]:
    """Give where a unit lost most, shares of the full points first; months as their mean. One query."""
    run = publication.decision.run
    names = {one.code: one.name for one in run.scheme.scheme.indicators}
    rows = AnnualLeaf.objects.filter(run=run, unit=unit, points__isnull=False, full__gt=0)
    sums: dict[tuple[str, bool], list[tuple[str, Decimal, Decimal]]] = defaultdict(list)
    for code, period, points, full in rows.values_list("indicator", "period", "points", "full"):
        if points is not None:
            sums[code, len(period) > _YEAR].append((period, points, full))
    found = [_lost(names.get(code, code), monthly, several) for (code, monthly), several in sums.items()]
    worst = sorted((one for one in found if one.got < one.full), key=lambda one: (one.got / one.full, one.name))
    return tuple(worst[:_MOST_LOST])


def _lost(name: str, monthly: bool, leaves: Sequence[tuple[str, Decimal, Decimal]]) -> Lost:
    """Add up what an indicator's leaves gave, parts of a composite together, and of months take the mean."""
    periods = len({period for period, _, _ in leaves})
    got = sum((points for _, points, _ in leaves), Decimal(0))
    full = sum((full for _, _, full in leaves), Decimal(0))
    return Lost(name, monthly, got / periods, full / periods)
