"""A unit's sheet of a month, its signature, its receipts."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from baton.assessment.actions.checks import check_and_sign
from baton.assessment.models import Check, Month
from baton.assessment.queries.office.check import (
    CHECKERS,
    SIGNERS,
    CheckSheet,
    check_sheet,
    may_look,
    units_to_check,
)
from baton.assessment.queries.office.expected import month_of, months_of
from baton.org.models import Unit
from baton.web.asking import actor_of, powers_of, user_of
from baton.web.check.line_look import written_lines
from baton.web.org.forming import page
from baton.web.problems import shown
from baton.web.telling import tell
from baton.words import Refused


def newest(request: HttpRequest) -> HttpResponse:
    """Lead to the newest month of the first unit for which the person checks."""
    user = user_of(request)
    month, units = month_of(user), _units(request)
    if month is None or not units:
        return render(request, "web/check/nothing.html")
    return redirect("check-sheet", month.period, units[0].code)


def _units(request: HttpRequest) -> list[Unit]:
    return units_to_check(user_of(request), powers_of(request).units_of(*CHECKERS))


def go(request: HttpRequest) -> HttpResponse:
    """Lead to another month or unit."""
    return redirect("check-sheet", request.GET.get("period", "") or "-", request.GET.get("unit", "") or "-")


def sheet_of(request: HttpRequest, period: str, code: str) -> CheckSheet:
    """Give a unit's sheet; there is none for those who may not look."""
    user = user_of(request)
    month: Month | None = month_of(user, period)
    unit = Unit.objects.visible_to(user).filter(code=code).first()
    if month is None or unit is None or not may_look(user, unit):
        raise Http404
    return check_sheet(user, month, unit)


def sheet(request: HttpRequest, period: str, code: str) -> HttpResponse:
    """Show what others reported about a unit."""
    return sheet_page(request, sheet_of(request, period, code))


def sheet_page(request: HttpRequest, found: CheckSheet, *, status: int = 200, **context: Any) -> HttpResponse:
    """Show a sheet, with what stood against the last click on it."""
    user = user_of(request)
    may_contest = powers_of(request).has_in(found.unit.pk, *CHECKERS)
    context |= {
        "sheet": found,
        "rows": written_lines(request, found, may_contest=may_contest),
        "months": months_of(user),
        "units": _units(request),
        "may_sign": powers_of(request).has_in(found.unit.pk, *SIGNERS),
        "may_contest": may_contest,
        "signed": len(found.there) - len(found.contested),
    }
    return page(request, "web/check/sheet.html", status=status, **context)


@require_POST
def sign(request: HttpRequest, period: str, code: str) -> HttpResponse:
    """Sign all that is not contested, and lead to the receipt."""
    found = sheet_of(request, period, code)
    try:
        made = check_and_sign(
            by=actor_of(request), period=period, unit=found.unit.pk, seen=request.POST.get("seen", "")
        )
    except Refused as refused:
        return sheet_page(request, found, status=422, problems=shown(refused.problems))
    tell(request, "office.signed", receipt=made.receipt)
    return redirect("check-receipt", made.receipt)


def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """Show a receipt, for the screen and for paper."""
    found = Check.objects.visible_to(user_of(request)).filter(receipt=number).select_related("unit", "month", "by")
    row = found.first()
    if row is None:
        raise Http404
    return page(request, "web/check/receipt.html", receipt=row)
