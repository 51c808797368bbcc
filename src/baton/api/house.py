"""The API put together: version 1, its description at `openapi.json`, refusals in the house's own shape."""

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from baton import __version__
from baton.api import figures, ledger, org, results
from baton.api.problems import told
from baton.words import Refused

UNPROCESSABLE = 422

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


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Refused | type[Refused]) -> HttpResponse:
    """Tell every problem of a call; nothing was done."""
    assert isinstance(error, Refused)
    return api.create_response(request, told(request, error.problems), status=UNPROCESSABLE)
