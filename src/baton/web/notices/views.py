"""The inbox of whoever asks."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from baton.core.actions.notices import mark_read, open_notice
from baton.core.models import Notice
from baton.core.queries.notices import inbox
from baton.web.asking import actor_of, user_of
from baton.web.lists import Filter, Listing
from baton.web.notices.saying import said


@require_http_methods(["GET", "POST"])
def notices(request: HttpRequest) -> HttpResponse:
    """Show the inbox, newest first; on POST mark one or all as read."""
    if request.method == "POST":
        chosen = [int(number) for number in request.POST.getlist("number") if number.isdecimal()]
        mark_read(by=actor_of(request), numbers=None if "all" in request.POST else chosen)
        return HttpResponseRedirect(f"{reverse('notices')}?{request.GET.urlencode()}".rstrip("?"))
    only = request.GET.get("unread") == "1"
    kept = (Filter("unread", "services.notices_only_unread", lambda rows, _: rows),)
    listing = Listing(inbox(user_of(request), unread_only=only), (), kept, asked=request.GET.dict())
    return render(
        request,
        "web/notices/notices.html",
        {"listing": listing, "rows": [said(one) for one in listing.page], "only": only},
    )


@require_POST
def follow(request: HttpRequest, number: int) -> HttpResponse:
    """Mark a notice as read and go to where it can be done."""
    try:
        notice = open_notice(by=actor_of(request), number=number)
    except Notice.DoesNotExist as error:
        raise Http404 from error
    inside = notice.link and url_has_allowed_host_and_scheme(notice.link, allowed_hosts=None)
    return HttpResponseRedirect(notice.link if inside else reverse("notices"))
