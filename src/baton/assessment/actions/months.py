"""Opening a month, and moving and reopening its windows."""

from collections.abc import Iterable, Iterator
from datetime import date

from baton.assessment.actions.below.cells import by_desks
from baton.assessment.actions.below.doors import month_of, require_office
from baton.assessment.choices import Stage
from baton.assessment.models import Duty, Month, Release, Reopening, SchemeVersion, SourceDay, Submission, Window
from baton.assessment.queries.numbers import month_days, numbers
from baton.assessment.queries.working import works
from baton.assessment.rules.days import Works, day_after
from baton.assessment.rules.expected import exists_in
from baton.assessment.rules.month_scheme import last_of
from baton.assessment.rules.windows import Days, MonthDays
from baton.core import clock
from baton.core.acting import Actor, acting
from baton.words import Place, Problem, Refused


def open_month(*, by: Actor, period: str) -> Month:
    """Open a month: its windows by the calendar, its releases, and the reports that units make themselves.

    A month that is open already is given as it is. Raises `Refused` without a scheme in force at the month's end.
    """
    require_office(by)
    scheme = SchemeVersion.objects.on(last_of(period)).first()
    if scheme is None:
        raise Refused([Problem("assessment.no_scheme", {"period": period}, Place(field="period"))])
    days, worked = month_days(numbers()), works()
    with acting(by) as told:
        month, is_new = Month.objects.get_or_create(
            period=period,
            defaults={"scheme": scheme, "opened_at": clock.now(), "publish_on": days.publish(period, worked)},
        )
        if is_new:
            duties = _due(scheme, period)
            _write_windows(month, duties, days, worked)
            _write_submissions(month, duties)
            told.did("assessment.month_opened", month, scheme=scheme.digest)
    return month


def _due(scheme: SchemeVersion, period: str) -> list[Duty]:
    """Give the duties of the series that the month asks for, of units that are still there."""
    asked = {(cell.series, cell.unit) for cell, _ in scheme.form.expected(period)}
    rows = Duty.objects.filter(scheme=scheme).select_related("unit", "reporter", "verifier")
    units = scheme.form.units
    return [one for one in rows if (one.series, one.unit.code) in asked and exists_in(units[one.unit.code], period)]


def _write_windows(month: Month, duties: list[Duty], days: MonthDays, worked: Works) -> None:
    releases = _write_releases(month, duties)
    wanted: dict[tuple[Stage, int, str], None] = {}
    for one in duties:
        source = one.source if one.source in releases else ""
        wanted.update(dict.fromkeys(_stages(one, source)))
    Window.objects.bulk_create(
        _window(month, stage, unit, releases.get(source), days, worked) for stage, unit, source in wanted
    )


def _stages(duty: Duty, source: str) -> Iterator[tuple[Stage, int, str]]:
    if duty.reporter_id is not None:
        yield Stage.REPORT, duty.reporter_id, source
        if duty.verifier_id not in (None, duty.reporter_id):
            yield Stage.VERIFY, duty.verifier_id or 0, source
    yield Stage.CHECK, duty.unit_id, source


def _write_releases(month: Month, duties: Iterable[Duty]) -> dict[str, Release]:
    sources = {one.source for one in duties}
    rows = SourceDay.objects.on(last_of(month.period)).filter(source__in=sources)
    made = Release.objects.bulk_create(
        Release(month=month, source=one.source, expected=day_after(month.period, one.day)) for one in rows
    )
    return {one.source: one for one in made}


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
    rows = []
    for one in duties:
        if by_desks(one, fields[one.series]):
            window = windows.get((one.unit_id, one.source)) or windows[one.unit_id, ""]
            rows.append(Submission(month=month, unit_id=one.unit_id, series=one.series, window=window))
    Submission.objects.bulk_create(rows)


def _report_windows(month: Month) -> Iterable[Window]:
    return Window.objects.filter(month=month, stage=Stage.REPORT).select_related("release")


def note_release(*, by: Actor, period: str, source: str, came: date, note: str = "") -> Release:
    """Note when figures came from above; the windows that wait for them move with them, and nobody is late for it.

    Raises `Refused` for a source without a day of its own, and for a day to come.
    """
    require_office(by)
    month = month_of(period)
    if came > clock.today():
        raise Refused([Problem("assessment.release_in_future", {"came": came.isoformat()}, Place(field="came"))])
    days, worked = month_days(numbers()), works()
    with acting(by) as told:
        release = Release.objects.select_for_update(no_key=True).filter(month=month, source=source).first()
        if release is None:
            raise Refused([Problem("assessment.release_unknown", {"source": source}, Place(field="source"))])
        release.came, release.note = came, note[:400]
        release.save(update_fields=["came", "note"])
        for window in release.windows.all():
            closes = days.after_release(Stage(window.stage), max(release.expected, came), worked)
            window.closes = max(window.planned, closes)
            window.save(update_fields=["closes"])
        told.did("assessment.release_noted", month, source=source, came=came.isoformat(), note=note)
    return release


def reopen_window(*, by: Actor, window: int, until: date, reason: str) -> Reopening:
    """Open a window again for the unit it belongs to, up to a day, with the reason. Raises `Refused`."""
    require_office(by)
    problems = []
    if not reason.strip():
        problems.append(Problem("assessment.reason_lacking", {}, Place(field="reason")))
    if until < clock.today():
        problems.append(Problem("assessment.day_is_past", {}, Place(field="until")))
    row = Window.objects.select_related("month", "unit").filter(pk=window).first()
    if row is None:
        problems.append(Problem("assessment.window_none"))
    if problems or row is None:
        raise Refused(problems)
    with acting(by) as told:
        made = Reopening.objects.create(
            window=row, until=until, reason=reason.strip()[:400], by=by.user, at=clock.now()
        )
        told.did("assessment.window_reopened", row, until=until.isoformat(), reason=made.reason)
    return made
