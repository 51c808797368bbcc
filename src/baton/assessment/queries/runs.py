"""Which run of a month is the newest, and whether figures have changed since."""

from baton.assessment.choices import RunKind, RunState
from baton.assessment.models import Batch, Figure, Month, Run
from baton.assessment.rules.month_scheme import month_scheme, periods_read

_KINDS = (RunKind.TRIAL, RunKind.OFFICIAL)


def newest_run(month: Month) -> Run | None:
    """Give the newest run of a month that gave a result; previews are none."""
    rows = Run.objects.filter(month=month, kind__in=_KINDS, state=RunState.DONE)
    return rows.select_related("month__scheme").first()


def changed_since(run: Run) -> bool:
    """Whether a figure that the run reads was entered, corrected or taken back since.

    A batch that was being written while the run read may have any of them: then the run is taken to have changed.
    """
    if Batch.objects.filter(pk__lte=run.newest_batch).count() > run.batches:
        return True
    rows = Figure.objects.filter(period__in=periods_read(run.month.period), pk__gt=run.until)
    if not rows.exists():
        return False
    scheme = month_scheme(run.month.scheme.scheme, run.month.period)
    return rows.filter(series__in={one.series_code for one in scheme.indicators}).exists()


def wants_scoring(month: Month) -> Run | None:
    """Give the newest result of a month where it no longer says how it is; None where it does, or was tried already.

    What was refused by the figures that stand is not tried again before they change.
    """
    newest = newest_run(month)
    if newest is None or not changed_since(newest):
        return None
    tried = Run.objects.filter(month=month, kind__in=_KINDS).exclude(state=RunState.RUNNING)
    last = tried.select_related("month__scheme").first()
    return newest if last is None or changed_since(last) else None


def stale_months() -> list[str]:
    """Give the months that are to be scored anew, oldest first."""
    months = Month.objects.select_related("scheme").order_by("period")
    return [month.period for month in months if wants_scoring(month) is not None]
