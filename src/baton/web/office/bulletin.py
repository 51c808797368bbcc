"""The bulletin."""

from django.http import Http404, HttpRequest, HttpResponse


def bulletin(request: HttpRequest, period: str) -> HttpResponse:
    """Not there yet."""
    raise Http404


def template(request: HttpRequest, period: str) -> HttpResponse:
    """Not there yet."""
    raise Http404
