"""The office fixes what both sides agree on, many at once; its head decides what they do not agree on."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from baton.assessment.actions.targets.fixing import fix_targets, rule_target
from baton.assessment.queries.targets.lists import agreed
from baton.web.asking import actor_of, key_of, user_of
from baton.web.office.board import office_only
from baton.web.org.forming import Form, form_page
from baton.web.targets.negotiating import page_of
from baton.web.telling import tell, told


@office_only
def ready(request: HttpRequest) -> HttpResponse:
    """List what both sides agree on; on POST fix what is chosen, all of it or none."""
    chosen = [int(one) for one in request.POST.getlist("wanted") if one.isdigit()]

    def do(form: Form) -> HttpResponse:
        fix_targets(by=actor_of(request), targets=chosen, document=form.text("document"), key=key_of(request))
        tell(request, "targets.was_fixed", count=len(set(chosen)))
        return redirect("targets-ready")

    rows = agreed(user_of(request))
    return form_page(request, "web/targets/ready.html", Form(), do, rows=rows, chosen=chosen, told=told(request))


def rule(request: HttpRequest, number: int) -> HttpResponse:
    """Decide a target on which both sides do not agree, with reason and document; for the head of the office."""
    found = page_of(request, number)
    if not found.can.rule:
        raise Http404

    def do(form: Form) -> HttpResponse:
        given = {name: form.text(name) for name in ("typed", "reason", "document")}
        seen = int(form.text("seen")) if form.text("seen").isdigit() else None
        rule_target(by=actor_of(request), target=number, seen=seen, key=key_of(request), **given)
        tell(request, "targets.was_fixed", count=1)
        return redirect("target", number)

    return form_page(request, "web/targets/rule.html", Form({"typed": found.row.table}), do, found=found)
