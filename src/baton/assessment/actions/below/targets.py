"""What all actions on yearly targets share: who speaks for whom, steps, flags of a number, the target as a figure."""

from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import Any

from baton.assessment.actions.below.anew import ask_anew
from baton.assessment.actions.below.cells import Wish, current_figures
from baton.assessment.actions.below.doors import OFFICE, is_office
from baton.assessment.actions.below.figures import new_batch, write_wishes
from baton.assessment.actions.below.people import county_people, people_in
from baton.assessment.choices import ABOUT_FLAGS, BatchKind, Stretched, TargetState, TargetStepKind
from baton.assessment.models import Figure, Target, TargetFlag, TargetStep
from baton.assessment.queries.targets.judging import judging_of
from baton.assessment.queries.targets.lists import DEPARTMENT
from baton.assessment.rules.expected import Cell
from baton.assessment.rules.figures import Read, read_typed
from baton.assessment.rules.targets import farther_out, worth_checking
from baton.core import clock
from baton.core.acting import Actor, Told
from baton.core.models import User
from baton.engine.integrity.asked import Asked
from baton.org.choices import Role
from baton.org.models import Unit
from baton.org.queries import may
from baton.sheets.forms import Field, annual_targets
from baton.words import Place, Problem, Refused

_EVIDENCE = ("target", "last", "expected", "low", "high", "chance")


def locked(numbers: Iterable[int]) -> list[Target]:
    """Give targets, held until the action is done. Raises `Refused` where one is not there."""
    wanted = sorted(set(numbers))
    rows = Target.objects.select_related("call__scheme", "unit", "department", "figure")
    found = list(rows.select_for_update(of=("self",), no_key=True).filter(pk__in=wanted).order_by("pk"))
    if len(found) != len(wanted) or not found:
        raise Refused([Problem("targets.unknown")])
    return found


def require_unit(by: Actor, row: Target, *roles: Role) -> str:
    """Let only those pass who speak for the unit, or the office on its behalf; gives for whom the office speaks."""
    if by.user is not None and may(by.user, *roles, unit=row.unit):
        return ""
    if is_office(by):
        return "" if by.user is None else row.unit.name
    raise Refused([Problem("targets.unit_says", {"unit": row.unit.name})])


def require_department(by: Actor, row: Target) -> Unit | None:
    """Let only those pass who answer for the lead department, or the office; gives who speaks (None: the office)."""
    if row.department is not None and by.user is not None and may(by.user, *DEPARTMENT, unit=row.department):
        return row.department
    if is_office(by):
        return None
    raise Refused([Problem("targets.department_says", {"unit": row.department.name if row.department else "—"})])


def require_state(row: Target, *states: TargetState) -> None:
    """Refuse what it is no time for. Raises `Refused`."""
    if row.state not in states:
        raise Refused([Problem("targets.not_now", {"unit": row.unit.name, "title": row.title}, _place(row))])


def require_seen(row: Target, seen: int | None) -> None:
    """Refuse where another number came onto the table; `seen`: number of the last step about one (None: any)."""
    last = row.steps.exclude(kind__in=ABOUT_FLAGS).order_by("-pk").values_list("pk", flat=True).first() or 0
    if seen is not None and seen != last:
        raise Refused([Problem("targets.moved_on", {"value": row.table or "—"})])


def named(row: Target, **more: Any) -> dict[str, Any]:
    """Give what notices name a target by, with `more`."""
    return {"unit": row.unit.name, "title": row.title, **more}


def _place(row: Target) -> Place:
    return Place(sheet=row.unit.name, column=row.title)


def field_of(row: Target) -> Field:
    """Give the field of the scheme that a target fills."""
    return annual_targets(row.call.scheme.scheme)[row.series, row.figure_name].field


def number_in(typed: str, field: Field, name: str = "typed") -> str | Problem:
    """Read a target as it was typed, with all the ways in which offices write numbers; as it is kept."""
    place = Place(field=name)
    read = read_typed(typed, field, place)
    if isinstance(read, Problem):
        return Problem(read.code, read.params, place)
    return read.text if read.value is not None else Problem("targets.number_lacking", {}, place)


def read_number(typed: str, field: Field, reason: str) -> str:
    """Read a number that is given with a reason. Raises `Refused` with everything that stands against it."""
    found = number_in(typed, field)
    lacking = [] if reason.strip() else [Problem("targets.reason_lacking", {}, Place(field="reason"))]
    if isinstance(found, Problem) or lacking:
        raise Refused([*([found] if isinstance(found, Problem) else []), *lacking])
    return found


def step(row: Target, by: Actor, kind: TargetStepKind, of: Unit | None, **said: Any) -> TargetStep:
    """Write down what somebody did with a target; `said`: value, reason, document, behalf_of."""
    said = {**said, "reason": str(said.get("reason", "")).strip()[:400]}
    return TargetStep.objects.create(
        target=row, kind=kind.value, round=row.round, of=of, by=by.user, at=clock.now(), **said
    )


def weigh(rows: Collection[Target]) -> None:
    """Hold the numbers on the table against the years before: raise what is worth checking, clear what is not any more.

    An answer that was given stays where the new number is no farther out than the one it was given for.
    """
    for call, series, name in {(row.call_id, row.series, row.figure_name) for row in rows}:
        same = [row for row in rows if (row.call_id, row.series, row.figure_name) == (call, series, name)]
        others = Target.objects.filter(year=same[0].year, series=series, figure_name=name)
        known = others.exclude(pk__in=[row.pk for row in same]).select_related("unit", "figure")
        offers = {row.unit.code: row.table for row in (*known, *same)}
        judged = judging_of(same[0].call.scheme, (series, name), same[0].year, offers)
        for row in same:
            asked = judged.asked.get(row.unit.code)
            _flag(row, asked, judged.higher)


def _flag(row: Target, asked: Asked | None, higher: bool) -> None:
    found = None if asked is None else worth_checking(asked)
    for flag in row.flags.standing().filter(kind__in=[kind.value for kind in Stretched]):
        same = found is not None and flag.kind == found[0]
        if asked and same and not farther_out(Stretched(flag.kind), flag.evidence["target"], asked.target, higher):
            return
        flag.cleared_at = clock.now()
        flag.save(update_fields=["cleared_at"])
    if asked is not None and found is not None:
        evidence = {name: float(getattr(asked, name)) for name in _EVIDENCE}
        kind, strength, at = found[0].value, found[1], clock.now()
        TargetFlag.objects.create(target=row, kind=kind, strength=strength, evidence=evidence, raised_at=at)


def write_target(told: Told, by: Actor, row: Target, value: str, reason: str) -> Figure:
    """Write a target down as the figure that scoring reads, beside what it replaces; inside an action."""
    field = field_of(row)
    cell = Cell(row.unit.code, row.series, row.figure_name, str(row.year))
    wish = Wish(cell, Read(Decimal(value)), field, row.unit, reason=reason[:400])
    batch = new_batch(by, BatchKind.TARGET, None, row.unit, reason=reason)
    (made,) = write_wishes(batch, [wish], current_figures([wish.key]))
    ask_anew(told, batch, {cell.period})
    return made


def people_of_department(row: Target) -> list[User]:
    """Give who answers a proposal: the department's people, the office where nobody leads or nobody is there."""
    return people_in([row.department], *DEPARTMENT) or county_people(*OFFICE)
