"""The office calls for the targets of a year: which figures, of which units, up to which day."""

from collections import Counter
from collections.abc import Collection
from datetime import date

from django.db import IntegrityError, transaction

from baton.assessment.actions.below import places
from baton.assessment.actions.below.cells import current_figures
from baton.assessment.actions.below.doors import require_office
from baton.assessment.actions.below.once import once
from baton.assessment.actions.below.people import OF_UNIT, people_in
from baton.assessment.actions.targets.looking import LOOK
from baton.assessment.choices import Absent, TargetState, TargetStepKind
from baton.assessment.models import Duty, Figure, SchemeVersion, Target, TargetCall, TargetStep
from baton.assessment.queries.targets.judging import Key
from baton.assessment.queries.targets.lists import scheme_of_year
from baton.core import clock
from baton.core.acting import Actor, Told, acting
from baton.core.jobs.asking import ask
from baton.org.models import Unit
from baton.sheets.forms import annual_targets
from baton.words import Place, Problem, Refused


def call_for_targets(
    *, by: Actor, year: int, wanted: Collection[Key], closes: date, units: Collection[str] = (), key: str = ""
) -> TargetCall:
    """Call for the targets of a year. `wanted`: series and figure of each; `units`: codes (none named: all who carry).

    A target that stands already is not asked for again: it is taken over as fixed. A job looks at the year before and
    flags what of it is worth checking. Raises `Refused` with everything that stands against it: no scheme of the year,
    nothing chosen, a day that has passed, nothing left to call for.
    """
    require_office(by)
    version = scheme_of_year(year)
    known = {} if version is None else annual_targets(version.scheme)
    problems = _problems(year, version, wanted, known, closes)
    if problems or version is None:
        raise Refused(problems)
    with acting(by) as told:
        asked = (year, sorted(wanted), closes.isoformat(), sorted(units))
        once_ = once(by, "call_for_targets", key, *asked)
        if once_.before is not None:
            return TargetCall.objects.get(pk=once_.before["call"])
        call = TargetCall.objects.create(year=year, scheme=version, closes=closes, by=by.user, at=clock.now())
        rows = _written(call, _new(version, year, wanted, units))
        _take_over(by, rows)
        _tell(told, call, rows)
        ask(told, LOOK, {"call": call.pk}, about=str(year), by_itself=True)
        told.did("targets.did_call", call, year=year, count=len(rows), closes=closes.isoformat())
        once_.answer(call=call.pk)
    return call


def _written(call: TargetCall, new: Collection[Target]) -> list[Target]:
    """Write the targets of a call. Raises `Refused` for none, and where somebody called for one of them meanwhile."""
    for row in new:
        row.call = call
    try:
        with transaction.atomic():
            rows = Target.objects.bulk_create(new)
    except IntegrityError:
        rows = []
    if not rows:
        raise Refused([Problem("targets.nothing_to_call", {"year": call.year})])
    return rows


def _problems(
    year: int, version: SchemeVersion | None, wanted: Collection[Key], known: Collection[Key], closes: date
) -> list[Problem]:
    found = []
    if version is None:
        found.append(Problem("targets.no_scheme", {"year": year}, Place(field="year")))
    elif not wanted:
        found.append(Problem("targets.none_chosen", {}, Place(field="wanted")))
    else:
        strange = [f"{series}.{figure}" for series, figure in wanted if (series, figure) not in known]
        found += [Problem("targets.no_such_target", {"given": one}, Place(field="wanted")) for one in strange]
    if closes < clock.today():
        found.append(Problem("targets.day_is_past", {}, Place(field="closes")))
    return found


def _new(version: SchemeVersion, year: int, wanted: Collection[Key], units: Collection[str]) -> list[Target]:
    """Make the targets that are not called for yet, of units that still exist; nothing is written."""
    rows = {unit.code: unit for unit in Unit.objects.on(clock.today())}
    groups = {unit.code: unit.group or "" for unit in version.scheme.units}
    duties = {
        (one.series, one.unit_id): one
        for one in Duty.objects.filter(scheme=version, series__in={key[0] for key in wanted}).select_related("verifier")
    }
    there = set(Target.objects.filter(year=year).order_by().values_list("series", "figure_name", "unit"))
    made = []
    for (series, name), annual in annual_targets(version.scheme).items():
        if (series, name) not in wanted:
            continue
        for code in annual.field.units:
            unit, duty = rows.get(code), duties.get((series, rows[code].pk)) if code in rows else None
            if unit is None or duty is None or (units and code not in units) or (series, name, unit.pk) in there:
                continue
            made.append(
                Target(
                    year=year,
                    unit=unit,
                    series=series,
                    figure_name=name,
                    indicator=annual.field.indicator.code,
                    title=annual.title[:200],
                    measure=annual.field.unit[:64],
                    group=groups.get(code, ""),
                    department=duty.verifier,
                )
            )
    return made


def _take_over(by: Actor, rows: Collection[Target]) -> None:
    """Let targets that stand already be the fixed ones; what the house holds is asked of nobody."""
    keys = {(row.unit_id, row.series, row.figure_name, str(row.year)): row for row in rows}
    stands: list[tuple[Target, Figure]] = [
        (keys[key], figure)
        for key, figure in current_figures(keys).items()
        if figure.absent not in (Absent.WITHDRAWN, Absent.NONE)
    ]
    for row, figure in stands:
        row.state, row.figure = TargetState.FIXED.value, figure
    Target.objects.bulk_update([row for row, _ in stands], ["state", "figure"])
    kind, at = TargetStepKind.TAKEN_OVER.value, clock.now()
    TargetStep.objects.bulk_create(
        TargetStep(target=row, kind=kind, round=0, value=figure.value, by=by.user, at=at) for row, figure in stands
    )


def _tell(told: Told, call: TargetCall, rows: Collection[Target]) -> None:
    """Tell every unit once how many targets it is to propose, up to which day."""
    counts = Counter(row.unit_id for row in rows if row.state == TargetState.OPEN)
    for unit, count in counts.items():
        people, day = people_in([unit], *OF_UNIT), call.closes.isoformat()
        link = places.waiting_targets()
        told.tell(people, "targets.notice_called", link=link, year=call.year, count=count, day=day)
