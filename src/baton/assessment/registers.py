"""What this app brings to the platform: who may read its files, its jobs, what the clock asks for, what is found."""

from datetime import time
from zoneinfo import ZoneInfo

from django.conf import settings

from baton.assessment.actions.annual.why import change_in_background
from baton.assessment.actions.annual.year import JOB as ANNUAL
from baton.assessment.actions.annual.year import annual_in_background
from baton.assessment.actions.asking_scores import JOB, score_in_background
from baton.assessment.actions.below.anew import JOB as ANEW
from baton.assessment.actions.below.special_changes import JOB as SPECIAL_CHANGE
from baton.assessment.actions.checks import sign_for_the_silent
from baton.assessment.actions.objections import remind_of_objections
from baton.assessment.actions.scores import rescore_changed
from baton.assessment.actions.special_changes import change_in_background as special_in_background
from baton.assessment.actions.targets.looking import LOOK, look_in_background
from baton.assessment.actions.tasks import track_overdue
from baton.assessment.actions.tracking import follow_up, remind
from baton.assessment.choices import MonthState
from baton.assessment.findable import DRAFTS, PLAN_ITEMS, SPECIALS, TARGETS, VERSIONS
from baton.assessment.models import (
    AnnualPublication,
    AnnualRun,
    Batch,
    Contest,
    Correction,
    LedgerEntry,
    Month,
    Objection,
    Run,
    SchemeVersion,
    SpecialRun,
    Submission,
    Tally,
)
from baton.assessment.models.sight import sight_of
from baton.assessment.queries.annual.why import WHY
from baton.assessment.queries.special_reports import verifies_batch
from baton.core.jobs.kinds import register_job
from baton.core.jobs.ticking import Recurring, register_recurring
from baton.core.jobs.work import Work
from baton.core.models import User
from baton.core.readers import register_reader
from baton.core.rules.schedule import Daily
from baton.core.search.kinds import register_searchable

_HERE = ZoneInfo(settings.TIME_ZONE)


def _reads_contest(user: User, number: str) -> bool:
    """Evidence is for the unit, for whoever reports or verifies the figure, and for the office."""
    return number.isdigit() and Contest.objects.visible_to(user).filter(pk=int(number)).exists()


def _reads_sealed(user: User, number: str) -> bool:
    """Letters to all units, and sealed runs, are the office's; each unit gets its own letter on its page."""
    return sight_of(user).office


def _reads_entry(user: User, number: str) -> bool:
    """What shows that a bonus is due is for the unit, for the department that knows, and for the office."""
    return number.isdigit() and LedgerEntry.objects.visible_to(user).filter(pk=int(number)).exists()


def _reads_correction(user: User, number: str) -> bool:
    """What shows that a figure is wrong is for whoever may see the correction."""
    return number.isdigit() and Correction.objects.visible_to(user).filter(pk=int(number)).exists()


def _reads_objection(user: User, number: str) -> bool:
    """Evidence of an objection is for whoever may see the objection."""
    return number.isdigit() and Objection.objects.visible_to(user).filter(pk=int(number)).exists()


def _reads_tally(user: User, number: str) -> bool:
    """Workbooks of counted sheets are for listed readers."""
    return number.isdigit() and Tally.objects.visible_to(user).filter(pk=int(number)).exists()


def _reads_templates(user: User, number: str) -> bool:
    """Templates of bulletins are the office's; readers of the whole county may look."""
    return sight_of(user).everything


def _sign_for_the_silent(work: Work) -> None:
    periods = Month.objects.exclude(state=MonthState.PUBLISHED).order_by("period").values_list("period", flat=True)
    for period in work.each(list(periods)):
        sign_for_the_silent(period=period)


def _score_anew(work: Work) -> None:
    """Score what changed; another job may have done it already, and then there is nothing to do."""
    rescore_changed()


def _follow(work: Work) -> None:
    """Open and close items by the newest result and by the days of tasks, then remind; again, it changes nothing."""
    newest = Month.objects.filter(state=MonthState.PUBLISHED).order_by("-period").first()
    if newest is not None:
        follow_up(period=newest.period)
    track_overdue()
    remind()
    remind_of_objections()


def _reads_report(user: User, number: str) -> bool:
    """Signed forms and evidence of a unit's own report are for its desks, for who verifies it, and for the office."""
    return number.isdigit() and Submission.objects.visible_to(user).filter(pk=int(number)).exists()


def _reads_batch(user: User, number: str) -> bool:
    """A workbook holds figures about many units: it is for who reported, for the office, and for county readers.

    What came for a special assessment is also for the department that verifies it.
    """
    if not number.isdigit():
        return False
    return Batch.objects.visible_to(user).filter(pk=int(number)).exists() or verifies_batch(user, int(number))


register_reader(AnnualPublication._meta.label_lower, _reads_sealed)
register_reader(AnnualRun._meta.label_lower, _reads_sealed)
register_reader(Batch._meta.label_lower, _reads_batch)
register_reader(Contest._meta.label_lower, _reads_contest)
register_reader(Correction._meta.label_lower, _reads_correction)
register_reader(LedgerEntry._meta.label_lower, _reads_entry)
register_reader(Objection._meta.label_lower, _reads_objection)
register_reader(Run._meta.label_lower, _reads_sealed)
register_reader(SchemeVersion._meta.label_lower, _reads_templates)
register_reader(Tally._meta.label_lower, _reads_tally)
register_reader(SpecialRun._meta.label_lower, _reads_sealed)
register_reader(Submission._meta.label_lower, _reads_report)
register_searchable(PLAN_ITEMS)
register_searchable(SPECIALS)
register_job(JOB, score_in_background)
register_job(ANNUAL, annual_in_background)
register_job(WHY, change_in_background)
register_job(ANEW, _score_anew)
register_job(LOOK, look_in_background)
register_job(SPECIAL_CHANGE, special_in_background)
register_job("office.job_silence", _sign_for_the_silent)
register_recurring(Recurring("office.job_silence", Daily(time(0, 10), _HERE)))
register_job("assessment.job_follow", _follow)
register_recurring(Recurring("assessment.job_follow", Daily(time(7, 30), _HERE)))
register_searchable(DRAFTS)
register_searchable(VERSIONS)
register_searchable(TARGETS)
