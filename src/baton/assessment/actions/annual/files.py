"""What is made of a year in the background and kept as a file: letters to all units, the run as a sealed file."""

from baton.assessment.actions.annual.year import annual_of
from baton.assessment.actions.below.doors import require_office
from baton.assessment.choices import RunKind, RunState
from baton.assessment.models import AnnualPublication, AnnualRun
from baton.core.acting import Actor, acting
from baton.core.files import Received, keep
from baton.core.jobs.asking import ask
from baton.core.models import Job, StoredFile
from baton.words import Problem, Refused

LETTERS, SEAL = "annual.job_letters", "annual.job_seal"


def ask_for_letters(*, by: Actor, year: int, authority: str, number: str, on: str) -> Job:
    """Ask for the letters of results to all units of what is made known of a year, each as Word.

    `on`: the day in them, as text. Raises `Refused` where nothing is made known, and while they are being written.
    """
    require_office(by)
    row = AnnualPublication.objects.in_force().filter(annual=annual_of(year)).first()
    if row is None:
        raise Refused([Problem("annual.nothing_made_known", {"year": year})])
    with acting(by) as told:
        if Job.objects.unfinished().filter(kind=LETTERS, about=str(year)).exists():
            raise Refused([Problem("annual.letters_under_way", {"year": year})])
        given = {"publication": row.pk, "authority": authority[:100], "number": number[:100], "on": on}
        job = ask(told, LETTERS, given, about=str(year))
        told.did("annual.letters_asked", job, year=year, issue=row.issue)
    return job


def keep_letters(*, by: Actor, publication: int, received: Received) -> StoredFile:
    """Keep the letters that were written with the publication that they are about."""
    require_office(by)
    with acting(by) as told:
        row = AnnualPublication.objects.get(pk=publication)
        return keep(told, received, owner=row)


def known_run(*, by: Actor, run: int) -> AnnualRun:
    """Give an official run that is or was made known, to whoever may take it along: the office.

    Raises `Refused` for any other: what was not made known leaves the house for nobody.
    """
    require_office(by)
    rows = AnnualRun.objects.filter(pk=run, kind=RunKind.OFFICIAL, state=RunState.DONE)
    found = rows.filter(decisions__publications__isnull=False).select_related("annual__scheme", "scheme").first()
    if found is None:
        raise Refused([Problem("assessment.run_not_published")])
    return found


def ask_for_seal(*, by: Actor, run: int) -> Job:
    """Ask for a run as a sealed file, made again from the figures and events that counted then. Raises `Refused`."""
    found = known_run(by=by, run=run)
    with acting(by) as told:
        if Job.objects.unfinished().filter(kind=SEAL, about=str(found.annual.year)).exists():
            raise Refused([Problem("annual.seal_under_way", {"year": found.annual.year})])
        return ask(told, SEAL, {"run": found.pk}, about=str(found.annual.year))


def keep_seal(*, by: Actor, run: AnnualRun, received: Received) -> StoredFile:
    """Keep a sealed run; who asked for it, and the digest of the file, are written down."""
    require_office(by)
    with acting(by) as told:
        told.did("annual.taken_along", run, year=run.annual.year, result=run.digest, file=received.digest)
        return keep(told, received, owner=run)
