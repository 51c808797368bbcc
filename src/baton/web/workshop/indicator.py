"""An indicator through a form, a new one or one of the draft: looked at before it is saved, nothing typed is lost."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from baton.assessment.actions.scheme_drafts import add_line, change_line
from baton.assessment.queries.workshop.drafts import DraftPage
from baton.assessment.queries.workshop.foreseen_line import ForeseenLine, as_it_stands, foreseen_line
from baton.assessment.rules.coverage import KINDS
from baton.assessment.rules.scheme_edits import data_of, next_code
from baton.engine.scheme.indicators import Indicator
from baton.engine.scheme.structure.figures import reported
from baton.sheets.line_form import BY_WORKBOOK, FAMILIES, FIELDS, Filled, read_line, texts_of
from baton.web.asking import actor_of
from baton.web.method.curve import curve_of
from baton.web.office.board import office_only
from baton.web.org.forming import Form, page
from baton.web.telling import tell
from baton.web.templatetags.words import page_language
from baton.web.workshop.at_fields import at_fields
from baton.web.workshop.boxes import figure_boxes, option_boxes, plain_box, point_boxes, references
from baton.web.workshop.rooms import around, draft_for, seen_in
from baton.words import Place, Problem, Refused

EVERY = "*"
_VOCABULARIES = ("rule", "value")
_LISTS = ("hooks", "units")


@office_only
def add(request: HttpRequest, number: int) -> HttpResponse:
    """Show an empty form, or with `?like=` one filled in as another indicator is; on POST add a line to the draft."""
    found = draft_for(request, number)
    like = _line(found, request.GET.get("like", ""))
    if not found.row.editable:
        raise Http404

    def save(form: Form, filled: Filled) -> HttpResponse:
        line = {"code": form.text("code")}
        line |= {name: value for name, value in filled.changes.items() if value is not None}
        add_line(by=actor_of(request), draft=number, section="indicators", line=line, note=form.text("note"))
        tell(request, "workshop.indicator_added", name=form.text("name"))
        return _back(number, form.text("code"))

    start = texts_of(like, page_language()) | {"code": next_code(found.scheme, like)}
    start |= {"parent": request.GET.get("parent", "") or start["parent"]}
    return _answer(request, found, None, like, start, save)


@office_only
def edit(request: HttpRequest, number: int, code: str) -> HttpResponse:
    """Show an indicator of the draft with all its fields; on POST save what changed as a revision."""
    found = draft_for(request, number)
    one = _line(found, code)
    if one is None or not found.row.editable:
        raise Http404

    def save(form: Form, filled: Filled) -> HttpResponse:
        change_line(
            by=actor_of(request),
            draft=number,
            seen=seen_in(form),
            section="indicators",
            code=code,
            changes=filled.changes,
            note=form.text("note"),
        )
        tell(request, "workshop.line_saved", name=form.text("name") or one.name)
        return _back(number, code)

    return _answer(request, found, one, one, texts_of(one, page_language()), save)


def _line(found: DraftPage, code: str) -> Indicator | None:
    return next((one for one in found.scheme.indicators if one.code == code), None)


def _back(number: int, code: str) -> HttpResponse:
    return redirect(f"{redirect('workshop-draft', number).url}#{code}")


def _answer(
    request: HttpRequest,
    found: DraftPage,
    one: Indicator | None,
    like: Indicator | None,
    start: Mapping[str, str],
    save: Callable[[Form, Filled], HttpResponse],
) -> HttpResponse:
    """Show the form; on POST look at what it would give, or save it. What was typed is kept either way."""
    form, status = Form(start), 200
    ticked = {name: list(getattr(like, name, ())) for name in _LISTS}
    foreseen = None if one is None else as_it_stands(found, one)
    if request.method == "POST":
        form.given, anew = _typed(request, start)
        ticked = {name: request.POST.getlist(name) for name in _LISTS}
        before = {} if like is None else _written(found, like.code)
        filled = read_line(form.given, _lists(request, ticked), before)
        looks = form.text("step") == "look"
        try:
            foreseen = None
            foreseen = _checked(found, form, filled, one, saves=not looks, hooked=bool(ticked["hooks"]))
            if not looks:
                return save(form, filled)
        except Refused as refused:
            # Options of a rule that was chosen just now are not there yet: nobody is told that they lack.
            form.problems = [] if looks and anew else at_fields(refused.problems, form.given, request.POST)
            status = 200 if looks else 422
    context = _context(found, form, one, ticked, foreseen)
    return page(
        request,
        "web/workshop/indicator.html",
        status=status,
        **around(request, found, **context) | {"form": form, "problems": form.shown},
    )


def _lists(request: HttpRequest, ticked: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Give the boxes that are ticked; a form that does not show the units leaves them as they are."""
    shown = {"hooks"} | ({"units"} if "shows-units" in request.POST else set())
    return {name: given for name, given in ticked.items() if name in shown}


def _typed(request: HttpRequest, start: Mapping[str, str]) -> tuple[dict[str, str], bool]:
    """Give what was typed, without options of a kind that is no longer chosen; whether another one was chosen."""
    given, anew = {name: str(value) for name, value in request.POST.items()}, False
    for vocabulary in _VOCABULARIES:
        kind, drawn = f"{vocabulary}-kind", given.get(f"drawn-{vocabulary}")
        if drawn is None or drawn == given.get(kind, ""):
            continue
        anew = True
        mine = f"{vocabulary}-"
        given = {name: value for name, value in given.items() if name == kind or not name.startswith(mine)}
        if given.get(kind) == start.get(kind):
            given |= {name: value for name, value in start.items() if name.startswith(mine)}
    return given, anew


def _checked(
    found: DraftPage, form: Form, filled: Filled, one: Indicator | None, *, saves: bool, hooked: bool
) -> ForeseenLine | None:
    """Give the line as it would be; raises `Refused` with everything that does not hold, what it lacks included.

    A line that is saved over another is left to its action, which tells first that somebody else changed it meanwhile.
    """
    problems, line = list(filled.problems), None
    if saves and not hooked:
        problems.append(Problem("workshop.hook_lacking", {}, Place(field="hooks")))
    if problems or one is None or not saves:
        code = form.text("code") if one is None else one.code
        try:
            line = foreseen_line(found, code, filled.changes, new=one is None)
        except Refused as refused:
            told = any(each.place.field == "rule-kind" for each in problems)
            problems += [each for each in refused.problems if not (told and each.place.field.endswith("].rule"))]
    if problems:
        raise Refused(problems)
    return line


def _written(found: DraftPage, code: str) -> dict[str, Any]:
    return next(dict(line) for line in data_of(found.scheme)["indicators"] if line["code"] == code)


def _context(
    found: DraftPage,
    form: Form,
    one: Indicator | None,
    ticked: Mapping[str, list[str]],
    foreseen: ForeseenLine | None,
) -> dict[str, Any]:
    scheme = found.scheme
    named = references(scheme)
    read = () if foreseen is None else reported(foreseen.indicator)
    figures = read or tuple(name.removeprefix("figures-") for name in form.given if name.startswith("figures-"))
    groups = [(EVERY, "")] if f"points-{EVERY}" in form.given else [(group.code, group.name) for group in scheme.groups]
    curve = None
    if foreseen is not None:
        shown = foreseen.indicator
        curve = curve_of(shown, shown.full or max(shown.points.values(), default=None))
    return {
        "one": one,
        "foreseen": foreseen,
        "curve": curve,
        "sections": {name: [plain_box(field, form, named) for field in fields] for name, fields in FIELDS.items()},
        "rule_boxes": option_boxes("rule", form),
        "value_boxes": option_boxes("value", form),
        "figure_boxes": figure_boxes(figures, form),
        "point_boxes": point_boxes(groups, form),
        "families": FAMILIES.items(),
        "by_workbook": BY_WORKBOOK,
        "rule_kind": form.text("rule-kind"),
        "value_kinds": ("direct", "ratio", "growth", "weighted_sum"),
        "ticked": ticked,
        "task_lists": [(kind, [task for task in scheme.tasks if task.kind == kind]) for kind in KINDS],
        "members": [
            (group.name, [unit for unit in scheme.units if unit.group == group.code]) for group in scheme.groups
        ],
        "series": sorted({each.series_code for each in scheme.indicators}),
    }
