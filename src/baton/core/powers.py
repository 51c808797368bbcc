"""The three powers of administration, and who has them; the house above tells, by `settings.POWERS`.

`settings.POWERS` names a function `(user, day) -> frozenset[Power]`: roles and units are no matter of the platform's.
"""

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from baton.core import clock
from baton.core.acting import Actor
from baton.core.choices import Power
from baton.core.models import User
from baton.words import Problem, Refused

type Powers = Callable[[User, date], frozenset[Power]]


@cache
def _named(name: str) -> Powers:
    return cast("Powers", import_string(name))


def powers_of(user: User) -> frozenset[Power]:
    """Give the powers that a person has today; of an account that is closed none."""
    return _named(settings.POWERS)(user, clock.today()) if user.is_active else frozenset()


def require(by: Actor, power: Power) -> None:
    """Let only the holders of a power pass, and the system itself. Raises `Refused`."""
    if by.user is not None and power not in powers_of(by.user):
        raise Refused([Problem("account.power_lacking")])
