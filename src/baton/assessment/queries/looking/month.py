"""Which months have a result that somebody may see, and which run of each is shown."""

from dataclasses import dataclass

from baton.assessment.choices import RunKind, RunState
from baton.assessment.models import Month, Publication, Run
from baton.core.models import User
from baton.engine.scheme.indicators import Indicator
from baton.engine.scheme.model import Scheme
from baton.sheets.forms import periods_due


@dataclass(frozen=True, slots=True)
class Shown:
    """A month as somebody sees it: the run, and the publication that put it out (None: not out yet, a trial)."""

    month: Month
    run: Run
    publication: Publication | None

    @property
    def scheme(self) -> Scheme:
        """The scheme of the run."""
        return self.run.scheme.scheme

    @property
    def periods(self) -> tuple[str, ...]:
        """What is reported for the month: its own period, the quarter it ends, in December the year."""
        return periods_due(self.month.period)

    @property
    def groups(self) -> dict[str, str]:
        """Names of the groups by code, in the scheme's order."""
        return {group.code: group.name for group in self.scheme.groups}

    @property
    def indicators(self) -> dict[str, Indicator]:
        """Indicators by code, in the scheme's order."""
        return {one.code: one for one in self.scheme.indicators}


def shown_months(user: User) -> list[str]:
    """Give the periods that have a result this person may see, newest first."""
    runs = Run.objects.visible_to(user).filter(state=RunState.DONE).exclude(kind=RunKind.PREVIEW)
    return sorted(set(runs.values_list("month__period", flat=True)), reverse=True)


def shown_month(user: User, period: str = "") -> Shown | None:
    """Give a month (the newest by default) with its published run, or else the newest official or trial run.

    None where there is nothing that this person may see.
    """
    runs = Run.objects.visible_to(user).filter(state=RunState.DONE).exclude(kind=RunKind.PREVIEW)
    runs = runs.select_related("month", "scheme")
    if period:
        runs = runs.filter(month__period=period)
    newest = runs.order_by("-month__period", "-pk").first()
    if newest is None:
        return None
    out = (
        Publication.objects.visible_to(user)
        .filter(month=newest.month, withdrawn_at__isnull=True)
        .select_related("run__scheme", "run__month")
        .first()
    )
    return Shown(newest.month, newest, None) if out is None else Shown(out.run.month, out.run, out)
