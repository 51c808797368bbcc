"""Opening the assessment of a year, and scoring it; every run is kept beside the ones before."""

from collections.abc import Callable

from baton.assessment.actions.annual.why import ask_by_itself
from baton.assessment.actions.below import anew_year
from baton.assessment.actions.below.annual_rows import write_year
from baton.assessment.actions.below.doors import require_office
from baton.assessment.actions.below.once import once
from baton.assessment.actions.below.running import kept
from baton.assessment.choices import RunKind, RunState
from baton.assessment.models import AnnualAssessment, AnnualRun, SchemeVersion
from baton.assessment.queries.annual.scored import events_of, how_sure, score_year
from baton.assessment.queries.monthly import newest_figure
from baton.assessment.rules.month_scheme import last_of
from baton.core import clock
from baton.core.acting import Actor, Told, acting
from baton.core.jobs.asking import ask
from baton.core.jobs.work import Work
from baton.core.models import Job
from baton.words import Place, Problem, Refused

JOB = anew_year.JOB
_STEPS = 100
"""In how many steps the progress of a run is told."""
type Tell = Callable[[int, int], None]


def _silent(done: int, of: int) -> None:
    """Take progress and say nothing."""


def open_annual(*, by: Actor, year: int) -> AnnualAssessment:
    """Open the assessment of a year, by the scheme in force at its end; one that is open already is given as it is.

    Raises `Refused` without such a scheme, and for a year that has not begun.
    """
    require_office(by)
    place = Place(field="year")
    if year > clock.today().year:
        raise Refused([Problem("annual.year_to_come", {"year": year}, place)])
    scheme = SchemeVersion.objects.on(last_of(f"{year}-12")).first()
    if scheme is None:
        raise Refused([Problem("annual.no_scheme", {"year": year}, place)])
    with acting(by) as told:
        row, is_new = AnnualAssessment.objects.get_or_create(
            year=year, defaults={"scheme": scheme, "opened_by": by.user, "opened_at": clock.now()}
        )
        if is_new:
            told.did("annual.opened", row, year=year, scheme=scheme.digest)
    return row


def annual_of(year: int, lock: bool = False) -> AnnualAssessment:
    """Give the assessment of a year. `lock`: for what changes how far it is. Raises `Refused` where it is not open."""
    rows = AnnualAssessment.objects.select_related("scheme")
    rows = rows.select_for_update(of=("self",), no_key=True) if lock else rows
    found = rows.filter(year=year).first()
    if found is None:
        raise Refused([Problem("annual.not_opened", {"year": year})])
    return found


def ask_for_annual(*, by: Actor, year: int, kind: RunKind) -> Job:
    """Ask for a trial or official run in the background. Raises `Refused` while one of the year is under way."""
    require_office(by)
    annual_of(year)
    with acting(by) as told:
        if Job.objects.unfinished().filter(kind=JOB, about=str(year)).exists():
            raise Refused([Problem("annual.under_way", {"year": year})])
        job = ask(told, JOB, {"year": year, "kind": kind.value}, about=str(year))
        told.did("annual.score_asked", job, year=year, kind=kind.value)
    return job


def annual_in_background(work: Work) -> None:
    """Score a year, as the job that was asked for; an attempt that was cut off is made again, and gives one run.

    What it changed against the results before it is then worked out by itself.
    """
    year, kind = int(work.params["year"]), RunKind(work.params["kind"])
    reason = str(work.params.get("reason", ""))
    run = run_annual(by=work.actor, year=year, kind=kind, reason=reason, key=f"job {work.number}", tell=work.tell)
    work.link = f"/years/{year}/runs/{run.pk}"
    if run.state == RunState.DONE:
        with acting(work.actor) as told:
            ask_by_itself(told, run)


def run_annual(
    *, by: Actor, year: int, kind: RunKind = RunKind.TRIAL, reason: str = "", key: str = "", tell: Tell = _silent
) -> AnnualRun:
    """Score a year by the figures and the decided events that stand now. One that was refused is kept with the reasons.

    `tell` is told how far it is, in hundredths, and may raise to cancel: then nothing is kept.
    """
    require_office(by)
    tell(0, _STEPS)
    with acting(by) as told:
        call = once(by, "run_annual", key, year, kind)
        if call.before is not None:
            return AnnualRun.objects.get(pk=call.before["run"])
        run = _run(told, by, annual_of(year), kind, reason, tell)
        call.answer(run=run.pk)
    tell(_STEPS, _STEPS)
    return run


def _run(told: Told, by: Actor, annual: AnnualAssessment, kind: RunKind, reason: str, tell: Tell) -> AnnualRun:
    run = AnnualRun(
        annual=annual, kind=kind.value, scheme=annual.scheme, reason=reason[:400], by=by.user, begun_at=clock.now()
    )
    try:
        scored = score_year(annual)
    except Refused as refused:
        run.state, run.problems = RunState.REFUSED.value, kept(refused.problems)
        run.until, run.events, run.ended_at = newest_figure(), events_of(annual), clock.now()
        run.save()
    else:
        sheet = scored.sheet
        run.state, run.scheme_digest = RunState.DONE.value, sheet.scheme_digest
        run.data_digest, run.digest, run.engine_version = sheet.data_digest, sheet.digest, sheet.engine_version
        run.until, run.events = scored.until, list(scored.events)
        run.figures, run.preliminary, run.ended_at = scored.figures.height, scored.preliminary, clock.now()
        # Before the first row is written: whoever cancels then has nothing to take back, and nobody waits for a lock.
        sure = how_sure(sheet)
        tell(_STEPS // 2, _STEPS)
        run.save()
        write_year(run, scored, sure)
    told.did("annual.scored_by", run, year=annual.year, kind=run.kind, state=run.state, digest=run.digest)
    return run
