"""Scoring that is under way, as the board shows it."""

from django.http import HttpRequest

from baton.assessment.actions.asking_scores import JOB
from baton.core import clock
from baton.core.queries.jobs import jobs_of
from baton.web.asking import user_of
from baton.web.jobs.saying import Said, said


def under_way(request: HttpRequest, period: str) -> list[Said]:
    """Give the scoring of a month that this person asked for and that has not ended."""
    rows = jobs_of(user_of(request)).filter(kind=JOB, about=period).unfinished()  # type: ignore[attr-defined]
    return [said(job, clock.now()) for job in rows]
