"""Answers for what goes wrong outside of any page and call: a page to people, JSON to other systems."""

from django.http import HttpRequest, HttpResponse

from baton.api import faults as calls
from baton.config.doors import API
from baton.web.operations import errors as pages


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that an address leads nowhere."""
    return calls.not_found(request) if request.path_info.startswith(API) else pages.not_found(request, exception)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that what was sent cannot be taken: too large, or not to be decoded."""
    if request.path_info.startswith(API):
        return calls.not_readable(request, exception)
    return pages.bad_request(request, exception)


def fault(request: HttpRequest) -> HttpResponse:
    """Say that the fault is ours, or that the database is away."""
    return calls.fault(request) if request.path_info.startswith(API) else pages.fault(request)
