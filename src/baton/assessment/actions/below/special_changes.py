"""The change between two runs of a special assessment asked for, inside an action."""

from baton.assessment.models import SpecialRun
from baton.core.acting import Told
from baton.core.jobs.asking import ask
from baton.core.models import Job

JOB = "plans.job_change"


def ask_for_change_of(told: Told, first: SpecialRun, second: SpecialRun, by_itself: bool = False) -> Job:
    """Ask for it; while it is being worked out already, that job comes back."""
    wanted = {"first": first.pk, "second": second.pk}
    under_way = next((job for job in Job.objects.unfinished().filter(kind=JOB) if job.params == wanted), None)
    about = second.special.item.title[:200]
    return under_way or ask(told, JOB, wanted, about=about, by_itself=by_itself)
