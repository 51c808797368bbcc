"""What a month asks of whom, written down: windows by the calendar, releases, the reports that units make themselves.

Whatever is there already stays as it is, so that a month that is moved to another version gains what it lacks.
"""

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet

from baton.assessment.actions.below.cells import by_desks
from baton.assessment.choices import Stage
from baton.assessment.models import Duty, Month, Release, SchemeVersion, SourceDay, Submission, Window
from baton.assessment.rules.days import Works, day_after
from baton.assessment.rules.expected import exists_in
from baton.assessment.rules.month_scheme import last_of
from baton.assessment.rules.windows import Days, MonthDays


def write_month(month: Month, days: MonthDays, worked: Works) -> None:
    """Give a month the windows and the units' own reports that its scheme asks for and that are not there yet."""
    duties = duties_due(month.scheme, month.period)
    _write_windows(month, duties, days, worked)
    _write_submissions(month, duties)


def duties_due(scheme: SchemeVersion, period: str) -> list[Duty]:
    """Give the duties of the series that the month asks for, of units that are still there."""
    asked = {(cell.series, cell.unit) for cell, _ in scheme.form.expected(period)}
    rows = Duty.objects.filter(scheme=scheme).select_related("unit", "reporter", "verifier")
    units = scheme.form.units
    return [one for one in rows if (one.series, one.unit.code) in asked and exists_in(units[one.unit.code], period)]


def _write_windows(month: Month, duties: list[Duty], days: MonthDays, worked: Works) -> None:
    releases = _write_releases(month, duties)
    there = {(Stage(one.stage), one.unit_id, one.release.source if one.release else "") for one in _windows(month)}
    wanted: dict[tuple[Stage, int, str], None] = {}
    for one in duties:
        source = one.source if one.source in releases else ""
        wanted.update(dict.fromkeys(_stages(one, source)))
    Window.objects.bulk_create(
        _window(month, stage, unit, releases.get(source), days, worked)
        for stage, unit, source in wanted
        if (stage, unit, source) not in there
    )


def _windows(month: Month) -> QuerySet[Window]:
    return Window.objects.filter(month=month).select_related("release")


def _stages(duty: Duty, source: str) -> Iterator[tuple[Stage, int, str]]:
    if duty.reporter_id is not None:
        yield Stage.REPORT, duty.reporter_id, source
        if duty.verifier_id not in (None, duty.reporter_id):
            yield Stage.VERIFY, duty.verifier_id or 0, source
    yield Stage.CHECK, duty.unit_id, source


def _write_releases(month: Month, duties: Iterable[Duty]) -> dict[str, Release]:
    sources = {one.source for one in duties}
    rows = SourceDay.objects.on(last_of(month.period)).filter(source__in=sources)
    there = {one.source: one for one in Release.objects.filter(month=month)}
    made = Release.objects.bulk_create(
        Release(month=month, source=one.source, expected=day_after(month.period, one.day))
        for one in rows
        if one.source not in there
    )
    return there | {one.source: one for one in made}


def _window(month: Month, stage: Stage, unit: int, release: Release | None, days: MonthDays, worked: Works) -> Window:
    found = days.window(stage, month.period, worked)
    if release is not None:
        found = Days(found.opens, days.after_release(stage, release.expected, worked))
    return Window(
        month=month,
        stage=stage,
        unit_id=unit,
        release=release,
        opens=found.opens,
        closes=found.closes,
        planned=found.closes,
    )


def _write_submissions(month: Month, duties: Iterable[Duty]) -> None:
    """Give every unit the reports that go over its own desks."""
    fields = {field.series: field for field in month.scheme.form.fields.values()}
    windows = {(one.unit_id, one.release.source if one.release else ""): one for one in _report_windows(month)}
    there = set(Submission.objects.filter(month=month).values_list("unit", "series"))
    rows = []
    for one in duties:
        if by_desks(one, fields[one.series]) and (one.unit_id, one.series) not in there:
            window = windows.get((one.unit_id, one.source)) or windows[one.unit_id, ""]
            rows.append(Submission(month=month, unit_id=one.unit_id, series=one.series, window=window))
    Submission.objects.bulk_create(rows)


def _report_windows(month: Month) -> QuerySet[Window]:
    return _windows(month).filter(stage=Stage.REPORT)
