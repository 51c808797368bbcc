"""What a person may do is looked up once a request, and anew in the next one."""

from typing import Any

from baton.core import clock
from baton.core.models import User
from baton.org.choices import Role
from baton.org.queries.access import keep_powers, powers
from people import give, make_unit


def test_a_request_looks_it_up_once(user: User, django_assert_num_queries: Any) -> None:
    give(user, Role.REPORTER, make_unit())
    today = clock.today()
    keep_powers(user)
    with django_assert_num_queries(1):
        assert powers(user, today) == powers(user, today)
    give(user, Role.OFFICE)
    assert not powers(user, today).has(Role.OFFICE)
    keep_powers(user)
    assert powers(user, today).has(Role.OFFICE)


def test_elsewhere_every_look_is_a_fresh_one(user: User) -> None:
    assert not powers(user, clock.today()).has(Role.OFFICE)
    give(user, Role.OFFICE)
    assert powers(user, clock.today()).has(Role.OFFICE)


def test_of_a_closed_account_nothing_is_kept(user: User) -> None:
    give(user, Role.OFFICE)
    keep_powers(user)
    assert powers(user, clock.today()).has(Role.OFFICE)
    user.is_active = False
    assert not powers(user, clock.today()).has(Role.OFFICE)
