"""What the grid's script sends while somebody types: kept at once, and told what was read or what is wrong."""

from typing import Any

from django.http import HttpRequest, HttpResponseBadRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST

from baton.assessment.actions.below.entering import Typed
from baton.assessment.actions.figures import save_draft
from baton.assessment.queries.desk.cells import cell_named
from baton.assessment.queries.desk.typing import Answer, answers
from baton.assessment.rules.expected import Cell
from baton.web.asking import actor_of, user_of
from baton.web.report.phones import refuse_phone
from baton.web.report.places import place_of
from baton.web.report.typed import cells_in
from baton.web.templatetags.words import page_language
from baton.words import Refused, render

MOST = 5_000
"""Cells of one call; no grid has more."""


@require_POST
def drafts(request: HttpRequest, period: str, code: str) -> HttpResponseBase:
    """Keep cells as they are typed; answers as `grid.js` wants it."""
    place = place_of(request, period, code)
    sent = cells_in(request.body)
    if sent is None or len(sent) > MOST:
        return HttpResponseBadRequest()
    cells = [found for one in sent if (found := cell_of(one)) is not None]
    told = answers(user_of(request), place.month.scheme.form, cells)
    asked = {one.name for one in told if one.problem is None or one.problem.code != "assessment.not_asked"}
    typed = [
        Typed(cell.unit, cell.series, cell.figure, cell.period, text, seen)
        for (cell, text, seen), one in zip(cells, told, strict=True)
        if one.name in asked
    ]
    try:
        refuse_phone(request)
        save_draft(by=actor_of(request), period=period, cells=typed)
    except Refused as refused:
        words = render(refused.problems[0], page_language()).what
        return JsonResponse({"cells": [], "words": words})
    return JsonResponse({"cells": [told_of(one) for one in told]})


def cell_of(one: dict[str, Any]) -> tuple[Cell, str, int] | None:
    """Read a cell that the script sends: its key, what was typed, and the figure that was seen."""
    cell = cell_named(one["name"])
    seen = str(one.get("seen", ""))
    return None if cell is None else (cell, str(one.get("text", "")), int(seen) if seen.isdecimal() else 0)


def told_of(one: Answer) -> dict[str, str]:
    """Say what was read from a cell and what is wrong with it, as `grid.js` wants it."""
    told = {"name": one.name}
    if one.text is not None:
        told["text"] = one.text
    if one.problem is not None:
        sentence = render(one.problem, page_language())
        told["problem"] = f"{sentence.what} {sentence.mend}".strip()
    return told
