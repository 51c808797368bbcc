"""Whether an annual run still says how it is."""

from baton.assessment.models import AnnualRun, Figure
from baton.assessment.queries.annual.scored import events_of


def changed_after(run: AnnualRun) -> bool:
    """Whether a figure that the run reads, the ledger's events of its year, or its year's scheme changed since."""
    if run.scheme_id != run.annual.scheme_id:
        return True
    series = {one.series_code for one in run.scheme.scheme.indicators}
    newer = Figure.objects.of_year(run.annual.year).filter(pk__gt=run.until, series__in=series)
    return newer.exists() or events_of(run.annual) != run.events
