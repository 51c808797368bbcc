"""Letters of results: all of them in the background, one at once for the unit it is for."""

import zipfile
from datetime import date
from io import BytesIO

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header

from baton.assessment.actions.annual.files import ask_for_letters, keep_letters
from baton.assessment.models import AnnualPublication
from baton.assessment.models.sight import sight_of
from baton.assessment.queries.annual.unit import shown_run
from baton.core import clock
from baton.core.files import receive
from baton.core.jobs.work import Cancelled, Work
from baton.reports.letters import LetterTerms, facts_of, letter_docx
from baton.reports.letters.facts import lost_of
from baton.web.annual.board import board_page, office_only, year_for
from baton.web.asking import actor_of, user_of
from baton.web.org.forming import Form
from baton.web.problems import shown
from baton.web.telling import tell
from baton.web.templatetags.words import page_language
from baton.words import Language, Place, Problem, Refused, text

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MOMENT = (1980, 1, 1, 0, 0, 0)


@office_only
def letters(request: HttpRequest, year: int) -> HttpResponse:
    """Ask for all letters."""
    annual = year_for(request, year)
    if request.method != "POST":
        raise Http404
    form = Form(request.POST.dict())
    on = form.day("on", needed=True)
    if not form.text("authority"):
        form.problems.append(Problem("annual.body_lacking", {}, Place(field="authority")))
    try:
        form.check()
        given = {"authority": form.text("authority"), "number": form.text("number")}
        ask_for_letters(by=actor_of(request), year=year, on="" if on is None else on.isoformat(), **given)
    except Refused as refused:
        return board_page(request, annual, status=422, form=form, problems=shown(refused.problems))
    tell(request, "annual.letters_were_asked")
    return redirect("year", year)


def letters_in_background(work: Work) -> None:
    """Write all letters of what is made known into one archive; whoever cancels gets what was written by then."""
    given = work.params
    rows = AnnualPublication.objects.select_related("annual", "decision__run__annual", "decision__run__scheme")
    publication = rows.get(pk=given["publication"])
    results = list(publication.decision.run.units.select_related("unit", "run").order_by("group", "rank", "unit"))
    facts = facts_of(publication, results)
    terms = LetterTerms(str(given["authority"]), date.fromisoformat(str(given["on"])), str(given["number"]))
    made, done = BytesIO(), 0
    try:
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
            for number, one in enumerate(results, 1):
                work.tell(done, len(results))
                content = letter_docx(facts[one.unit.code], lost_of(publication, one.unit_id), terms)
                named = text("annual.letter_file", Language.CHINESE, number=f"{number:03d}", unit=one.unit.name)
                packed.writestr(zipfile.ZipInfo(named.replace("/", "_"), _MOMENT), content, zipfile.ZIP_DEFLATED)
                done = number
            work.tell(done, len(results))
    except Cancelled:
        if done:
            _keep(work, publication, made.getvalue(), done, "annual.letters_part_file")
        raise
    _keep(work, publication, made.getvalue(), done, "annual.letters_file")
    work.link = f"/years/{publication.annual.year}/"


def _keep(work: Work, publication: AnnualPublication, content: bytes, count: int, code: str) -> None:
    name = text(code, Language.CHINESE, year=publication.annual.year, count=count)
    keep_letters(by=work.actor, publication=publication.pk, received=receive(name, [content]))


def letter(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """Give a unit its letter, once the result is made known: to its people, to the office and to county readers."""
    user = user_of(request)
    found = shown_run(user, year_for(request, year).year)
    run, out = found or (None, None)
    if run is None or out is None:
        raise Http404
    results = list(run.units.select_related("unit", "run"))
    mine = next((one for one in results if one.unit.code == code), None)
    sight = sight_of(user)
    if mine is None or not (sight.everything or mine.unit_id in sight.member):
        raise Http404
    language = page_language()
    terms = LetterTerms(text("annual.authority_usual", language), out_day(out), language=language)
    content = letter_docx(facts_of(out, results)[code], lost_of(out, mine.unit_id), terms)
    answer = HttpResponse(content, content_type=WORD)
    named = f"{text('annual.letter_title', language, year=year)}-{mine.unit.name}.docx"
    answer.headers["Content-Disposition"] = content_disposition_header(True, named) or "attachment"
    return answer


def out_day(out: AnnualPublication) -> date:
    """Give the day of a letter: that of publication, before it the first day of publicity."""
    return out.opens if out.published_at is None else clock.day_of(out.published_at)
