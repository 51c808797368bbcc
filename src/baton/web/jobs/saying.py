"""A job in the language of the page."""

from dataclasses import dataclass
from datetime import datetime

from baton.core.choices import JobState
from baton.core.models import Job
from baton.web.templatetags.words import page_language
from baton.words import Problem, render, text

_STATES = {
    JobState.WAITING: ("services.job_waiting", "tag-plain"),
    JobState.RUNNING: ("services.job_running", "tag-warn"),
    JobState.DONE: ("services.job_done", "tag-good"),
    JobState.FAILED: ("services.job_failed", "tag-bad"),
    JobState.CANCELLED: ("services.job_was_cancelled", "tag-plain"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """A job as the page shows it. `left` is empty where nothing can be said of the time left."""

    job: Job
    name: str
    state: str
    tag: str
    left: str
    problem: str
    mend: str
    stops: bool
    retries: bool


def said(job: Job, now: datetime) -> Said:
    """Say a job."""
    state = JobState(job.state)
    code, tag = _STATES[state]
    if state is JobState.RUNNING and job.cancel_asked:
        code = "services.job_stopping"
    what, mend = _problem(job)
    return Said(
        job=job,
        name=text(job.kind, page_language()),
        state=text(code, page_language()),
        tag=tag,
        left=_left(job, now) if state is JobState.RUNNING else "",
        problem=what,
        mend=mend,
        stops=state is JobState.WAITING or (state is JobState.RUNNING and not job.cancel_asked),
        retries=state in (JobState.FAILED, JobState.CANCELLED),
    )


def _left(job: Job, now: datetime) -> str:
    """Guess the time left from the pace so far."""
    if not job.done or not job.total or job.started_at is None or now <= job.started_at:
        return ""
    seconds = (now - job.started_at).total_seconds() * (job.total - job.done) / job.done
    if seconds < 60:
        return text("services.job_left_little", page_language())
    return text("services.job_left", page_language(), minutes=int(seconds // 60) + 1)


def _problem(job: Job) -> tuple[str, str]:
    if not job.problem:
        return "", ""
    try:
        sentence = render(Problem(job.problem["code"], job.problem["params"]), page_language())
    except KeyError:
        return str(job.problem.get("code", "")), ""
    return sentence.what, sentence.mend
