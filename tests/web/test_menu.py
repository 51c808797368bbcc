"""The menu knows where somebody is, below its addresses too."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from baton.core.models import User
from baton.org.choices import Role
from cycle import PERIOD, make_cycle
from people import give

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("page", "menu"),
    [
        ("home", "home"),
        ("office-month", "office"),
        ("windows", "office"),
        ("verify-month", "verify"),
        ("units", "units"),
    ],
)
def test_the_nearest_line_is_marked(client: Client, user: User, settings: object, page: str, menu: str) -> None:
    make_cycle()
    give(user, Role.OFFICE_HEAD)
    client.force_login(user)
    text = client.get(reverse(page, args=(PERIOD,) if page not in ("home", "units") else ())).content.decode()
    marked = re.findall(r'href="([^"]+)" aria-current="page"', text)
    assert set(marked) == {reverse(menu)}
