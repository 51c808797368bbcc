"""Keys of outside systems: the system administrator's page, shown once, gone when revoked."""

import pytest
from django.test import Client
from django.urls import reverse

from baton.core.models import ApiToken, User
from baton.org.choices import Role
from people import give, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client: Client, user: User) -> Client:
    give(user, Role.SYSTEM_ADMINISTRATOR)
    client.force_login(user)
    return client


def test_a_key_is_shown_once_and_opens_until_it_is_revoked(administrator: Client, user: User) -> None:
    given = {"name": "统计直报平台", "user": user.username.upper(), "scopes": ["read", "report"], "expires_on": ""}
    page = administrator.post(reverse("key-issue"), given).content.decode()
    (row,) = ApiToken.objects.all()
    key = page.partition("<code>")[2].partition("</code>")[0]
    headers = {"Authorization": f"Bearer {key}"}
    assert administrator.get("/api/v1/units", headers=headers).status_code == 200
    assert key not in administrator.get(reverse("keys")).content.decode()
    administrator.post(reverse("key-revoke", args=(row.pk,)))
    assert administrator.get("/api/v1/units", headers=headers).status_code == 401


def test_what_was_typed_is_kept_and_every_problem_stands_at_its_field(administrator: Client) -> None:
    given = {"name": "平台", "user": "nobody", "scopes": ["read"], "expires_on": "2020-01-01"}
    answer = administrator.post(reverse("key-issue"), given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="平台"' in page
    assert 'id="user-error"' in page
    assert 'value="read" checked' in page
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize("role", [Role.OFFICE, Role.SECURITY_ADMINISTRATOR, Role.AUDITOR])
def test_nobody_else_gets_there(client: Client, user: User, role: Role) -> None:
    give(user, role)
    client.force_login(user)
    assert client.get(reverse("keys")).status_code == 403
    other = make_user("other", "别人")
    answer = client.post(reverse("key-issue"), {"name": "x", "user": other.username, "scopes": ["read"]})
    assert answer.status_code == 403
    assert not ApiToken.objects.exists()
