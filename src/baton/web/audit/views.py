"""The page of the audit chain."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from baton.core.chain import BREAKS
from baton.core.models import AuditRow
from baton.org.oversight.actions import note_export, verify
from baton.org.oversight.queries import Wanted, actions_done, last_verified, trail, watches
from baton.web.asking import actor_of, user_of
from baton.web.audit.forms import read_wanted
from baton.web.audit.rows import action_in_words, detail_of, row_in_words, who
from baton.web.audit.workbook import workbook_of
from baton.web.lists import Filter, Listing
from baton.web.lists.respond import WORKBOOK
from baton.web.problems import by_field, shown
from baton.web.views.opening import opened_by_view
from baton.words import Problem

MOST_EXPORTED = 50_000
"""Rows of one workbook: what an office computer still opens without a wait."""
_NAMES = ("who", "action", "thing", "first", "last")


@require_http_methods(["GET", "POST"])
def audit(request: HttpRequest) -> HttpResponse:
    """Show the chain; on POST verify it, or give the rows that are wanted as a workbook."""
    if not watches(user_of(request)):
        raise PermissionDenied
    wanted, problems = read_wanted(request.POST if request.method == "POST" else request.GET)
    if request.method == "POST" and "export" in request.POST and not problems:
        return _export(request, wanted)
    if request.method == "POST" and "verify" in request.POST:
        verify(by=actor_of(request))
        return HttpResponseRedirect(reverse("audit"))
    opened = opened_by_view(request, "audit")
    return opened or render(request, "web/audit/audit.html", _context(request, wanted, problems))


def _export(request: HttpRequest, wanted: Wanted) -> HttpResponse:
    rows = trail(user_of(request), wanted)
    count = rows.count()
    data = workbook_of(rows[:MOST_EXPORTED], max(0, count - MOST_EXPORTED))
    note_export(wanted, min(count, MOST_EXPORTED), by=actor_of(request))
    headers = {"Content-Disposition": 'attachment; filename="audit.xlsx"', "Cache-Control": "no-store"}
    return HttpResponse(data, content_type=WORKBOOK, headers=headers)


def _context(request: HttpRequest, wanted: Wanted, problems: list[Problem]) -> dict[str, Any]:
    user = user_of(request)
    given = (request.POST if request.method == "POST" else request.GET).dict()
    kept = tuple(Filter(name, name, lambda rows, _: rows) for name in _NAMES)
    listing = Listing(trail(user, wanted), (), kept, asked=given)
    found = shown(problems)
    return {
        "listing": listing,
        "rows": [(row, who(row), row_in_words(row), detail_of(row)) for row in listing.page],
        "given": given,
        "actions": [(code, action_in_words(code)) for code in actions_done(user)],
        "problems": found,
        "messages": by_field(found),
        "verified": _verified(last_verified(user)),
    }


def _verified(row: AuditRow | None) -> dict[str, Any] | None:
    """Say what the last verification found; a row that somebody has meddled with counts as none."""
    if row is None or not isinstance(row.detail, dict) or "rows" not in row.detail:
        return None
    broken = None
    if "broken" in row.detail:
        sequence = row.detail.get("sequence", row.sequence)
        code = row.detail["broken"] if row.detail["broken"] in BREAKS else "core.audit_row_changed"
        broken = shown([Problem(code, {"sequence": sequence})])[0]
    return {"row": row, "who": who(row), "rows": row.detail["rows"], "broken": broken}
