"""Opening the days of a special assessment again, for one unit or all, with the reason."""

from typing import Any
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from baton.assessment.actions.special_reopening import reopen_special
from baton.assessment.choices import SpecialStage
from baton.assessment.queries.specials import SpecialPage
from baton.web.asking import actor_of, key_of
from baton.web.org.forming import Form, form_page
from baton.web.plans.specials import page_of
from baton.web.telling import tell
from baton.web.templatetags.words import page_language
from baton.words import Place, Problem, text

_STAGES = (SpecialStage.REPORT, SpecialStage.CHECK)


def reopen(request: HttpRequest, number: int) -> HttpResponse:
    """Choose what is opened again for whom and until when; on POST do it."""
    found = page_of(request, number)
    if not found.office:
        raise PermissionDenied

    def do(form: Form) -> HttpResponse:
        stage, unit = form.text("stage"), form.text("unit")
        until = form.day("until", needed=True)
        if stage not in _STAGES:
            form.problems.append(Problem("plans.reopen_no_stage", {}, Place(field="stage")))
        if unit and unit not in {value for value, _ in _units(found)}:
            form.problems.append(Problem("plans.reopen_no_such_unit", {}, Place(field="unit")))
        if not form.text("reason"):
            form.problems.append(Problem("assessment.reason_lacking", {}, Place(field="reason")))
        form.check()
        assert until is not None, "a day that is needed was read"
        reopen_special(
            by=actor_of(request),
            special=number,
            stage=SpecialStage(stage),
            unit=int(unit) if unit else None,
            until=until,
            reason=form.text("reason"),
            key=key_of(request),
        )
        tell(request, "plans.was_reopened")
        return redirect("special", number)

    return form_page(request, "web/plans/special_reopen.html", Form(), do, **_context(found))


def _context(found: SpecialPage) -> dict[str, Any]:
    stages = [(one.value, text(f"plans.reopen_{one.value}", page_language())) for one in _STAGES]
    return {"found": found, "stages": stages, "units": _units(found), "key": uuid4().hex}


def _units(found: SpecialPage) -> list[tuple[str, str]]:
    """Give the units that report or check, by number."""
    units = {one.unit.pk: one.unit for one in found.reporters} | {one.unit_id: one.unit for one in found.checks}
    return [(str(unit.pk), unit.name) for unit in sorted(units.values(), key=lambda one: (one.order, one.code))]
