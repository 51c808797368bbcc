"""Taking the result of a special assessment along, sealed: made in the background, kept with its run, written down."""

from baton.assessment.actions.below.doors import require_office
from baton.assessment.models import SpecialRun
from baton.core.acting import Actor, acting
from baton.core.files import Received, keep
from baton.core.jobs.asking import ask
from baton.core.models import Job, StoredFile
from baton.words import Problem, Refused

SEAL = "plans.job_seal"


def published_special_run(*, by: Actor, run: int) -> SpecialRun:
    """Give a run that is or was out, to whoever may take it along: the office.

    Raises `Refused` for any other: what was not published leaves the house for nobody.
    """
    require_office(by)
    rows = SpecialRun.objects.filter(pk=run, published_at__isnull=False)
    found = rows.select_related("special__item", "special__version").first()
    if found is None:
        raise Refused([Problem("assessment.run_not_published")])
    return found


def ask_for_special_seal(*, by: Actor, run: int) -> Job:
    """Ask for a published run as a sealed file, made again from the figures that counted then. Raises `Refused`."""
    found = published_special_run(by=by, run=run)
    about = found.special.item.title[:200]
    with acting(by) as told:
        if any(job.params.get("run") == run for job in Job.objects.unfinished().filter(kind=SEAL)):
            raise Refused([Problem("plans.seal_under_way", {"title": about})])
        return ask(told, SEAL, {"run": run}, about=about)


def keep_special_seal(*, by: Actor, run: SpecialRun, received: Received) -> StoredFile:
    """Keep a sealed run; who asked for it, and the digest of the file, are written down."""
    require_office(by)
    with acting(by) as told:
        said = {"document": run.document, "result": run.digest, "file": received.digest}
        told.did("plans.special_taken_along", run.special, **said)
        return keep(told, received, owner=run)
