"""What a person decides: to close an item, and whether a proposed consequence takes effect."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from baton.assessment.actions.tracking import close_item, confirm_consequence, drop_consequence
from baton.assessment.choices import Consequence
from baton.org.choices import Role
from baton.web.asking import actor_of
from baton.web.org.forming import Form, form_page, only
from baton.web.telling import tell
from baton.web.tracking.views import page_of
from baton.words import Place, Problem


@only(Role.OFFICE_HEAD)
def close(request: HttpRequest, number: int) -> HttpResponse:
    """Close an item by a decision, with the reason."""
    found = page_of(request, number)

    def do(form: Form) -> HttpResponse:
        close_item(by=actor_of(request), item=number, reason=form.text("reason"), document=form.text("document"))
        tell(request, "office.item_was_closed")
        return redirect("tracked-item", number)

    return form_page(request, "web/tracking/close.html", Form(), do, found=found)


@only(Role.OFFICE_HEAD)
def consequence(request: HttpRequest, number: int, consequence: str) -> HttpResponse:
    """Confirm or drop what was proposed."""
    found = page_of(request, number)
    wanted = next((one for one in found.proposed if one.consequence == consequence and one.decided is None), None)
    if wanted is None:
        raise Http404

    def do(form: Form) -> HttpResponse:
        _decide(request, number, wanted.consequence, form)
        return redirect("tracked-item", number)

    levels = {level for one in found.deductions for level in getattr(one.measure, "levels", {})}
    context = {
        "wanted": wanted,
        "deducts": wanted.consequence is Consequence.DEDUCTION,
        "deductions": [(one.code, f"{one.code} {one.name}") for one in found.deductions],
        "levels": [(level, level) for level in sorted(levels)],
    }
    return form_page(request, "web/tracking/consequence.html", Form(), do, found=found, **context)


def _decide(request: HttpRequest, number: int, wanted: Consequence, form: Form) -> None:
    by, choice = actor_of(request), form.text("choice")
    if choice == "confirm":
        given = {"deduction": form.text("deduction"), "points_level": form.text("level")}
        confirm_consequence(by=by, item=number, consequence=wanted, **given)
        tell(request, "office.consequence_was_confirmed")
    elif choice == "drop":
        drop_consequence(by=by, item=number, consequence=wanted, reason=form.text("reason"))
        tell(request, "office.consequence_was_dropped")
    else:
        form.problems.append(Problem("office.say_confirm_or_drop", {}, Place(field="choice-confirm")))
        form.check()
