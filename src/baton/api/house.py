"""The API put together: version 1, its description at `openapi.json`, refusals in the house's own shape."""

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from baton import __version__
from baton.api import figures, ledger, org, results
from baton.api.problems import told
from baton.core.lost import RETRY_SECONDS, is_lost
from baton.words import Problem, Refused

UNPROCESSABLE, UNAVAILABLE = 422, 503

api = NinjaAPI(
    title="Baton",
    version=__version__,
    description="Units, months, figures and results of a county's assessment. Keys are issued by its administrator.",
    urls_namespace="api-1",
    docs_url=None,
)
"""No page to try calls: the usual one asks an outside host for its scripts."""

for part in (org, figures, ledger, results):
    api.add_router("", part.router)


@api.exception_handler(OperationalError)
@api.exception_handler(InterfaceError)
def lost(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    """Say that the database is away, and when to ask again; with the same key nothing is done twice. Else a fault."""
    assert isinstance(error, Exception)
    if not is_lost(error):
        raise error
    answer = api.create_response(request, told(request, [Problem("api.database_away")]), status=UNAVAILABLE)
    answer.headers["Retry-After"] = str(RETRY_SECONDS)
    return answer


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Refused | type[Refused]) -> HttpResponse:
    """Tell every problem of a call; nothing was done."""
    assert isinstance(error, Refused)
    return api.create_response(request, told(request, error.problems), status=UNPROCESSABLE)
