"""Which run of a month is the newest, and whether figures have changed since."""

from collections.abc import Iterable, Mapping

from django.db import connection

from baton.assessment.choices import RunKind, RunState
from baton.assessment.models import Batch, Figure, Month, Run
from baton.assessment.rules.month_scheme import month_scheme, periods_read

_KINDS = (RunKind.TRIAL, RunKind.OFFICIAL)


def newest_run(month: Month) -> Run | None:
    """Give the newest run of a month that gave a result; previews are none."""
    rows = Run.objects.filter(month=month, kind__in=_KINDS, state=RunState.DONE)
    return rows.select_related("month__scheme").first()


def newest_figures(periods: Iterable[str]) -> dict[str, int]:
    """Give the number of the newest figure of each period that has one; one query.

    Each is the end of an index. Asked for any figure of some periods beyond a number, PostgreSQL expects many, and goes
    through the table to find that there is none; asked for the greatest of each group, it reads all of them. Django can
    say a table of values only as that many subqueries, which takes it longer than the database takes to answer.
    """
    asked = sorted(set(periods))
    if not asked:
        return {}
    table = connection.ops.quote_name(Figure._meta.db_table)
    rows = ", ".join(["(%s)"] * len(asked))
    newest = f"SELECT MAX(id) FROM {table} WHERE {table}.period = asked.period"
    with connection.cursor() as cursor:
        cursor.execute(f"WITH asked(period) AS (VALUES {rows}) SELECT period, ({newest}) FROM asked", asked)
        return {period: number for period, number in cursor.fetchall() if number is not None}


def changed_since(run: Run, newest: Mapping[str, int] | None = None) -> bool:
    """Whether a figure that the run reads was entered, corrected or taken back since.

    A batch that was being written while the run read may have any of them: then the run is taken to have changed.
    `newest`: the newest figure of every period that the run reads, where it is known already.
    """
    if Batch.objects.filter(pk__lte=run.newest_batch).count() > run.batches:
        return True
    periods = periods_read(run.month.period)
    known = newest_figures(periods) if newest is None else newest
    since = [period for period in periods if known.get(period, 0) > run.until]
    if not since:
        return False
    scheme = month_scheme(run.month.scheme.scheme, run.month.period)
    series = {one.series_code for one in scheme.indicators}
    return Figure.objects.filter(period__in=since, pk__gt=run.until, series__in=series).exists()


def wants_scoring(month: Month, newest: Mapping[str, int] | None = None) -> Run | None:
    """Give the newest result of a month where it no longer says how it is; None where it does, or was tried already.

    What was refused by the figures that stand is not tried again before they change. `newest`: see `changed_since`.
    """
    result = newest_run(month)
    if result is None or not changed_since(result, newest):
        return None
    tried = Run.objects.filter(month=month, kind__in=_KINDS).exclude(state=RunState.RUNNING)
    last = tried.select_related("month__scheme").first()
    return result if last is None or changed_since(last, newest) else None


def stale_months() -> list[str]:
    """Give the months that are to be scored anew, oldest first."""
    months = list(Month.objects.select_related("scheme").order_by("period"))
    newest = newest_figures(period for month in months for period in periods_read(month.period))
    return [month.period for month in months if wants_scoring(month, newest) is not None]
