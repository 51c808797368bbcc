"""What the page asks by itself: how long the session still lives, and that it should live on."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from baton.web.account.living import keep_alive, time_out_of


@never_cache
@require_http_methods(["GET", "POST"])
def session(request: HttpRequest) -> JsonResponse:
    """Say how many seconds are left, 0 where it never ends by itself; on POST the idle time begins anew."""
    if request.method == "POST" and time_out_of(request) is not None:
        keep_alive(request)
    found = time_out_of(request)
    return JsonResponse({"left": 0 if found is None else found.left})
