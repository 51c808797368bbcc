"""The API put together: version 1, its description at `openapi.json`, refusals in the house's own shape."""

from typing import Any, override

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from baton import __version__
from baton.api import (
    checks,
    corrections,
    earlier,
    faults,
    figures,
    ledger,
    methods,
    objections,
    org,
    plans,
    results,
    scheme_comments,
    schemes,
    special_reports,
    specials,
    targets,
    votes,
    why,
    year_changes,
    years,
)
from baton.api.problems import told
from baton.api.reading import PlainParser
from baton.core.lost import is_lost
from baton.words import Place, Problem, Refused

UNREADABLE, NOT_FOUND, UNPROCESSABLE = 400, 404, 422
_CODES = {401: "api.key_unknown", 403: "api.scope_lacking", 404: "api.not_there"}

_SCHEMA = {"$ref": "#/components/schemas/Refusal"}
_REFUSALS = {
    400: "What was sent cannot be read.",
    401: "The key opens nothing.",
    403: "The key is not for this.",
    404: "There is no such thing, or none that the key's user may see.",
    422: "Nothing was done; every problem at once.",
    500: "The fault is ours; the header `X-Reference` names it.",
    503: "The database is away; ask again after `Retry-After` seconds.",
}


class House(NinjaAPI):
    """Describes with every call how it is refused: always in the same shape."""

    @override
    def get_openapi_schema(self, **given: Any) -> OpenAPISchema:
        described = super().get_openapi_schema(**given)
        for calls in described["paths"].values():
            for call in calls.values():
                for status, words in _REFUSALS.items():
                    content = {"application/json": {"schema": _SCHEMA}}
                    call["responses"].setdefault(status, {"description": words, "content": content})
        return described


api = House(
    title="Baton",
    version=__version__,
    description="Units, months, figures and results of a county's assessment. Keys are issued by its administrator.",
    urls_namespace="api-1",
    docs_url=None,
    parser=PlainParser(),
)
"""No page to try calls: the usual one asks an outside host for its scripts."""

for part in (
    org,
    figures,
    checks,
    corrections,
    earlier,
    ledger,
    results,
    schemes,
    methods,
    scheme_comments,
    targets,
    years,
    votes,
    year_changes,
    why,
    objections,
    plans,
    specials,
    special_reports,
):
    api.add_router("", part.router)


@api.exception_handler(HttpError)
@api.exception_handler(Http404)
def barred(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    """Say that a key opens nothing or is not for this, or that there is no such thing."""
    status = error.status_code if isinstance(error, HttpError) else NOT_FOUND
    code = _CODES.get(status, "api.not_readable")
    return api.create_response(request, told(request, [Problem(code, {"what": str(error)})]), status=status)


@api.exception_handler(RequestDataTooBig)
def too_much(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    """Say how much may be sent at once."""
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0
    return api.create_response(request, told(request, [Problem("api.too_much", {"most": most})]), status=UNREADABLE)


@api.exception_handler(ValidationError)
def unfit(request: HttpRequest, error: ValidationError | type[ValidationError]) -> HttpResponse:
    """Tell every field that is not as the description says."""
    assert isinstance(error, ValidationError)
    problems = [
        Problem("api.not_as_described", {"reason": one["msg"]}, Place(field=".".join(map(str, one["loc"]))))
        for one in error.errors
    ]
    return api.create_response(request, told(request, problems), status=UNPROCESSABLE)


@api.exception_handler(OperationalError)
@api.exception_handler(InterfaceError)
def database_lost(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    """Say that the database is away, and when to ask again; with the same key nothing is done twice. Else a fault."""
    assert isinstance(error, Exception)
    if not is_lost(error):
        raise error
    return faults.lost(request)


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Refused | type[Refused]) -> HttpResponse:
    """Tell every problem of a call; nothing was done."""
    assert isinstance(error, Refused)
    return api.create_response(request, told(request, error.problems), status=UNPROCESSABLE)
