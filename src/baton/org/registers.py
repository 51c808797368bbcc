"""What the app registers: accounts whose last day is over are closed every night; units and people can be found."""

from datetime import time
from zoneinfo import ZoneInfo

from django.conf import settings

from baton.core.jobs.kinds import register_job
from baton.core.jobs.ticking import Recurring, register_recurring
from baton.core.jobs.work import Work
from baton.core.rules.schedule import Daily
from baton.core.search.kinds import register_searchable
from baton.org.actions.accounts import close_due_accounts
from baton.org.findable import PEOPLE, UNITS


def _close(work: Work) -> None:
    close_due_accounts()


register_job("org.job_close_accounts", _close)
register_recurring(Recurring("org.job_close_accounts", Daily(time(0, 5), ZoneInfo(settings.TIME_ZONE))))
register_searchable(UNITS)
register_searchable(PEOPLE)
