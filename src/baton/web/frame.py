"""What stands around every page: the menu of what this person may open, the language, unread notices."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from baton.core.models import User
from baton.core.queries.notices import unread
from baton.web.account.living import time_out_of
from baton.web.language import language_of
from baton.web.menu import menu_of
from baton.web.telling import told


def frame(request: HttpRequest) -> dict[str, Any]:
    """Give the context of the frame. Unread notices are counted where a page shows their number, once."""
    user = request.user
    return {
        "page_language": language_of(request),
        "menu": menu_of(request),
        "told": told(request),
        "time_out": time_out_of(request),
        "unread_notices": SimpleLazyObject(lambda: unread(user) if isinstance(user, User) else 0),
    }
