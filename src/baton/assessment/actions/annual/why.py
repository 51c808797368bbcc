"""Working out why totals differ between two annual runs: asked for by who sees both, done once in the background."""

from collections.abc import Callable

from baton.assessment.actions.below.running import kept
from baton.assessment.models import AnnualChange, AnnualRun, AnnualUnitChange
from baton.assessment.queries.annual.scored import annual_again
from baton.assessment.queries.annual.why import WHY, annual_editions, run_before, under_way, year_before
from baton.core import clock
from baton.core.acting import Actor, Told, acting
from baton.core.jobs.asking import ask
from baton.core.jobs.work import Work
from baton.core.models import Job
from baton.engine.compare import Attribution, Case, attribute
from baton.engine.compare.attribution import PieceParts
from baton.org.models import Unit
from baton.words import Problem, Refused

type Tell = Callable[[int, int], None]


def ask_for_change(*, by: Actor, first: int, second: int) -> Job | None:
    """Ask why totals differ between two runs (numbers); None where that is known already.

    Raises `Refused` for runs that `by` may not see, for the same run twice, and while it is being worked out.
    """
    known = {one.run.pk: one.run for one in annual_editions(by.user)} if by.user else {}
    if first not in known or second not in known:
        raise Refused([Problem("annual.why_not_seen")])
    if first == second:
        raise Refused([Problem("annual.why_same")])
    with acting(by) as told:
        if AnnualChange.objects.filter(before=first, after=second).exists():
            return None
        if under_way(first, second):
            raise Refused([Problem("annual.why_under_way")])
        job = _ask(told, known[first], known[second], by_itself=False)
        told.did("annual.why_asked", job, first=first, second=second)
    return job


def ask_by_itself(told: Told, run: AnnualRun, *others: AnnualRun | None) -> None:
    """Have a new result explained against those that people will hold it against, without being asked."""
    for other in {one.pk: one for one in (*others, run_before(run), year_before(run)) if one is not None}.values():
        known = AnnualChange.objects.filter(before=other, after=run).exists()
        if other.pk != run.pk and not known and not under_way(other.pk, run.pk):
            _ask(told, other, run, by_itself=True)


def _ask(told: Told, first: AnnualRun, second: AnnualRun, *, by_itself: bool) -> Job:
    params = {"first": first.pk, "second": second.pk}
    return ask(told, WHY, params, about=str(second.annual.year), by_itself=by_itself)


def change_in_background(work: Work) -> None:
    """Work a change out, as the job that was asked for. Raises `Refused` where a run cannot be made again."""
    runs = AnnualRun.objects.select_related("annual", "scheme").in_bulk([work.params["first"], work.params["second"]])
    first, second = (runs[int(work.params[side])] for side in ("first", "second"))
    explain_change(by=work.actor, first=first, second=second, tell=work.tell)
    work.link = f"/years/{second.annual.year}/why?first=r{first.pk}&second=r{second.pk}"


def explain_change(*, by: Actor, first: AnnualRun, second: AnnualRun, tell: Tell) -> AnnualChange:
    """Take the change of every unit's total apart and keep it; what is kept already is given as it is.

    Both runs are made again from the figures and events that counted then; `tell` may raise to cancel, and then nothing
    is kept.
    """
    before = AnnualChange.objects.filter(before=first, after=second).first()
    if before is not None:
        return before
    tell(0, 1)
    found = attribute(_case(first), _case(second), tell)
    with acting(by) as told:
        row, is_new = AnnualChange.objects.get_or_create(
            before=first,
            after=second,
            defaults={
                "steps": [[factor.value for factor in step] for step in found.steps],
                "problems": kept(found.joined_because),
                "left_out": list(found.left_out),
                "at": clock.now(),
            },
        )
        if is_new:
            AnnualUnitChange.objects.bulk_create(_rows(row, found))
            told.did("annual.why_explained", row, first=first.pk, second=second.pk, units=len(found.units))
    return row


def _case(run: AnnualRun) -> Case:
    again = annual_again(run)
    return Case(again.scheme, again.panel, run.annual.year)


def _rows(change: AnnualChange, found: Attribution) -> list[AnnualUnitChange]:
    units = dict(Unit.objects.filter(code__in=[one.unit for one in found.units]).values_list("code", "pk"))
    return [
        AnnualUnitChange(
            change=change,
            unit_id=units[one.unit],
            before=f"{one.before:f}",
            after=f"{one.after:f}",
            parts=[f"{part:f}" for part in one.parts] or ["0"] * len(found.steps),
            pieces=[_piece(piece) for piece in one.pieces],
        )
        for one in found.units
    ]


def _piece(one: PieceParts) -> dict[str, object]:
    return {
        "kind": one.kind,
        "code": one.code,
        "name": one.name,
        "before": f"{one.before:f}",
        "after": f"{one.after:f}",
        "parts": [f"{part:f}" for part in one.parts],
    }
