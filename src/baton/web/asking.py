"""Who asks: the user of a request, and the actor that actions want."""

import hashlib
import json
from ipaddress import ip_address

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from baton.core import clock
from baton.core.acting import Actor
from baton.core.models import User
from baton.org.queries import Powers, powers

_POWERS = "baton.powers"


def user_of(request: HttpRequest) -> User:
    """Give the user who asks. Pages that visitors may open do not call this; raises `PermissionError` for a visitor."""
    if isinstance(request.user, AnonymousUser):
        raise PermissionError
    return request.user


def address_of(request: HttpRequest) -> str:
    """Give the address a request came from, behind a trusted proxy that of the client (`baton.config.wsgi`).

    Empty where what stands there is no address: a proxy passes on what clients write.
    """
    try:
        return str(ip_address(request.META.get("REMOTE_ADDR", "").partition("%")[0]))
    except ValueError:
        return ""


def actor_of(request: HttpRequest) -> Actor:
    """Give the actor of a request: its user, and the address it came from."""
    return Actor(user_of(request), address=address_of(request))


def powers_of(request: HttpRequest) -> Powers:
    """Give what the person who asks may do today; the database is asked once a request."""
    if _POWERS not in request.META:
        request.META[_POWERS] = powers(user_of(request), clock.today())
    found: Powers = request.META[_POWERS]
    return found


def key_of(request: HttpRequest) -> str:
    """Give the key under which a form is carried out once: that of its page, with all that was filled in.

    The same form sent twice is one call; what is filled in anew, on a page that somebody went back to, is another.
    Empty for a form without a key.
    """
    page = request.POST.get("key", "")[:32]
    given = sorted((name, all_) for name, all_ in request.POST.lists() if name not in ("csrfmiddlewaretoken", "key"))
    files = [(name, one.name, one.size) for name in sorted(request.FILES) for one in request.FILES.getlist(name)]
    digest = hashlib.sha256(json.dumps([given, files], ensure_ascii=False).encode()).hexdigest()
    return f"{page}-{digest[:32]}" if page else ""
