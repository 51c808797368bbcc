"""A published result of a month sealed in the background, to be taken along: who did is written down."""

from baton.assessment.actions.below.doors import require_office
from baton.assessment.choices import RunKind, RunState
from baton.assessment.models import Run
from baton.core.acting import Actor, acting
from baton.core.files import Received, keep
from baton.core.jobs.asking import ask
from baton.core.models import Job, StoredFile
from baton.words import Problem, Refused

SEAL_MONTH = "office.job_seal"


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


def ask_for_month_seal(*, by: Actor, run: int) -> Job:
    """Ask for a published run as a sealed file, made again by the figures that counted then.

    Raises `Refused` for what is not published, and while the run is being sealed.
    """
    found = published_run(by=by, run=run)
    with acting(by) as told:
        if Job.objects.unfinished().filter(kind=SEAL_MONTH, about=str(found.pk)).exists():
            raise Refused([Problem("office.seal_under_way", {"period": found.month.period})])
        return ask(told, SEAL_MONTH, {"run": found.pk}, about=str(found.pk))


def keep_month_seal(*, by: Actor, run: Run, received: Received) -> StoredFile:
    """Keep a sealed run; who asked for it, and the digest of the file, are written down."""
    require_office(by)
    with acting(by) as told:
        period, digest = run.month.period, received.digest
        told.did("assessment.result_taken_along", run, month=period, result=run.digest, file=digest)
        return keep(told, received, owner=run)
