"""A draft: its lines with what is found beside them, its workbook there and back, its revisions."""

from collections import Counter
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from baton.assessment.actions.scheme_drafts import restore_revision, save_file
from baton.assessment.models import DraftRevision
from baton.assessment.queries.workshop.drafts import comments, revisions
from baton.assessment.queries.workshop.lines import indicator_lines
from baton.assessment.rules.scheme_files import revision_in, workbook_name
from baton.assessment.rules.scheme_lines import LineChange, line_changes, names_of_lines
from baton.sheets.scheme_book import write_scheme
from baton.web.asking import actor_of, user_of
from baton.web.lists.respond import workbook_file
from baton.web.office.board import office_only
from baton.web.org.forming import Form, form_page, page, refused_on_a_page
from baton.web.report.uploaded import asked_for, received
from baton.web.telling import tell
from baton.web.templatetags.words import page_language
from baton.web.workshop.begin import read_of, trial_context
from baton.web.workshop.rooms import around, draft_for, seen_in
from baton.words import Place, Problem, Refused, Severity


@require_safe
def draft(request: HttpRequest, number: int) -> HttpResponse:
    """Show a draft line by line; `?revision=` an earlier one."""
    asked = request.GET.get("revision", "")
    found = draft_for(request, number, int(asked) if asked.isdecimal() and len(asked) < 8 else None)
    counts = Counter(comments(user_of(request), number).values_list("line", flat=True))
    lines = indicator_lines(found.scheme, found.found, counts)
    names = names_of_lines(found.scheme)
    shown = {one.path for one in lines}
    own = {f"indicators[{one.code}]" for one in found.scheme.indicators if len(one.units) == 1}
    elsewhere = [
        (path, names.get(path, ""), several) for path, several in found.found.items() if path not in shown | own
    ]
    rest = [one for one in elsewhere if one[2][0].severity is not Severity.NOTICE]
    rest.sort(key=lambda one: one[2][0].severity is not Severity.ERROR)
    notices = [one for one in elsewhere if one[2][0].severity is Severity.NOTICE]
    in_own = sum(len(several) for path, several in found.found.items() if path in own)
    context = {"lines": lines, "rest": rest, "notices": notices, "own_count": len(own), "own_found": in_own}
    return page(request, "web/workshop/draft.html", **around(request, found, **context))


@require_safe
def workbook(request: HttpRequest, number: int) -> HttpResponse:
    """Give the draft as a scheme workbook, to be filled in and brought back; its name says which revision it is."""
    found = draft_for(request, number)
    name = workbook_name(f"scheme-{number}", found.revision.number)
    return workbook_file(write_scheme(found.scheme, page_language()), name)


@office_only
def upload(request: HttpRequest, number: int) -> HttpResponse:
    """Choose the file that comes back; on POST try it."""
    found = draft_for(request, number)

    def do(form: Form) -> HttpResponse:
        given = received(request.FILES.get("file"), user_of(request), preliminary=False)
        return redirect("workshop-upload-trial", number, given.token)

    return form_page(request, "web/workshop/upload.html", do=do, **around(request, found))


@office_only
def upload_trial(request: HttpRequest, number: int, token: str) -> HttpResponse:
    """Show what a file would change, line by line, and what is found in it; on POST take it."""
    found, given = draft_for(request, number), asked_for(token, user_of(request))
    read = read_of(given)
    changes = () if read.scheme is None else line_changes(found.scheme, read.scheme)
    undone = [] if read.scheme is None else _taken_back(number, revision_in(given.name), found.revision, changes)

    def do(form: Form) -> HttpResponse:
        if read.scheme is None:
            raise Refused(read.problems)
        if undone and form.text("anyway") != "yes":
            names = "、".join(f"{one.code} {one.name}".strip() for one in undone[:5])
            raise Refused([Problem("workshop.would_take_back", {"lines": names}, Place(field="anyway"))])
        save_file(
            by=actor_of(request),
            draft=number,
            seen=seen_in(form),
            scheme=read.scheme,
            file_name=given.name,
            note=form.text("note"),
        )
        tell(request, "workshop.was_saved", count=len(changes))
        return redirect("workshop-draft", number)

    context = {"changes": changes, "undone": undone, "before": found.scheme, "after": read.scheme}
    context |= trial_context(given, read)
    return form_page(request, "web/workshop/upload_trial.html", do=do, **around(request, found, **context))


def _taken_back(
    number: int, based: int | None, now: DraftRevision, changes: tuple[LineChange, ...]
) -> list[LineChange]:
    """Give the lines that others changed since the workbook was made and that it would bring back as they were."""
    if based is None or based >= now.number:
        return []
    before = DraftRevision.objects.filter(draft=number, number=based).first()
    if before is None:
        return []
    since = {one.path: one for one in line_changes(before.scheme, now.scheme)}
    return [since[one.path] for one in changes if one.path in since]


@require_safe
def history(request: HttpRequest, number: int) -> HttpResponse:
    """List the revisions of a draft."""
    found = draft_for(request, number)
    rows = list(revisions(user_of(request), number))
    return page(request, "web/workshop/history.html", **around(request, found, revisions=rows))


@require_POST
@office_only
def restore(request: HttpRequest, number: int) -> HttpResponse:
    """Bring an earlier revision up again."""
    found, form = draft_for(request, number), Form(request.POST.dict())
    wanted = form.text("number")
    if not wanted.isdecimal() or len(wanted) > 7:
        raise Http404
    try:
        restore_revision(by=actor_of(request), draft=number, seen=seen_in(form), number=int(wanted))
    except Refused as refused:
        rows = list(revisions(user_of(request), number))
        context: dict[str, Any] = around(request, found, revisions=rows)
        return refused_on_a_page(request, "web/workshop/history.html", refused.problems, **context)
    tell(request, "workshop.was_restored", number=int(wanted))
    return redirect("workshop-draft", number)
