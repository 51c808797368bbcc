"""Opening a month, and moving and reopening its windows."""

from datetime import date

from baton.assessment.actions.below.doors import month_of, require_head, require_office
from baton.assessment.actions.below.opening import duties_due, write_month
from baton.assessment.actions.below.people import people_in
from baton.assessment.choices import (
    ContestState,
    CorrectionState,
    MonthState,
    RunKind,
    RunState,
    Stage,
    SubmissionState,
)
from baton.assessment.models import (
    Contest,
    Correction,
    Month,
    Release,
    Reopening,
    Run,
    SchemeVersion,
    Submission,
    SubmissionStep,
    Window,
)
from baton.assessment.queries.numbers import month_days, numbers
from baton.assessment.queries.working import works
from baton.assessment.rules.month_scheme import last_of
from baton.core import clock
from baton.core.acting import Actor, acting
from baton.org.choices import Role
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
            write_month(month, days, worked)
            told.did("assessment.month_opened", month, scheme=scheme.digest)
    return month


def move_month(*, by: Actor, period: str, version: int, reason: str) -> Month:
    """Let a month that is under way be asked and scored by another version of its scheme, with the reason.

    By the head of the office; of itself an open month keeps the version with which it was opened. What was tried with
    the version before is to be scored again. Raises `Refused` once the month has an official result, for a version that
    is not in force at its end, and while reports, contests or corrections are under way for which it has no place.
    """
    require_head(by)
    if not reason.strip():
        raise Refused([Problem("assessment.reason_lacking", {}, Place(field="reason"))])
    days, worked = month_days(numbers()), works()
    with acting(by) as told:
        month = month_of(period, lock=True)
        found = SchemeVersion.objects.on(last_of(period)).filter(pk=version).exclude(pk=month.scheme_id).first()
        if found is None:
            raise Refused([Problem("workshop.version_not_of_month", {"period": period})])
        if Run.objects.filter(month=month, kind=RunKind.OFFICIAL, state=RunState.DONE).exists():
            raise Refused([Problem("workshop.month_is_scored", {"period": period})])
        before, month.scheme, month.state = month.scheme, found, MonthState.OPEN.value
        _drop_untouched(month)
        month.save(update_fields=["scheme", "state"])
        write_month(month, days, worked)
        units = Window.objects.filter(month=month).values_list("unit", flat=True)
        told.tell(
            people_in(units, Role.REPORTER, Role.VERIFIER, Role.UNIT_HEAD),
            "workshop.notice_moved",
            period=period,
            name=str(found),
        )
        told.did("workshop.month_moved", month, before=before.digest, after=found.digest, reason=reason.strip()[:400])
    return month


def _drop_untouched(month: Month) -> None:
    """Take away the units' own reports that nobody began and the new version does not ask for."""
    asked = {(one.unit_id, one.series) for one in duties_due(month.scheme, month.period)}
    rows = Submission.objects.filter(month=month).select_related("unit")
    touched = set(SubmissionStep.objects.filter(submission__in=rows).values_list("submission", flat=True))
    lacking = [one for one in rows if (one.unit_id, one.series) not in asked]
    begun = [one for one in lacking if one.pk in touched or one.state != SubmissionState.DRAFT]
    if begun:
        names = "、".join(dict.fromkeys(one.unit.name for one in begun))
        raise Refused([Problem("workshop.reports_under_way", {"count": len(begun), "units": names})])
    asked_series = {series for _, series in asked}
    open_ = Contest.objects.filter(month=month, state=ContestState.OPEN).exclude(about__series__in=asked_series).count()
    rest = Correction.objects.filter(month=month, state=CorrectionState.OPEN).exclude(about__series__in=asked_series)
    if open_ or rest.exists():
        raise Refused([Problem("workshop.contests_under_way", {"count": open_ + rest.count()})])
    Submission.objects.filter(pk__in=[one.pk for one in lacking]).delete()


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
