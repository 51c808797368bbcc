"""A unit's sheet of targets: all that it is to propose or answer, with what is known already, in one form."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from baton.assessment.actions.targets.proposing import Draft, draft_targets, sign_targets
from baton.assessment.queries.targets.sheet import SheetRow, sheet_of
from baton.web.asking import actor_of, key_of, user_of
from baton.web.org.forming import Form, form_page
from baton.web.report.phones import only_looks, refuse_phone
from baton.web.telling import tell, told
from baton.words import Problem, Refused


def sheet(request: HttpRequest) -> HttpResponse:
    """Show the sheet; on POST keep what was typed as drafts, and sign them where a head says so."""
    rows = sheet_of(user_of(request))

    def do(form: Form) -> HttpResponse:
        refuse_phone(request)
        drafts = [draft for row in rows if (draft := _draft(form, row)) is not None]
        if not drafts:
            raise Refused([Problem("targets.nothing_typed")])
        draft_targets(by=actor_of(request), drafts=drafts)
        if form.text("verb") != "sign":
            tell(request, "targets.was_saved", count=len(drafts))
            return redirect("targets-sheet")
        signed = [one.target for one in drafts]
        sign_targets(by=actor_of(request), targets=signed, key=key_of(request))
        tell(request, "targets.was_signed", count=len(signed))
        return redirect("targets-sheet")

    given = {name: value for row in rows for name, value in _kept(row)}
    context = {"rows": rows, "signs": any(row.signs for row in rows), "told": told(request)}
    return form_page(request, "web/targets/sheet.html", Form(given), do, only_looks=only_looks(request), **context)


def _draft(form: Form, row: SheetRow) -> Draft | None:
    """Give what was typed of a target; None where both cells are empty: it is left for another day."""
    number = row.target.pk
    typed, reason = form.text(f"typed-{number}"), form.text(f"reason-{number}")
    return Draft(number, typed, reason) if typed or reason else None


def _kept(row: SheetRow) -> list[tuple[str, str]]:
    one = row.target
    return [(f"typed-{one.pk}", one.drafted), (f"reason-{one.pk}", one.draft_reason)]
