"""Error pages in real Chromium: accessible, and no sideways scrolling, in both languages and at both widths."""

import pytest
from django.contrib.auth.decorators import login_not_required
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import include, path

from baton.web.operations import errors
from chromium import PHONE, WIDE, Open, accessible, no_sideways

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NOTHING = Exception()


def lost(request: HttpRequest) -> HttpResponse:
    """The page of a database that is away."""
    try:
        raise OperationalError
    except OperationalError:
        return errors.fault(request)


PAGES = {
    "400": lambda request: errors.bad_request(request, NOTHING),
    "403": lambda request: errors.forbidden(request, NOTHING),
    "404": lambda request: errors.not_found(request, NOTHING),
    "500": errors.fault,
    "503": lost,
    "stale": errors.stale,
}


@login_not_required
def shown(request: HttpRequest, which: str) -> HttpResponse:
    """Show an error page under a status that a browser does not complain of."""
    answer = PAGES[which](request)
    answer.status_code = 200
    return answer


urlpatterns = [path("shown/<which>", shown), path("", include("baton.web.urls"))]


@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_error_page_is_accessible(open_page: Open, viewport: dict[str, int], language: str) -> None:
    page = open_page("/shown/400", None, viewport)
    page.context.add_cookies([{"name": "language", "value": language, "url": page.url}])
    for which in PAGES:
        page.goto(page.url.rpartition("/")[0] + f"/{which}")
        accessible(page)
        no_sideways(page)
        assert page.locator("h1").count() == 1
        assert page.locator("html").get_attribute("lang") == {"zh": "zh-Hans", "en": "en"}[language]
