"""Users and units that the tests of the web share."""

from datetime import date
from typing import Any

from baton.core import clock
from baton.core.models import User
from baton.org.choices import Role
from baton.org.models import Assignment, Unit

PASSWORD = "correct horse battery"


def make_user(username: str = "linxiaoman", name: str = "林小满", **fields: Any) -> User:
    """Make a user who can sign in with `PASSWORD`."""
    user = User(username=username, name=name, created_at=clock.now(), **fields)
    user.set_password(PASSWORD)
    user.save()
    return user


def make_unit(code: str = "T04", name: str = "柳林驿镇", **fields: Any) -> Unit:
    """Make a unit."""
    return Unit.objects.create(code=code, name=name, **fields)


def give(user: User, role: Role, unit: Unit | None = None, **fields: Any) -> Assignment:
    """Give a role, since the beginning of 2025."""
    return Assignment.objects.create(user=user, role=role, unit=unit, **{"valid_from": date(2025, 1, 1)} | fields)
