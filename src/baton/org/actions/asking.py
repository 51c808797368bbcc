"""Telling whoever gives roles that some wait for them."""

from baton.core import clock
from baton.core.acting import Told
from baton.org.choices import Role
from baton.org.models import Assignment

_NOTICE, _PAGE = "org.notice_roles_wait", "/role-requests"


def tell_who_gives(told: Told) -> None:
    """Tell the security administrators that roles wait; once per action, however many it asked for."""
    if any(one.code == _NOTICE for one in told.notices):
        return
    rows = Assignment.objects.on(clock.today()).filter(role=Role.SECURITY_ADMINISTRATOR.value)
    told.tell([row.user for row in rows.select_related("user")], _NOTICE, link=_PAGE)
