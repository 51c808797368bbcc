"""Taking a published result along, sealed: who did is written down."""

from baton.assessment.actions.below.doors import require_office
from baton.assessment.choices import RunKind, RunState
from baton.assessment.models import Run
from baton.core.acting import Actor, acting
from baton.words import Problem, Refused


def published_run(*, by: Actor, run: int) -> Run:
    """Give an official run that is or was out, to whoever may take it along: the office.

    Raises `Refused` for any other: what is not published leaves the house for nobody.
    """
    require_office(by)
    rows = Run.objects.filter(pk=run, kind=RunKind.OFFICIAL, state=RunState.DONE, publications__isnull=False)
    found = rows.select_related("month__scheme", "scheme").distinct().first()
    if found is None:
        raise Refused([Problem("assessment.run_not_published")])
    return found


def note_taken_along(*, by: Actor, run: Run, digest: str) -> None:
    """Write down that a sealed result was handed out; `digest`: SHA-256 of the file."""
    require_office(by)
    with acting(by) as told:
        told.did("assessment.result_taken_along", run, month=run.month.period, result=run.digest, file=digest)
