"""Who may do what: the checks that stand first in every action."""

from baton.assessment.models import Figure, Month, Window
from baton.assessment.rules.windows import closed_because
from baton.core import clock
from baton.core.acting import Actor
from baton.org.choices import Role
from baton.org.models import Unit
from baton.org.queries import may, require
from baton.words import Problem, Refused

OFFICE = (Role.OFFICE, Role.OFFICE_HEAD)
REPORTS = (Role.REPORTER, Role.VERIFIER)
SIGNS = (Role.UNIT_HEAD, Role.LEADER_IN_CHARGE)


def require_office(by: Actor) -> None:
    """Let only the assessment office pass. Raises `Refused`."""
    require(by.user, *OFFICE)


def require_head(by: Actor) -> None:
    """Let only the head of the assessment office pass. Raises `Refused`."""
    require(by.user, Role.OFFICE_HEAD)


def is_office(by: Actor) -> bool:
    """Whether the assessment office, or the system, acts."""
    return may(by.user, *OFFICE)


def require_in(by: Actor, unit: Unit, *roles: Role) -> None:
    """Let only those pass who have a role in a unit. Raises `Refused`."""
    require(by.user, *roles, unit=unit)


def month_of(period: str, lock: bool = False) -> Month:
    """Give a month. Raises `Refused` where it was not opened.

    `lock`: what changes the month's own state waits for whoever else does.
    """
    months = Month.objects.select_for_update(no_key=True) if lock else Month.objects.select_related("scheme")
    found = months.filter(period=period).first()
    if found is None:
        raise Refused([Problem("assessment.month_unknown", {"period": period})])
    return found


def month_of_figure(figure: Figure) -> Month:
    """Give the month a figure belongs to: its own, or for figures of a quarter or year the newest one of the year.

    Raises `Refused` where none was opened.
    """
    found = month_for_correction(figure)
    if found is None:
        raise Refused([Problem("assessment.month_unknown", {"period": figure.period})])
    return found


def month_for_correction(figure: Figure) -> Month | None:
    """Give the month a figure belongs to (`month_of_figure`); None where none was opened in its year."""
    months = Month.objects.select_related("scheme")
    own = months.filter(period=figure.period).first()
    return own or figure.batch.month or months.filter(period__startswith=figure.period[:4]).first()


def window_problem(window: Window | None) -> Problem | None:
    """Say why a window lets nobody in today; None where it is open. A source that has not come keeps it open."""
    if window is None:
        return Problem("assessment.window_none")
    today = clock.today()
    waits = window.release is not None and window.release.came is None
    reopened = [one.until for one in window.reopenings.all()]
    return closed_because(window.opens, max(window.closes, today) if waits else window.closes, reopened, today)


def require_open(window: Window | None) -> None:
    """Let nobody pass where a window is closed. Raises `Refused`."""
    problem = window_problem(window)
    if problem is not None:
        raise Refused([problem])
