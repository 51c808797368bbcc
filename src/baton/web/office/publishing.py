"""Putting a month's result out, and taking it back; both stay among the issues."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from baton.assessment.actions.scores import publish_month, withdraw_publication
from baton.assessment.models import Publication
from baton.org.choices import Role
from baton.web.asking import actor_of
from baton.web.office.board import month_for
from baton.web.org.forming import Form, form_page, only
from baton.web.telling import tell
from baton.web.templatetags.results import period as written
from baton.web.templatetags.words import page_language
from baton.words import text


def title_of(period: str) -> str:
    """Give the usual title of a month's bulletin."""
    return text("office.bulletin_title", page_language(), period=written(period))


@only(Role.OFFICE_HEAD)
def publish(request: HttpRequest, period: str) -> HttpResponse:
    """Sign the official run off and put it out."""
    month = month_for(request, period)
    title = title_of(period)

    def do(form: Form) -> HttpResponse:
        given = {"document": form.text("document"), "title": form.text("title")}
        made = publish_month(by=actor_of(request), period=period, **given)
        tell(request, "office.was_published", issue=made.issue)
        return redirect("office-month", period)

    issues = Publication.objects.filter(month=month)
    return form_page(request, "web/office/publish.html", Form({"title": title}), do, month=month, issues=issues)


@only(Role.OFFICE_HEAD)
def withdraw(request: HttpRequest, period: str) -> HttpResponse:
    """Take what is out back, with the reason."""
    month = month_for(request, period)

    def do(form: Form) -> HttpResponse:
        withdraw_publication(by=actor_of(request), period=period, reason=form.text("reason"))
        tell(request, "office.was_withdrawn")
        return redirect("office-month", period)

    return form_page(request, "web/office/withdraw.html", Form(), do, month=month)
