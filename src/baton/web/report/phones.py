"""Reporting by phone is off unless the county turns it on (减负: 手机端不作填报); the server holds it, too.

Looking, approving, checking, contesting and signing stay open: they are what phones are for here.
"""

from django.http import HttpRequest

from baton.core.rules.browsers import is_phone
from baton.web.report.places import by_phone
from baton.words import Problem, Refused


def only_looks(request: HttpRequest) -> bool:
    """Whether the browser says it is a phone, and the county has not turned reporting by phone on."""
    said, hint = request.headers.get("User-Agent", ""), request.headers.get("Sec-CH-UA-Mobile", "")
    return is_phone(said, hint) and not by_phone()


def refuse_phone(request: HttpRequest) -> None:
    """Let no figure in from a phone where the county has not turned that on. Raises `Refused`."""
    if only_looks(request):
        raise Refused([Problem("reporting.phone_refused")])
