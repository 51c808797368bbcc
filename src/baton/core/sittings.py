"""Sign-ins as rows, shared by the actions of signing in: to end one is to take its session away."""

from django.contrib.sessions.models import Session

from baton.core import clock
from baton.core.models import SignedIn, User


def end_all(user: User, but: str = "") -> int:
    """End a person's sign-ins except one, inside an action; tell how many there were."""
    rows = SignedIn.objects.filter(user=user).exclude(session_key=but)
    keys = list(rows.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    rows.delete()
    return len(keys)


def sweep(user: User) -> None:
    """Take away sessions that have ended by themselves, and a person's sign-ins of such sessions; inside an action."""
    Session.objects.filter(expire_date__lt=clock.real_now()).delete()
    SignedIn.objects.filter(user=user).exclude(session_key__in=Session.objects.values("session_key")).delete()
